"""Open orders to the same recipient and address are pointed out; nothing is done to them."""

from dataclasses import replace
from typing import Any

import pytest

from inventory.models import Sku, Warehouse
from oms.models import User
from orders.intake.draft import ShipTo
from orders.models import Order
from orders.review.desk.mates import mates_of, with_mates
from tests.fixtures import flow
from tests.fixtures.company import Place, draft
from tests.review.desk_steps import look_at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]

HERE = draft().ship_to


def mates(order: Order) -> list[int]:
    """Read both ways: for the desk, and beside the row for the order's page."""
    listed = [one.pk for one in mates_of(order, Order.objects.all())]
    beside: Any = with_mates(Order.objects.filter(pk=order.pk), Order.objects.all()).get()
    assert sorted(listed) == sorted(beside.mates)
    return listed


def test_open_orders_to_the_same_place_are_mates(place: Place) -> None:
    first, second, third = place(), place(), place()

    assert mates(first) == [third.pk, second.pk]


@pytest.mark.parametrize(
    "other",
    [
        replace(HERE, street="文三路 2 号"),
        replace(HERE, city="宁波市"),
        replace(HERE, name="李四"),
        replace(HERE, phone="13800138002"),
    ],
    ids=["street", "city", "name", "phone"],
)
def test_another_place_or_person_is_none(place: Place, other: ShipTo) -> None:
    order = place()
    place(ship_to=other)

    assert mates(order) == []


def test_without_a_phone_nothing_is_guessed(place: Place) -> None:
    nobody = replace(HERE, phone="")
    order = place(ship_to=nobody)
    place(ship_to=nobody)

    assert mates(order) == []


def test_what_has_left_or_was_cancelled_cannot_go_along(
    place: Place, cup: Sku, warehouse: Warehouse
) -> None:
    flow.receive(cup, warehouse, 9)
    order, sent, cancelled, ready = place(), place(), place(), place()
    flow.send(flow.approve(sent))
    flow.cancel(cancelled)
    flow.approve(ready)

    assert mates(order) == [ready.pk]
    assert mates(flow.fresh(sent)) == []


def test_the_desk_and_the_orders_page_say_so(place: Place, reviewer: User, signed_in: Any) -> None:
    order, other = place(), place()
    browser = signed_in(reviewer)

    desk = look_at(browser, order).content.decode()
    page = browser.get(order.get_absolute_url()).content.decode()

    assert f'href="{other.get_absolute_url()}"' in desk
    assert "Together: 1 parcel less." in desk
    assert "1 more open order to the same recipient" in page
