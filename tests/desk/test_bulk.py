from typing import Any

import pytest

from inventory.models import Warehouse, WarehouseStaff
from oms.models import User
from orders.models import Order
from orders.review.decide import hold_orders
from tests.fixtures import flow
from tests.fixtures.company import Place

pytestmark = pytest.mark.usefixtures("holds")

ACTS = ["approve", "hold", "release", "cancel"]
every_act = pytest.mark.parametrize("act", ACTS)


def send(browser: Any, act: str, *orders: Order, **data: Any) -> Any:
    ticked = {"order": [order.pk for order in orders], "reason": "Address"}
    return browser.post(f"/orders/bulk/{act}/", ticked | data)


def statuses(*orders: Order) -> list[str]:
    return [flow.fresh(order).status for order in orders]


@pytest.mark.parametrize(
    ("act", "after", "words"),
    [
        ("approve", "approved", "2 orders approved."),
        ("hold", "on_hold", "2 orders put on hold."),
        ("cancel", "cancelled", "2 orders cancelled."),
    ],
)
def test_all_that_are_ticked_go(
    place: Place, reviewer: User, signed_in: Any, act: str, after: str, words: str
):
    ticked, browser = [place(), place()], signed_in(reviewer)
    left = place()

    response = send(browser, act, *ticked, next="/orders/?tab=review")

    assert response.url == "/orders/?tab=review"
    assert [str(one) for one in browser.get("/orders/").context["messages"]] == [words]
    assert statuses(*ticked, left) == [after, after, "pending_review"]


def test_held_orders_are_released_together(place: Place, reviewer: User, signed_in: Any):
    orders = [place(), place()]
    hold_orders([order.pk for order in orders], actor=None, reason="?")

    send(signed_in(reviewer), "release", *orders)

    assert statuses(*orders) == ["approved", "approved"]


def test_each_order_that_stayed_says_why(place: Place, reviewer: User, signed_in: Any):
    good, bad = place(), place()
    send(signed_in(reviewer), "cancel", bad)

    response = send(signed_in(reviewer), "approve", good, bad)

    (refusal,) = response.context["refused"]
    assert (refusal.number, response.context["done_count"]) == (bad.number, 1)
    assert refusal.reason == f"Order {bad.number} is “Cancelled”; it cannot become “Approved”."
    assert statuses(good, bad) == ["approved", "cancelled"]


@every_act
def test_it_must_be_posted(reviewer: User, signed_in: Any, act: str):
    assert signed_in(reviewer).get(f"/orders/bulk/{act}/").status_code == 405


@every_act
def test_without_the_right_nothing_changes(place: Place, auditor: User, signed_in: Any, act: str):
    order = place()

    assert send(signed_in(auditor), act, order).status_code == 403
    assert statuses(order) == ["pending_review"]


@every_act
def test_orders_outside_ones_warehouses_do_not_exist(
    place: Place, reviewer: User, stocked: Warehouse, other_warehouse: Warehouse, signed_in: Any, act: str
):  # fmt: skip
    order = flow.approve(place())
    WarehouseStaff.objects.create(user=reviewer, warehouse=other_warehouse)

    response = send(signed_in(reviewer), act, order)

    assert [(one.number, one.reason) for one in response.context["refused"]] == [
        ("", "There is no such order.")
    ]
    assert statuses(order) == ["allocated"]


@pytest.mark.parametrize("ticked", [[], ["x"], ["-1"], ["９"], ["9" * 40]])
def test_nothing_ticked_is_said(reviewer: User, signed_in: Any, ticked: list[str]):
    browser = signed_in(reviewer)

    response = browser.post("/orders/bulk/approve/", {"order": ticked})

    messages = browser.get(response.url).context["messages"]
    assert [str(one) for one in messages] == ["Tick at least one order first."]


@pytest.mark.parametrize("act", ["hold", "cancel"])
def test_stopping_orders_needs_a_reason(place: Place, reviewer: User, signed_in: Any, act: str):
    order = place()

    send(signed_in(reviewer), act, order, reason=" ")

    assert statuses(order) == ["pending_review"]


def test_many_orders_cost_no_more_queries_than_few(
    place: Place, reviewer: User, signed_in: Any, django_assert_max_num_queries: Any
):
    orders = [place() for _ in range(12)]
    browser = signed_in(reviewer)

    with django_assert_max_num_queries(11):
        send(browser, "approve", *orders)
    assert set(statuses(*orders)) == {"approved"}
