"""Every verb on an order through the API: works, refused where it is not possible, once or not at all."""

import pytest

from inventory.models import Stock, WarehouseStaff
from orders.models import Order, OrderEvent, Shipment
from orders.states import OrderStatus
from tests.api.conftest import create_token, problem
from tests.fixtures.flow import approve, fresh, receive


def act(api, order, verb, **body):
    return api.post(f"/orders/{order.number}/actions/{verb}", body or None)


@pytest.fixture
def stocked(place, cup, warehouse):
    """An order of two cups that lies allocated in HZ."""
    receive(cup, warehouse, 10)
    return approve(place(("CUP-1", 2)))


def test_an_order_goes_all_the_way(manager_api, place, cup, warehouse):
    receive(cup, warehouse, 10)
    order = approve(place(("CUP-1", 2)))
    steps = ["pick", "pack", "ship", "deliver"]
    seen = [act(manager_api, order, verb).json()["status"] for verb in steps]
    paid = act(manager_api, order, "pay", method="cash", amount="20.00").json()["status"]

    assert [*seen, paid] == ["in_fulfilment", "in_fulfilment", "shipped", "delivered", "completed"]
    assert Stock.objects.values_list("on_hand", "reserved").get() == (8, 0)
    assert list(OrderEvent.objects.filter(actor=None).values_list("kind", flat=True)) == [
        "placed", "approved", "allocated"
    ]  # fmt: skip


def test_approve_answers_the_order_as_it_stands_then(manager_api, place):
    order = place()
    body = act(manager_api, order, "approve", reason="known customer").json()

    event = order.events.get(kind="approved")
    assert (body["number"], body["status"], body["version"]) == (order.number, "approved", 1)
    assert (event.actor.username, event.reason) == ("manager", "known customer")


def test_hold_release_and_cancel(manager_api, place):
    order = place()
    statuses = [
        act(manager_api, order, "hold", reason="address?").json()["status"],
        act(manager_api, order, "release").json()["status"],
        act(manager_api, order, "cancel", reason="customer changed her mind").json()["status"],
    ]

    assert statuses == ["on_hold", "approved", "cancelled"]


@pytest.mark.parametrize("verb", ["hold", "cancel"])
def test_stopping_an_order_needs_a_reason(manager_api, place, verb):
    order = place()

    assert problem(act(manager_api, order, verb))[2] == [("body", "required")]
    assert problem(act(manager_api, order, verb, reason=""))[2] == [("reason", "empty")]
    assert fresh(order).status == "pending_review"


def test_cancelling_gives_the_stock_back(manager_api, stocked):
    act(manager_api, stocked, "cancel", reason="x")

    assert Stock.objects.values_list("on_hand", "reserved").get() == (10, 0)


@pytest.mark.parametrize("verb", ["approve", "release", "pick", "pack", "ship", "deliver"])
def test_what_cannot_be_is_a_409_that_tells_where_the_order_stands(manager_api, place, verb):
    order = place()
    act(manager_api, order, "cancel", reason="x")
    response = act(manager_api, order, verb)

    assert problem(response) == (409, "not_possible", [])
    assert response.json()["current"] == {"status": "cancelled", "version": 1}
    assert OrderEvent.objects.count() == 2


def test_edit_changes_what_is_sent_and_nothing_else(manager_api, place):
    order = place()
    response = act(
        manager_api, order, "edit", version=1, ship_to={"city": "宁波市"}, note="ring twice"
    )

    after = fresh(order)
    assert (response.status_code, response.json()["version"]) == (200, 2)
    assert (after.ship_city, after.note, after.ship_street) == (
        "宁波市",
        "ring twice",
        "文三路 1 号",
    )


def test_two_people_saving_one_order_both_see_both_versions(manager_api, place):
    order = place()
    act(manager_api, order, "edit", version=1, ship_to={"phone": "13900000001"})
    response = act(manager_api, order, "edit", version=1, ship_to={"phone": "13900000002"})

    assert problem(response) == (409, "stale_version", [])
    assert response.json()["theirs"] == {"ship_to.phone": "13900000001"}
    assert response.json()["yours"] == {"ship_to.phone": "13900000002"}
    assert fresh(order).ship_phone == "13900000001"


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"total_amount": 0}, "total_amount", "unknown_field"),
        ({"status": "approved"}, "status", "unknown_field"),
        ({"created_by": 1}, "created_by", "unknown_field"),
        ({"lines": []}, "lines", "unknown_field"),
        ({"ship_to": {"number": "1"}}, "ship_to.number", "unknown_field"),
        ({"ship_to": {"country": "CHN"}}, "ship_to.country", "too_long"),
        ({"ship_to": {"name": None}}, "ship_to.name", "not_text"),
        ({"note": "a\x00"}, "note", "control_character"),
        ({"version": "1"}, "version", "not_whole_number"),
        ({"version": 0}, "version", "out_of_range"),
    ],
)
def test_a_field_that_cannot_be_edited_is_refused_by_name(manager_api, place, changes, field, code):
    order = place()
    response = manager_api.post(f"/orders/{order.number}/actions/edit", {"version": 1} | changes)

    assert problem(response) == (400, "invalid_input", [(field, code)])
    assert fresh(order).version == 1


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({"method": "cash", "amount": 0}, "amount", "out_of_range"),
        ({"method": "cash", "amount": "0.001"}, "amount", "too_precise"),
        ({"method": "", "amount": 1}, "method", "empty"),
        ({"method": "x" * 41, "amount": 1}, "method", "too_long"),
        ({"method": "c\x00", "amount": 1}, "method", "control_character"),
        ({"method": "cash", "amount": 1, "reference": "x" * 81}, "reference", "too_long"),
        ({"amount": 1}, "method", "required"),
        ({"method": "cash", "amount": 1, "paid_at": "2026-01-01T00:00:00"}, "paid_at", "no_zone"),
        ({"method": "cash", "amount": 1, "paid_at": "0001-01-01T00:00:00+08:00"}, "paid_at", "out_of_range"),
    ],
)  # fmt: skip
def test_a_wrong_payment_is_refused(manager_api, place, body, field, code):
    order = place()
    response = manager_api.post(f"/orders/{order.number}/actions/pay", body)

    assert problem(response) == (400, "invalid_input", [(field, code)])
    assert order.payments.count() == 0


def test_a_payment_is_booked_once_per_reference(manager_api, place):
    order = place()
    act(manager_api, order, "pay", method="alipay", amount="1", reference="A1")
    response = act(manager_api, order, "pay", method="alipay", amount="1", reference="A1")

    assert problem(response) == (409, "conflict", [])
    assert order.payments.count() == 1


def test_the_waybill_stands_on_the_parcel(manager_api, stocked):
    act(manager_api, stocked, "pick")
    act(manager_api, stocked, "pack")
    act(manager_api, stocked, "ship", carrier="SF", waybill=" sf123 ")

    assert Shipment.objects.values_list("carrier", "waybill").get() == ("SF", "SF123")


def test_a_waybill_that_cannot_be_is_refused_by_its_field(manager_api, stocked):
    act(manager_api, stocked, "pick")
    act(manager_api, stocked, "pack")
    response = act(manager_api, stocked, "ship", carrier="x" * 41, waybill="1\x7f")

    wrong = [("carrier", "too_long"), ("waybill", "control_character")]
    assert problem(response) == (400, "invalid_input", wrong)
    assert Shipment.objects.get().status == "packed"


@pytest.fixture
def in_two_houses(place, cup, warehouse, other_warehouse):
    """An order of which each of two warehouses sends a part."""
    receive(cup, warehouse, 1)
    receive(cup, other_warehouse, 1)
    return approve(place(("CUP-1", 2)))


def test_a_named_shipment_goes_alone(manager_api, in_two_houses):
    first, second = in_two_houses.shipments.order_by("pk")
    act(manager_api, in_two_houses, "pick", shipment=first.number)

    assert [one.status for one in in_two_houses.shipments.order_by("pk")] == ["picking", "ready"]


def test_a_waybill_needs_its_shipment_named_when_there_are_two(manager_api, in_two_houses):
    for verb in ("pick", "pack"):
        act(manager_api, in_two_houses, verb)
    response = act(manager_api, in_two_houses, "ship", waybill="SF1")

    assert problem(response)[2] == [("shipment", "required")]
    assert fresh(in_two_houses).status == "in_fulfilment"


def test_a_shipment_of_another_order_is_not_there(manager_api, stocked, place):
    other = place()
    response = act(manager_api, other, "pick", shipment=stocked.shipments.get().number)

    assert problem(response) == (404, "not_found", [])
    assert stocked.shipments.get().status == "ready"


def test_a_packer_of_one_house_moves_only_its_parcel(in_two_houses, packer, warehouse):
    WarehouseStaff.objects.create(user=packer, warehouse=warehouse)
    api = create_token(packer)
    act(api, in_two_houses, "pick")
    foreign = in_two_houses.shipments.exclude(warehouse=warehouse).get()
    response = act(api, in_two_houses, "pick", shipment=foreign.number)

    assert problem(response) == (404, "not_found", [])
    states = dict(in_two_houses.shipments.values_list("warehouse__code", "status"))
    assert states == {"HZ": "picking", "GZ": "ready"}


def test_an_order_of_another_house_is_like_none_at_all(stocked, packer, other_warehouse):
    WarehouseStaff.objects.create(user=packer, warehouse=other_warehouse)
    api = create_token(packer)
    foreign, absent = act(api, stocked, "pick"), api.post("/orders/SO2611229999/actions/pick")

    assert (foreign.status_code, foreign.content) == (absent.status_code, absent.content)
    assert problem(foreign) == (404, "not_found", [])
    assert fresh(stocked).status == OrderStatus.ALLOCATED


def test_a_verb_that_is_none_is_not_there(manager_api, place):
    assert problem(act(manager_api, place(), "delete")) == (404, "not_found", [])
    assert Order.objects.count() == 1
