"""Pre-orders: nothing is reserved before the day, and by itself from then on."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate, now

from inventory.models import Sku, Warehouse
from orders import pipeline
from orders.allocation.hold import hold_softly
from orders.allocation.preorder import day_of
from orders.exceptions import watch
from orders.exceptions.models import OrderException
from orders.models import Order
from orders.reasons import why
from tests.fixtures import flow
from tests.fixtures.company import create_sku

pytestmark = pytest.mark.usefixtures("holds")
Place = Callable[..., Order]


@pytest.fixture
def soon(warehouse: Warehouse) -> Sku:
    """Ten pieces lie there; they are for orders from next week on."""
    sku = create_sku("NEW-1", reserve_from=localdate() + timedelta(days=7))
    flow.receive(sku, warehouse, 10)
    return sku


def day_comes(sku: Sku) -> None:
    Sku.objects.filter(pk=sku.pk).update(reserve_from=localdate())
    pipeline.advance()


def test_an_order_waits_for_the_day_and_says_so(place: Place, soon: Sku) -> None:
    order = flow.approve(place(("NEW-1", 2)))
    watch.sweep()

    day = soon.reserve_from
    assert day is not None
    assert (order.status, order.reason_code) == ("backordered", "preorder")
    assert why(order).text == f"Pre-order: reserved from {day_of([soon.pk], {soon.pk: day})}"
    assert not OrderException.objects.filter(order=order).exists()

    day_comes(soon)
    assert flow.fresh(order).status == "allocated"


def test_on_the_day_without_stock_it_is_short_like_others(
    place: Place, warehouse: Warehouse
) -> None:
    sku = create_sku("NEW-1", reserve_from=localdate() + timedelta(days=7))
    order = flow.approve(place(("NEW-1", 2)))
    assert order.reason_code == "preorder"

    day_comes(sku)

    assert (flow.fresh(order).status, flow.fresh(order).reason_code) == ("backordered", "short")


def test_an_order_that_leaves_whole_reserves_nothing_before_the_day(
    place: Place, soon: Sku, cup: Sku, warehouse: Warehouse
) -> None:
    flow.receive(cup, warehouse, 1)

    whole = flow.approve(place(("NEW-1", 1), ("CUP-1", 1)))
    parts = flow.approve(place(("NEW-1", 1), ("CUP-1", 1), ship_complete=False))

    assert flow.shipments_of(whole) == []
    assert len(flow.shipments_of(parts)) == 1
    assert parts.reason_code == "preorder"


def test_what_lacks_for_another_reason_too_is_short(place: Place, soon: Sku) -> None:
    order = flow.approve(place(("NEW-1", 1), ("CUP-1", 1)))

    assert (order.reason_code, order.reason_detail) == ("short", "NEW-1 ×1, CUP-1 ×1") or (
        order.reason_detail == "CUP-1 ×1, NEW-1 ×1"
    )


def test_nothing_is_held_before_the_day(place: Place, soon: Sku) -> None:
    order = place(("NEW-1", 1))

    assert hold_softly([order.pk], until=now() + timedelta(hours=1), actor=None).done == []


def test_a_day_of_another_year_is_told_with_its_year() -> None:
    year = localdate().year

    assert day_of([1], {1: date(year, 12, 24)}) == "12-24"
    assert day_of([1, 2], {1: date(year, 12, 24), 2: date(year + 1, 1, 5)}) == f"{year + 1}-01-05"
    assert day_of([1, 3], {1: date(year, 12, 24)}) == ""
    assert day_of([], {}) == ""
