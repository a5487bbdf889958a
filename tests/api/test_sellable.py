from datetime import timedelta

from django.utils.timezone import now

from inventory.bundles import Part, set_components
from inventory.kept import keep_for_channel
from inventory.models import Reservation
from oms.models import Channel
from tests.api.conftest import problem
from tests.fixtures.company import create_sku
from tests.fixtures.flow import receive


def test_what_a_channel_may_sell_is_told_per_sku_and_bundle(manager_api, web, cup, warehouse):
    mall = Channel.objects.create(code="mall", name="Mall")
    bundle = create_sku("SET-1", kind="bundle")
    set_components(bundle.pk, [Part(cup, 2)])
    receive(cup, warehouse, 9)
    keep_for_channel(sku_id=cup.pk, warehouse_id=warehouse.pk, channel_id=mall.pk, quantity=4)

    assert manager_api.get("/stock/sellable?channel=web&sku=cup-1&sku=SET-1").json() == {
        "results": [{"sku": "CUP-1", "sellable": 5}, {"sku": "SET-1", "sellable": 2}]
    }
    [row] = manager_api.get("/stock?channel=mall").json()["results"]
    assert (row["available"], row["sellable"]) == (9, 9)


def test_an_unknown_channel_or_sku_is_named(manager_api, web, cup):
    for query, field in (("channel=x&sku=CUP-1", "channel"), ("channel=web&sku=NO", "sku[0]")):
        status, _code, fields = problem(manager_api.get(f"/stock/sellable?{query}"))
        assert (status, fields) == (400, [(field, "unknown")])


def test_an_order_may_ask_for_goods_to_be_kept(manager_api, web, cup, warehouse):
    receive(cup, warehouse, 2)
    body = {"channel": "web", "lines": [{"sku": "CUP-1", "quantity": 1}], "hold_hours": 24}

    number = manager_api.post("/orders", body).json()["number"]

    until = Reservation.objects.get().expires_at
    assert until is not None
    assert timedelta(hours=23) < until - now() <= timedelta(hours=24)
    assert (
        manager_api.post(f"/orders/{number}/actions/keep_stock", {"hours": 48}).status_code == 200
    )
    assert manager_api.post(f"/orders/{number}/actions/let_stock_go", {}).status_code == 200
    assert Reservation.objects.get().status == "released"
    assert manager_api.post(f"/orders/{number}/actions/let_stock_go", {}).status_code == 409


def test_hours_out_of_range_are_refused_at_their_field(manager_api, web, cup):
    body = {"channel": "web", "lines": [{"sku": "CUP-1", "quantity": 1}], "hold_hours": 721}

    _status, _code, fields = problem(manager_api.post("/orders", body))

    assert fields == [("hold_hours", "out_of_range")]


def test_a_bundle_is_answered_with_its_components(manager_api, web, cup):
    bundle = create_sku("SET-1", kind="bundle")
    set_components(bundle.pk, [Part(cup, 2)])
    body = {"channel": "web", "lines": [{"sku": "SET-1", "quantity": 3}]}

    number = manager_api.post("/orders", body).json()["number"]

    lines = manager_api.get(f"/orders/{number}").json()["lines"]
    assert [(one["kind"], one["quantity"], one["bundle_position"]) for one in lines] == [
        ("bundle", 3, None), ("goods", 6, 1),
    ]  # fmt: skip
