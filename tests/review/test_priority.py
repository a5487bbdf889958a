"""An order of a higher priority goes first wherever orders wait, and says so."""

from typing import Any

import pytest

from inventory.models import Sku, Warehouse
from oms.models import User
from orders import pipeline
from orders.models import Order
from orders.review.decide import approve_orders
from orders.review.desk.queue import Place as QueuePlace
from orders.review.desk.queue import claim_next, claim_previous, page_behind, waiting
from orders.review.marks import leave_marks
from orders.review.rules.text import Marks
from tests.fixtures.company import Place, create_sku
from tests.fixtures.flow import fresh, receive

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]


def of_priority(order: Order, priority: int) -> Order:
    leave_marks([(Marks(priority=priority), [order.pk])])
    return fresh(order)


def queue_of(user: User) -> Any:
    return waiting(QueuePlace(), user, Order.objects.visible_to(user))


def test_the_review_queue_begins_with_the_urgent(place: Place, reviewer: User) -> None:
    low, usual, high, urgent = (of_priority(place(), n) for n in (-1, 0, 1, 2))

    assert page_behind(queue_of(reviewer), None) == ([urgent.pk, high.pk, usual.pk, low.pk], False)
    assert page_behind(queue_of(reviewer), urgent)[0] == [high.pk, usual.pk, low.pk]
    assert page_behind(queue_of(reviewer), usual)[0] == [low.pk]


def test_one_walks_the_queue_there_and_back(place: Place, reviewer: User) -> None:
    orders = [of_priority(place(), n) for n in (2, 1, 0, -1)]
    queue, here = queue_of(reviewer), QueuePlace()

    there = [claim_next(queue, reviewer, after=None, place=here)]
    there += [claim_next(queue, reviewer, after=one, place=here) for one in orders[:-1]]
    back = [claim_previous(queue, reviewer, before=one) for one in orders]

    assert there == [one.pk for one in orders]
    assert back == [None, *(one.pk for one in orders[:-1])]


def test_goods_go_to_the_urgent_order_first(place: Place, cup: Sku, warehouse: Warehouse) -> None:
    first, urgent = place(), of_priority(place(), 2)
    receive(cup, warehouse, 1)
    approve_orders([first.pk, urgent.pk], actor=None)

    pipeline.advance()

    assert (fresh(first).status, fresh(urgent).status) == ("backordered", "allocated")


def test_goods_go_to_the_order_of_low_priority_last(
    place: Place, cup: Sku, warehouse: Warehouse
) -> None:
    low, usual = of_priority(place(), -1), place()
    receive(cup, warehouse, 1)
    approve_orders([low.pk, usual.pk], actor=None)

    pipeline.advance()

    assert (fresh(low).status, fresh(usual).status) == ("backordered", "allocated")


def test_an_urgent_order_goes_before_those_that_wait_already(
    place: Place, cup: Sku, warehouse: Warehouse
) -> None:
    waits, urgent = place(), of_priority(place(), 1)
    approve_orders([waits.pk], actor=None)
    pipeline.advance()
    receive(cup, warehouse, 1)
    approve_orders([urgent.pk], actor=None)

    pipeline.advance()

    assert (fresh(waits).status, fresh(urgent).status) == ("backordered", "allocated")


def test_the_board_shows_the_urgent_parcel_first(
    place: Place, cup: Sku, warehouse: Warehouse, packer: User, signed_in: Any
) -> None:
    receive(cup, warehouse, 9)
    orders = [place(), of_priority(place(), 2)]
    approve_orders([one.pk for one in orders], actor=None)
    pipeline.advance()

    page = signed_in(packer).get("/fulfilment/").text

    numbers = [one.shipments.get().number for one in orders]
    assert page.index(numbers[1]) < page.index(numbers[0])
    assert page.count("Urgent") == 1


def test_lists_and_pages_show_the_priority(place: Place, reviewer: User, signed_in: Any) -> None:
    order, _usual = of_priority(place(), 2), place()
    browser = signed_in(reviewer)

    for url in ("/orders/", f"/orders/{order.number}/", "/review/"):
        assert browser.get(url).text.count('<span class="st st-danger">Urgent</span>') == 1, url


@pytest.mark.parametrize(
    ("line", "count"),
    [("priority:urgent", 1), ("优先级:加急", 1), ("priority:normal", 2), ("-priority:urgent", 2)],
)
def test_orders_are_found_by_their_priority(
    place: Place, reviewer: User, signed_in: Any, line: str, count: int
) -> None:
    create_sku("POT-1")
    of_priority(place(), 2)
    place()
    place()

    page = signed_in(reviewer).get("/orders/", {"q": line}).text

    assert page.count("data-row id=") == count
