"""Two at once. Each protection is shown to matter by a control that takes it away."""

import pytest
from django.db import IntegrityError

from inventory import ledger
from inventory.models import Sku, Stock, StockMovement, Warehouse
from oms.errors import Stale
from oms.models import Channel
from orders import pipeline
from orders.allocation import allocate
from orders.allocation.allocate import allocate_chunk
from orders.allocation.waiting import FRONT
from orders.desk.cancel import cancel_orders
from orders.desk.edit import edit_order
from orders.fulfilment import step
from orders.fulfilment.pack import pack_shipments
from orders.fulfilment.ship import ship_shipments
from orders.intake import place as placing
from orders.intake.place import place_order
from orders.models import Order
from orders.review.decide import approve_orders
from orders.states import OrderStatus
from tests.fixtures.company import Place, draft
from tests.fixtures.flow import approve, pick, receive, shipments_of
from tests.races.racing import at_once, meeting_after

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("holds")]


def statuses() -> list[str]:
    return sorted(Order.objects.values_list("status", flat=True))


@pytest.fixture
def two_for_one(place: Place, cup: Sku, warehouse: Warehouse) -> None:
    """Two approved orders and a single piece."""
    receive(cup, warehouse, 1)
    approve_orders([place().pk, place().pk], actor=None)


def allocate_one() -> object:
    return allocate_chunk(OrderStatus.APPROVED, limit=1)


def test_the_last_piece_goes_to_one_of_two_workers(
    two_for_one: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "look_at_supply", meeting_after(ledger.look_at_supply))

    results = at_once(allocate_one, allocate_one)

    assert not any(isinstance(one, Exception) for one in results)
    assert statuses() == ["allocated", "backordered"]


def test_without_the_lock_both_workers_promise_the_last_piece_and_the_database_stops_one(
    two_for_one: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(allocate, "_ALONE", "SELECT 1")
    look = meeting_after(ledger.look_at_supply)

    chunk = allocate.Chunk(OrderStatus.APPROVED, FRONT, limit=1)

    results = at_once(*[lambda: allocate._serve_next(chunk, look)] * 2)

    assert [type(one) for one in results].count(IntegrityError) == 1


def test_pieces_that_vanish_after_the_plan_are_not_promised(
    two_for_one: None, cup: Sku, warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = ledger.look_at_supply

    def look_and_lose(sku_ids: list[int]) -> list[ledger.Supply]:
        seen = look(sku_ids)
        at_once(lambda: receive(cup, warehouse, -1))
        return seen

    monkeypatch.setattr(ledger, "look_at_supply", look_and_lose)
    allocate_one()

    assert statuses() == ["approved", "backordered"]
    assert Stock.objects.values_list("on_hand", "reserved").get() == (0, 0)


def test_fifty_orders_for_twenty_pieces_by_two_workers(
    place: Place, cup: Sku, warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "FIRST_CHUNK", 5)
    receive(cup, warehouse, 20)
    approve_orders([place().pk for _ in range(50)], actor=None)

    results = at_once(pipeline.advance, pipeline.advance)

    assert sum(one.allocated for one in results) == 20
    assert statuses() == ["allocated"] * 20 + ["backordered"] * 30


def test_a_parcel_handed_over_twice_at_once_leaves_stock_once(
    place: Place, cup: Sku, warehouse: Warehouse
) -> None:
    receive(cup, warehouse, 5)
    order = pick(approve(place(("CUP-1", 2))))
    ids = shipments_of(order)
    pack_shipments(ids, actor=None)

    results = at_once(*[lambda: ship_shipments(ids, actor=None)] * 2)

    assert sorted(len(one.done) for one in results) == [0, 1]
    assert StockMovement.objects.filter(kind="shipment").count() == 1


def test_cancelling_and_shipping_at_once_does_one_of_the_two(
    place: Place, cup: Sku, warehouse: Warehouse
) -> None:
    receive(cup, warehouse, 5)
    order = pick(approve(place(("CUP-1", 2))))
    ids = shipments_of(order)
    pack_shipments(ids, actor=None)

    shipped, cancelled = at_once(
        lambda: ship_shipments(ids, actor=None),
        lambda: cancel_orders([order.pk], actor=None, reason="x"),
    )

    assert bool(shipped.done) != bool(cancelled.done)
    on_hand, reserved = Stock.objects.values_list("on_hand", "reserved").get()
    assert (on_hand, reserved) == ((3, 0) if shipped.done else (5, 0))


def test_without_the_order_lock_cancelling_and_shipping_meet(
    place: Place, cup: Sku, warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the shipping thread read an order that was still open, then found its reservation gone."""
    receive(cup, warehouse, 5)
    order = pick(approve(place(("CUP-1", 2))))
    ids = shipments_of(order)
    pack_shipments(ids, actor=None)
    monkeypatch.setattr(step, "_LOCK", step._LOCK.replace("FOR NO KEY UPDATE", ""))
    monkeypatch.setattr("orders.fulfilment.ship.take_step", meeting_after(step.take_step, people=2))
    monkeypatch.setattr(
        "orders.desk.cancel.move", meeting_after(cancel_orders.__globals__["move"], people=2)
    )

    results = at_once(
        lambda: ship_shipments(ids, actor=None),
        lambda: cancel_orders([order.pk], actor=None, reason="x"),
    )

    assert any(isinstance(one, Exception) for one in results)


def test_one_external_number_placed_twice_at_once_is_one_order(
    web: Channel, cup: Sku, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(placing, "look_up", meeting_after(placing.look_up))

    results = at_once(*[lambda: place_order(draft(external_no="T1"), actor=None, door="t")] * 2)

    assert sorted(one.is_new for one in results) == [False, True]
    assert results[0].number == results[1].number


def test_without_a_second_look_the_second_of_two_placements_fails(
    web: Channel, cup: Sku, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(placing, "_TRIES", 1)
    monkeypatch.setattr(placing, "look_up", meeting_after(placing.look_up))

    results = at_once(*[lambda: place_order(draft(external_no="T1"), actor=None, door="t")] * 2)

    assert [type(one) for one in results].count(IntegrityError) == 1


def test_two_people_saving_one_order_at_once_do_not_overwrite_each_other(place: Place) -> None:
    order = place()

    results = at_once(
        lambda: edit_order(order.pk, version=1, changes={"note": "a"}, actor=None),
        lambda: edit_order(order.pk, version=1, changes={"note": "b"}, actor=None),
    )

    assert [isinstance(one, Stale) for one in results].count(True) == 1
