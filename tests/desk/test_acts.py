"""The buttons on one order: for each the same questions."""

from typing import Any

import pytest

from inventory.models import Warehouse, WarehouseStaff
from oms.models import User
from orders.desk.cancel import cancel_orders
from orders.models import Order
from orders.review.decide import hold_orders
from tests.fixtures import flow
from tests.fixtures.company import Place

pytestmark = pytest.mark.usefixtures("holds")

ACTS = ["approve", "hold", "release", "cancel"]
every_act = pytest.mark.parametrize("act", ACTS)


def put(order: Order, status: str) -> Order:
    """Bring a new order where an act is possible (or is not)."""
    if status == "on_hold":
        hold_orders([order.pk], actor=None, reason="?")
    if status == "cancelled":
        cancel_orders([order.pk], actor=None, reason="?")
    return flow.fresh(order)


def send(browser: Any, order: Order, act: str, **data: str) -> Any:
    return browser.post(f"/orders/{order.number}/{act}/", {"reason": "Address"} | data)


def said(browser: Any, response: Any) -> str:
    """What the next page says above its content."""
    return " ".join(str(one) for one in browser.get(response.url).context["messages"])


@pytest.mark.parametrize(
    ("act", "after", "words"),
    [
        ("approve", "approved", "approved"),
        ("hold", "on_hold", "put on hold"),
        ("release", "approved", "released"),
        ("cancel", "cancelled", "cancelled"),
    ],
)
def test_it_works_and_says_so(
    place: Place, reviewer: User, signed_in: Any, act: str, after: str, words: str
):
    order, browser = put(place(), "on_hold" if act == "release" else ""), signed_in(reviewer)

    response = send(browser, order, act)

    assert response.url == f"/orders/{order.number}/"
    assert said(browser, response) == f"Order {order.number} {words}."
    event = order.events.latest("pk")
    assert (flow.fresh(order).status, event.actor, event.reason) == (after, reviewer, "Address")


@every_act
def test_it_must_be_posted(place: Place, reviewer: User, signed_in: Any, act: str):
    order = place()

    assert signed_in(reviewer).get(f"/orders/{order.number}/{act}/").status_code == 405
    assert flow.fresh(order) == order


@every_act
def test_without_the_right_nothing_changes(place: Place, auditor: User, signed_in: Any, act: str):
    order = put(place(), "on_hold" if act == "release" else "")

    assert send(signed_in(auditor), order, act).status_code == 403
    assert flow.fresh(order).version == order.version


@every_act
def test_an_order_outside_ones_warehouses_does_not_exist(
    place: Place, reviewer: User, stocked: Warehouse, other_warehouse: Warehouse, signed_in: Any, act: str
):  # fmt: skip
    order = flow.approve(place())
    WarehouseStaff.objects.create(user=reviewer, warehouse=other_warehouse)

    assert send(signed_in(reviewer), order, act).status_code == 404
    assert flow.fresh(order).version == order.version


@every_act
def test_in_the_wrong_state_it_is_refused_with_a_reason(
    place: Place, reviewer: User, signed_in: Any, act: str
):
    order, browser = put(place(), "" if act == "release" else "cancelled"), signed_in(reviewer)

    response = send(browser, order, act)

    status = order.get_status_display()
    assert f"Order {order.number} is “{status}”; it cannot become" in said(browser, response)
    assert flow.fresh(order).version == order.version


@every_act
def test_a_second_click_changes_nothing(place: Place, reviewer: User, signed_in: Any, act: str):
    order, browser = put(place(), "on_hold" if act == "release" else ""), signed_in(reviewer)
    send(browser, order, act)
    once = flow.fresh(order).status, order.events.count()

    response = send(browser, order, act)

    assert "cannot become" in said(browser, response)
    assert (flow.fresh(order).status, order.events.count()) == once


@pytest.mark.parametrize("act", ["hold", "cancel"])
@pytest.mark.parametrize("reason", ["", "   ", "\x00"])
def test_stopping_an_order_needs_a_reason(
    place: Place, reviewer: User, signed_in: Any, act: str, reason: str
):
    order, browser = place(), signed_in(reviewer)

    response = send(browser, order, act, reason=reason)

    assert said(browser, response).startswith("Say why")
    assert flow.fresh(order).version == 1


@pytest.mark.parametrize("reason", ["x" * 5000, "a\x00b", "<b>", "换货 🙂"])
def test_any_reason_can_be_kept(place: Place, reviewer: User, signed_in: Any, reason: str):
    order = place()

    send(signed_in(reviewer), order, "hold", reason=reason)

    assert flow.fresh(order).reason_detail == reason.replace("\x00", "")[:300]


@pytest.mark.parametrize(
    ("target", "lands"),
    [("/review/?tab=hold", "/review/?tab=hold"), ("https://evil.example/", None), ("//evil.example", None)],
)  # fmt: skip
def test_it_leads_back_within_this_site_only(
    place: Place, reviewer: User, signed_in: Any, target: str, lands: str | None
):
    order = place()

    response = send(signed_in(reviewer), order, "approve", next=target)

    assert response.url == (lands or f"/orders/{order.number}/")


def test_cancelling_frees_the_goods(place: Place, clerk: User, stocked: Warehouse, signed_in: Any):
    order = flow.approve(place(("CUP-1", 3)))

    send(signed_in(clerk), order, "cancel")

    assert stocked.stock.get().reserved == 0
