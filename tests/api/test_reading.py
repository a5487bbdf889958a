"""Lists and single orders."""

from datetime import datetime

import pytest

from inventory.models import WarehouseStaff
from oms.models import Channel
from orders.fulfilment.ship import ship_shipments
from tests.api.conftest import create_token, order_body, problem
from tests.fixtures.flow import approve, pick, receive, shipments_of


def numbers(api, query=""):
    response = api.get(f"/orders{query}")
    assert response.status_code == 200, response.content
    return [order["number"] for order in response.json()["results"]]


def _on(day):
    return {"placed_at": datetime.fromisoformat(f"2026-11-{day:02}T10:00:00+08:00")}


def test_a_list_row_tells_the_order(shop, place):
    order = place(external_no="T-1")

    assert shop.get("/orders").json() == {
        "results": [
            {
                "id": order.pk,
                "number": order.number,
                "external_no": "T-1",
                "channel": "web",
                "status": "pending_review",
                "reason_code": "awaiting_review",
                "customer_name": "王小明",
                "currency": "CNY",
                "total_amount": "10.00",
                "placed_at": order.placed_at.isoformat(),
                "promised_at": None,
                "version": 1,
            }
        ],
        "next_cursor": None,
    }


@pytest.mark.parametrize("query", ["?limit=2", "?limit=2&placed_from=2026-11-01T00:00:00Z"])
def test_pages_show_every_order_once_also_while_new_ones_come_in(shop, place, query):
    placed = [place(**_on(day)).number for day in (1, 2, 3, 4, 5)]
    found: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = shop.get(f"/orders{query}&cursor={cursor}").json()
        found += [order["number"] for order in page["results"]]
        cursor = page["next_cursor"]
        place(**_on(20))

    assert found == placed[::-1]


@pytest.mark.parametrize(
    "query",
    [
        "?number={0.number}",
        "?external_no=T-1",
        "?phone=13800138001",
        "?phone=138001",
        "?q=王小",
        "?q={0.number}",
        "?q=T-1",
        "?status=approved",
        "?status=approved,on_hold",
        "?channel=b2b",
        "?placed_from=2026-11-02T00:00:00%2B08:00&placed_to=2026-11-04T00:00:00%2B08:00",
        "?status=approved&channel=b2b&q=王小&phone=8001&external_no=T-1",
    ],
)
def test_filters(manager_api, place, query):
    Channel.objects.create(code="b2b", name="B2B")
    wanted = place(external_no="T-1", channel="b2b", **_on(3))
    manager_api.post(f"/orders/{wanted.number}/actions/approve")
    body = order_body(
        external_no="T-2",
        customer={"name": "李雷"},
        ship_to={"name": "李雷", "phone": "13911112222"},
    )
    assert manager_api.post("/orders", body).status_code == 201

    assert numbers(manager_api, query.format(wanted)) == [wanted.number]


@pytest.mark.parametrize(
    ("query", "field", "code"),
    [
        ("?limit=0", "limit", "out_of_range"),
        ("?limit=1000000", "limit", "out_of_range"),
        ("?limit=x", "limit", "not_whole_number"),
        ("?page=1", "page", "unknown_field"),
        ("?stauts=approved", "stauts", "unknown_field"),
        ("?status=sold", "status", "unknown"),
        ("?cursor=abc", "cursor", "bad_cursor"),
        ("?cursor=WyJhIl0", "cursor", "bad_cursor"),
        ("?cursor=" + "x" * 201, "cursor", "too_long"),
        ("?placed_from=2026-02-30T00:00:00Z", "placed_from", "not_a_time"),
        ("?placed_from=2026-02-20T00:00:00", "placed_from", "no_zone"),
        ("?placed_from=2026-02-20T00:00:00Z&placed_to=2026-02-19T00:00:00Z", "placed_to", "before_start"),
        ("?phone=12", "phone", "too_few_digits"),
        ("?q=" + "x" * 10_000, "q", "too_long"),
        ("?q=a%00b", "q", "control_character"),
    ],
)  # fmt: skip
def test_a_wrong_filter_is_refused_by_name(shop, query, field, code):
    assert problem(shop.get(f"/orders{query}")) == (400, "invalid_input", [(field, code)])


@pytest.mark.parametrize("text", ["%25", "_", "(a%2B)%2B$", "\\", "'; DROP TABLE", "%25%25%25"])
def test_what_people_type_means_itself(shop, place, text):
    place()

    assert numbers(shop, f"?q={text}") == []


def test_one_order_with_everything_that_belongs_to_it(manager_api, place, cup, warehouse):
    receive(cup, warehouse, 5)
    order = pick(approve(place(("CUP-1", 2))))
    manager_api.post(f"/orders/{order.number}/actions/pay", {"method": "cash", "amount": 5})
    body = manager_api.get(f"/orders/{order.number}").json()

    assert body["ship_to"]["district"] == "西湖区"
    assert [(line["position"], line["sku"], line["amount"]) for line in body["lines"]] == [
        (1, "CUP-1", "20.00")
    ]
    assert [event["kind"] for event in body["events"]][:3] == ["placed", "approved", "allocated"]
    assert body["reservations"] == [
        {"position": 1, "quantity": 2, "status": "open", "warehouse": "HZ"}
    ]
    shipment = body["shipments"][0]
    assert (shipment["warehouse"], shipment["status"]) == ("HZ", "picking")
    assert shipment["lines"] == [{"position": 1, "quantity": 2}]
    assert (body["paid_amount"], body["payments"][0]["method"]) == ("5.00", "cash")


def test_an_order_is_found_in_lower_case_too(shop, place):
    assert shop.get(f"/orders/{place().number.lower()}").status_code == 200


def test_the_queries_of_one_order_do_not_grow_with_it(
    manager_api, place, cup, warehouse, django_assert_num_queries
):
    receive(cup, warehouse, 50)
    order = approve(place(*[("CUP-1", 1)] * 20))

    with django_assert_num_queries(10):
        manager_api.get(f"/orders/{order.number}")


def test_the_warehouse_does_not_see_payments(place, packer):
    body = create_token(packer).get(f"/orders/{place().number}").json()

    assert (body["payments"], body["paid_amount"]) == (None, None)


def test_somebody_of_one_house_sees_its_orders_and_its_part_of_them(
    place, cup, packer, warehouse, other_warehouse
):
    receive(cup, warehouse, 1)
    receive(cup, other_warehouse, 1)
    shared, elsewhere = approve(place(("CUP-1", 2))), place()
    WarehouseStaff.objects.create(user=packer, warehouse=warehouse)
    api = create_token(packer)
    body = api.get(f"/orders/{shared.number}").json()

    assert numbers(api) == [shared.number]
    assert numbers(api, "?q=王小明") == [shared.number]
    assert {one["warehouse"] for one in body["shipments"] + body["reservations"]} == {"HZ"}
    assert problem(api.get(f"/orders/{elsewhere.number}")) == (404, "not_found", [])
    assert ship_shipments(shipments_of(elsewhere), actor=None).done == []
