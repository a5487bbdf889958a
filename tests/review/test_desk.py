"""The review queue: orders in the order of their promise, each decided and followed by the next."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from inventory.models import Warehouse, WarehouseStaff
from oms.models import User
from orders import pipeline
from orders.desk.cancel import cancel_orders
from orders.desk.edit import edit_order
from orders.desk.notes.assign import assign_order
from orders.models import BulkJob, Order, OrderEvent
from orders.review.decide import approve_orders, hold_orders
from tests.fixtures import flow
from tests.fixtures.company import Place
from tests.review.desk_steps import HX, before, decide, listed, look_at, step, told

pytestmark = pytest.mark.usefixtures("holds")


def test_the_first_promised_comes_first_then_the_oldest(
    place: Place, reviewer: User, signed_in: Any
):
    plain, late, soon = place(), place(), place()
    for order, hours in ((late, 9), (soon, 2)):
        promised_at = timezone.now() + timedelta(hours=hours)
        Order.objects.filter(pk=order.pk).update(promised_at=promised_at)

    assert listed(signed_in(reviewer).get("/review/")) == [soon.pk, late.pk, plain.pk]


def test_stepping_goes_through_all_and_back(place: Place, reviewer: User, signed_in: Any):
    orders = [place() for _ in range(4)]
    Order.objects.filter(pk__in=[orders[1].pk, orders[3].pk]).update(promised_at=timezone.now())
    wanted = [orders[1].pk, orders[3].pk, orders[0].pk, orders[2].pk]
    browser = signed_in(reviewer)

    there = [before(step(browser))]
    while len(there) < 4:
        there.append(before(step(browser, Order.objects.get(pk=there[-1] or 0))))
    back = [there[-1]]
    while len(back) < 4:
        back.append(before(step(browser, Order.objects.get(pk=back[-1] or 0), "back")))

    assert (there, back) == (wanted, wanted[::-1])


def test_a_decision_shows_the_next_order_and_can_be_taken_back(
    place: Place, reviewer: User, signed_in: Any
):
    first, second = place(), place()
    browser = signed_in(reviewer)
    look_at(browser, first)

    response = decide(browser, "approve", first)

    assert (response.status_code, before(response)) == (200, second.pk)
    assert told(response) == f"Order {first.number} approved."
    assert response["HX-Replace-Url"] == f"/review/{second.number}/"
    assert (flow.fresh(first).status, listed(response)) == ("approved", [second.pk])

    undone = browser.post(response.context["told"].undo)

    assert undone.url == f"/review/{first.number}/"
    assert flow.fresh(first).status == "pending_review"


@pytest.mark.parametrize(
    ("act", "status", "detail"),
    [
        ("hold", "on_hold", "Address"),
        ("cancel", "cancelled", "Address"),
        ("approve", "approved", ""),
    ],
)
def test_each_decision_is_the_verb(
    place: Place, reviewer: User, signed_in: Any, act: str, status: str, detail: str
):
    order = place()

    response = decide(signed_in(reviewer), act, order)

    found = flow.fresh(order)
    assert (found.status, found.reason_detail) == (status, detail)
    assert (before(response), response.context["is_empty"]) == (None, True)
    assert order.events.get(to_status=status).actor == reviewer


def test_a_hold_is_ended_in_its_own_queue(place: Place, reviewer: User, signed_in: Any):
    held = place()
    hold_orders([held.pk], actor=None, reason="?")
    browser = signed_in(reviewer)
    assert look_at(browser, held).context["place"].tab == "hold"

    decide(browser, "release", held)

    assert flow.fresh(held).status == "approved"


def test_a_hold_without_a_reason_changes_nothing(place: Place, reviewer: User, signed_in: Any):
    order = place()

    response = decide(signed_in(reviewer), "hold", order, reason=" ")

    assert response.status_code == 422
    assert told(response).startswith("Say why")
    assert flow.fresh(order).status == "pending_review"


def test_what_somebody_decided_meanwhile_is_told_and_the_queue_goes_on(
    place: Place, reviewer: User, manager: User, signed_in: Any
):
    order, following = place(), place()
    shown = flow.fresh(order)
    hold_orders([order.pk], actor=manager, reason="Fraud")
    events = OrderEvent.objects.count()

    response = decide(signed_in(reviewer), "approve", order, seen=shown)

    assert (response.status_code, before(response)) == (409, following.pk)
    assert told(response) == (
        f"Order {order.number} was decided meanwhile: Put on hold (manager). Nothing was changed."
    )
    assert flow.fresh(order).status == "on_hold"
    assert (OrderEvent.objects.count(), BulkJob.objects.count()) == (events, 0)


def test_what_was_edited_meanwhile_is_shown_again(place: Place, reviewer: User, signed_in: Any):
    order, _other = place(), place()
    shown = flow.fresh(order)
    edit_order(order.pk, version=1, changes={"ship_street": "别处 9 号"}, actor=None)

    response = decide(signed_in(reviewer), "approve", order, seen=shown)

    assert (response.status_code, before(response)) == (409, order.pk)
    assert "was changed meanwhile" in told(response)
    assert flow.fresh(order).status == "pending_review"


def test_an_order_that_is_decided_already_leads_to_the_next(
    place: Place, reviewer: User, signed_in: Any
):
    gone, following = place(), place()
    cancel_orders([gone.pk], actor=None, reason="Double")

    response = look_at(signed_in(reviewer), gone)

    assert before(response) == following.pk
    assert "Cancelled (System)" in told(response)


def test_without_scripts_a_decision_leads_to_the_page_of_the_next(
    place: Place, reviewer: User, signed_in: Any
):
    order, following = place(), place()
    browser = signed_in(reviewer)
    form = {"stood": "pending_review", "version": 1}

    response = browser.post(f"/review/{order.number}/approve/?mine=", form)

    assert response.url == f"/review/{following.number}/"
    page = browser.get(response.url)
    assert [str(one) for one in page.context["messages"]] == [f"Order {order.number} approved."]


def test_mine_are_the_orders_i_own(place: Place, reviewer: User, signed_in: Any):
    own, _other = place(), place()
    assign_order(own.pk, user_id=reviewer.pk, actor=reviewer)
    browser = signed_in(reviewer)

    assert listed(browser.get("/review/?mine=1")) == [own.pk]
    assert before(decide(browser, "approve", own)) == _other.pk


def test_an_empty_queue_tells_what_was_done_today(place: Place, reviewer: User, signed_in: Any):
    orders = [place() for _ in range(3)]
    approve_orders([orders[0].pk, orders[1].pk], actor=reviewer)
    approve_orders([orders[2].pk], actor=None)

    page = signed_in(reviewer).get("/review/").content.decode()

    assert "Approved today: 0 by the rules, 2 by people." in page


def test_a_note_stays_with_the_order(place: Place, reviewer: User, signed_in: Any):
    order = place()
    browser = signed_in(reviewer)

    data = {"text": "Called, nobody there", "form_key": "form:1"}
    response = browser.post(f"/review/{order.number}/note/", data, headers=HX)

    assert (before(response), told(response)) == (order.pk, "Comment written.")
    assert order.events.get(kind="commented").data["text"] == "Called, nobody there"


def test_orders_of_other_warehouses_are_not_shown(
    place: Place, reviewer: User, warehouse: Warehouse, other_warehouse: Warehouse, cup: Any,
    signed_in: Any,
):  # fmt: skip
    flow.receive(cup, warehouse, 5)
    order = flow.approve(place())
    hold_orders([order.pk], actor=None, reason="?")
    browser = signed_in(reviewer)
    assert listed(browser.get("/review/?tab=hold")) == [order.pk]

    WarehouseStaff.objects.create(user=reviewer, warehouse=other_warehouse)

    assert listed(browser.get("/review/?tab=hold")) == []
    assert look_at(browser, order).status_code == 404


def test_the_queries_do_not_grow_with_the_queue_or_the_order(
    place: Place, reviewer: User, signed_in: Any, django_assert_max_num_queries: Any
):
    first = place(*[("CUP-1", 1)] * 9)
    for _ in range(6):
        place()
    pipeline.advance()
    browser = signed_in(reviewer)
    with django_assert_max_num_queries(9):
        browser.get("/review/")
    with django_assert_max_num_queries(9):
        browser.get("/review/?group=1")

    with django_assert_max_num_queries(22):
        look_at(browser, first)
    with django_assert_max_num_queries(68):
        decide(browser, "approve", first)
