"""An order that waits keeps goods for a time; allocation takes them over, the sweep frees what has ended."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils.timezone import now

from inventory.models import Reservation, Sku, Stock, Warehouse
from oms.errors import InvalidInput
from oms.models import User
from oms.sql import query
from orders import pipeline
from orders.allocation.hold import expire_holds, hold_softly, let_go
from orders.amend.amend import amend_order
from orders.amend.plan import Changes, LineChange
from orders.models import Order, OrderEvent
from orders.review.decide import hold_orders, release_orders
from tests.fixtures import flow

pytestmark = pytest.mark.usefixtures("holds")
Place = Callable[..., Order]
DAY = timedelta(days=1)


def held(order: Order) -> list[tuple[int, bool]]:
    """The open reservations of the order: pieces, and whether they travel in a parcel."""
    rows = Reservation.objects.filter(
        order_line_id__in=order.lines.values("pk"), status="open"
    ).order_by("pk")
    return [(row.quantity, row.shipment_id is not None) for row in rows]


def end(order: Order) -> None:
    """The time of what it holds is over."""
    query(
        "UPDATE inventory_reservation SET expires_at = now() - interval '1 second' WHERE order_line_id IN"
        " (SELECT id FROM orders_orderline WHERE order_id = %s) AND expires_at IS NOT NULL",
        [order.pk],
    )


def kinds(order: Order) -> list[str]:
    return list(
        OrderEvent.objects.filter(order=order).order_by("pk").values_list("kind", flat=True)
    )


def test_a_hold_takes_pieces_out_of_what_is_free_without_a_parcel(
    place: Place, cup: Sku, warehouse: Warehouse, clerk: User
) -> None:
    flow.receive(cup, warehouse, 5)
    order = place(("CUP-1", 3))

    outcome = hold_softly([order.pk], until=now() + DAY, actor=clerk)

    assert (outcome.done, outcome.refused) == ([order.pk], {})
    assert held(order) == [(3, False)]
    assert Stock.objects.get().available == 2
    assert kinds(order) == ["placed", "stock_held"]


def test_what_is_held_goes_into_the_parcel_and_nobody_else_gets_it(
    place: Place, cup: Sku, warehouse: Warehouse
) -> None:
    flow.receive(cup, warehouse, 3)
    waits, fast = place(("CUP-1", 3)), place(("CUP-1", 1))
    hold_softly([waits.pk], until=now() + DAY, actor=None)

    assert flow.approve(fast).status == "backordered"
    assert flow.approve(waits).status == "allocated"
    assert held(waits) == [(3, True)]
    assert flow.send(waits).status == "shipped"


def test_what_is_not_held_is_planned_as_usual(place: Place, cup: Sku, warehouse: Warehouse) -> None:
    flow.receive(cup, warehouse, 2)
    order = place(("CUP-1", 3))
    hold_softly([order.pk], until=now() + DAY, actor=None)
    flow.receive(cup, warehouse, 4)

    assert flow.approve(order).status == "allocated"
    assert held(order) == [(2, True), (1, True)]


def test_held_pieces_of_two_warehouses_leave_in_a_parcel_each(
    place: Place, cup: Sku, warehouse: Warehouse, other_warehouse: Warehouse
) -> None:
    flow.receive(cup, warehouse, 2)
    flow.receive(cup, other_warehouse, 1)
    order = place(("CUP-1", 3))
    hold_softly([order.pk], until=now() + DAY, actor=None)

    assert flow.approve(order).status == "allocated"
    assert len(flow.shipments_of(order)) == 2


def test_a_short_order_that_leaves_whole_keeps_its_hold_until_it_ends(
    place: Place, cup: Sku, warehouse: Warehouse
) -> None:
    flow.receive(cup, warehouse, 1)
    order = place(("CUP-1", 2))
    hold_softly([order.pk], until=now() + DAY, actor=None)

    assert flow.approve(order).status == "backordered"
    assert held(order) == [(1, False)]

    end(order)
    assert expire_holds() == 1
    assert held(order) == []


def test_a_short_order_that_may_leave_in_parts_sends_what_it_held(
    place: Place, cup: Sku, warehouse: Warehouse
) -> None:
    flow.receive(cup, warehouse, 1)
    order = place(("CUP-1", 2), ship_complete=False)
    hold_softly([order.pk], until=now() + DAY, actor=None)

    assert flow.approve(order).status == "backordered"
    assert held(order) == [(1, True)]


def test_when_the_time_is_over_the_next_order_gets_the_pieces(
    place: Place, cup: Sku, warehouse: Warehouse
) -> None:
    flow.receive(cup, warehouse, 1)
    first, second = place(), place()
    hold_softly([first.pk], until=now() + DAY, actor=None)
    assert flow.approve(second).status == "backordered"

    end(first)
    pipeline.advance()

    assert flow.fresh(second).status == "allocated"
    assert kinds(first) == ["placed", "stock_held", "referred", "hold_expired"]


def test_a_hold_can_be_prolonged_and_let_go(
    place: Place, cup: Sku, warehouse: Warehouse, clerk: User
) -> None:
    flow.receive(cup, warehouse, 1)
    order = place()
    later = now() + 2 * DAY
    hold_softly([order.pk], until=now() + DAY, actor=clerk)

    assert hold_softly([order.pk], until=later, actor=clerk).done == [order.pk]
    assert Reservation.objects.get().expires_at == later

    assert let_go([order.pk], actor=clerk).done == [order.pk]
    assert let_go([order.pk], actor=clerk).refused == {order.pk: "It holds nothing for a time."}
    assert Stock.objects.get().available == 1


def test_cancelling_frees_what_is_held(place: Place, cup: Sku, warehouse: Warehouse) -> None:
    flow.receive(cup, warehouse, 1)
    order = place()
    hold_softly([order.pk], until=now() + DAY, actor=None)

    flow.cancel(order)

    assert Stock.objects.get().available == 1


def test_a_hold_by_review_leaves_the_goods_where_they_are(
    place: Place, cup: Sku, warehouse: Warehouse, clerk: User
) -> None:
    flow.receive(cup, warehouse, 1)
    order = place()
    hold_softly([order.pk], until=now() + DAY, actor=None)

    hold_orders([order.pk], actor=None, reason="ask")

    assert held(order) == [(1, False)]


def test_who_lacks_nothing_or_finds_nothing_is_told_so(
    place: Place, cup: Sku, warehouse: Warehouse
) -> None:
    flow.receive(cup, warehouse, 1)
    done, empty = flow.approve(place()), place(("CUP-1", 2))

    outcome = hold_softly([done.pk, empty.pk, 10**9], until=now() + DAY, actor=None)

    assert outcome.done == []
    assert outcome.refused == {
        done.pk: f"Order {done.number} is “Ready to ship”; only an order in review or on hold keeps goods for a time.",
        empty.pk: "Nothing of it is free now: CUP-1 ×2.",
        10**9: "There is no such order.",
    }


@pytest.mark.parametrize("until", [timedelta(seconds=-1), timedelta(days=31)])
def test_a_time_that_is_past_or_too_far_is_refused(place: Place, until: timedelta) -> None:
    with pytest.raises(InvalidInput) as refused:
        hold_softly([place().pk], until=now() + until, actor=None)

    assert refused.value.errors[0].field == "until"


def test_an_order_changed_before_approval_holds_what_it_wants_then(
    place: Place, cup: Sku, warehouse: Warehouse
) -> None:
    flow.receive(cup, warehouse, 5)
    order = place(("CUP-1", 3))
    hold_softly([order.pk], until=now() + DAY, actor=None)
    line = order.lines.get()

    for quantity in (1, 4):
        fresh = flow.fresh(order)
        changes = Changes(lines=[LineChange(line.pk, quantity)])
        amend_order(order.pk, version=fresh.version, changes=changes, actor=None)
        assert held(order) == [(quantity, False)]


def test_a_back_ordered_order_that_is_reduced_gets_what_it_held(
    place: Place, cup: Sku, warehouse: Warehouse
) -> None:
    flow.receive(cup, warehouse, 1)
    order = place(("CUP-1", 2))
    hold_softly([order.pk], until=now() + DAY, actor=None)
    order = flow.approve(order)
    changes = Changes(lines=[LineChange(order.lines.get().pk, 1)])

    amended = amend_order(order.pk, version=order.version, changes=changes, actor=None)

    assert amended.status == "allocated"
    assert held(order) == [(1, True)]


def test_a_released_order_with_parcels_takes_its_hold_along(
    place: Place, cup: Sku, warehouse: Warehouse
) -> None:
    flow.receive(cup, warehouse, 1)
    order = flow.approve(place(("CUP-1", 2), ship_complete=False))
    hold_orders([order.pk], actor=None, reason="ask")
    flow.receive(cup, warehouse, 1)
    hold_softly([order.pk], until=now() + DAY, actor=None)

    release_orders([order.pk], actor=None)
    pipeline.advance()

    assert held(order) == [(1, True), (1, True)]
