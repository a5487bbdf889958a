"""Taking back what was done to many orders."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from inventory.models import Stock, Warehouse
from oms.models import User
from orders.desk.bulk.models import BulkJob
from orders.models import Order
from orders.pipeline import advance
from orders.review.decide import hold_orders
from tests.fixtures import flow
from tests.fixtures.company import Place

pytestmark = pytest.mark.usefixtures("holds")


def done(browser: Any, act: str, *orders: Order) -> BulkJob:
    ticked = {"order": [order.pk for order in orders], "reason": "Address"}
    browser.post(f"/orders/bulk/{act}/", ticked)
    job = BulkJob.objects.latest("pk")
    browser.post(f"/orders/bulk/{job.pk}/do/", {})
    return job


def undo(browser: Any, job: BulkJob) -> None:
    browser.post(f"/orders/bulk/{job.pk}/undo/")


def standing(order: Order) -> tuple[str, str]:
    fresh = flow.fresh(order)
    return fresh.status, fresh.reason_code


def test_an_approval_is_taken_back_and_the_goods_are_free(
    place: Place, stocked: Warehouse, reviewer: User, signed_in: Any
):
    order, browser = place(), signed_in(reviewer)
    job = done(browser, "approve", order)
    advance()
    assert Stock.objects.get().reserved == 1

    undo(browser, job)

    assert standing(order) == ("pending_review", "taken_back")
    assert Stock.objects.get().reserved == 0
    assert flow.shipments_of(order, "ready") == []


def test_what_was_taken_back_can_be_approved_again(
    place: Place, stocked: Warehouse, reviewer: User, signed_in: Any
):
    order, browser = place(), signed_in(reviewer)
    job = done(browser, "approve", order)
    advance()
    undo(browser, job)

    assert flow.approve(order).status == "allocated"


def test_an_order_that_is_being_picked_is_not_taken_back(
    place: Place, stocked: Warehouse, reviewer: User, signed_in: Any
):
    order, browser = place(), signed_in(reviewer)
    job = done(browser, "approve", order)
    advance()
    flow.pick(order)

    undo(browser, job)

    (item,) = job.undone_by.items.all()
    assert (item.state, item.words) == (
        "refused",
        f"Order {order.number} is “In fulfilment”; it cannot become “To review”.",
    )
    assert flow.fresh(order).status == "in_fulfilment"


def test_a_hold_is_undone_to_where_the_order_stood(
    place: Place, stocked: Warehouse, reviewer: User, signed_in: Any
):
    reviewed, allocated, browser = place(), flow.approve(place()), signed_in(reviewer)
    job = done(browser, "hold", reviewed, allocated)

    undo(browser, job)
    advance()

    assert standing(reviewed) == ("pending_review", "taken_back")
    assert flow.fresh(allocated).status == "allocated"


def test_a_release_is_undone(place: Place, reviewer: User, signed_in: Any):
    order, browser = place(), signed_in(reviewer)
    hold_orders([order.pk], actor=None, reason="?")
    job = done(browser, "release", order)

    undo(browser, job)

    assert standing(order) == ("on_hold", "held_by_person")


def test_only_what_went_is_taken_back(place: Place, reviewer: User, signed_in: Any):
    waiting, held = place(), place()
    hold_orders([held.pk], actor=None, reason="?")
    job = done(signed_in(reviewer), "release", waiting, held)

    undo(signed_in(reviewer), job)

    assert [item.order_id for item in job.undone_by.items.all()] == [held.pk]


def test_a_job_is_undone_once(place: Place, reviewer: User, signed_in: Any):
    order, browser = place(), signed_in(reviewer)
    job = done(browser, "approve", order)
    undo(browser, job)
    flow.approve(order)

    undo(browser, job)

    *_earlier, second = browser.get("/orders/").context["messages"]
    assert str(second) == "This was taken back already."
    assert flow.fresh(order).status != "pending_review"


def test_after_a_day_it_is_too_late(place: Place, reviewer: User, signed_in: Any):
    order, browser = place(), signed_in(reviewer)
    job = done(browser, "approve", order)
    BulkJob.objects.update(finished_at=timezone.now() - timedelta(hours=25))

    undo(browser, job)

    assert flow.fresh(order).status == "approved"


def test_a_cancellation_cannot_be_taken_back(place: Place, reviewer: User, signed_in: Any):
    order, browser = place(), signed_in(reviewer)
    job = done(browser, "cancel", order)

    undo(browser, job)

    assert flow.fresh(order).status == "cancelled"


def test_today_lists_what_one_did_lately_and_can_take_back(
    place: Place, reviewer: User, signed_in: Any
):
    browser = signed_in(reviewer)
    approved = done(browser, "approve", place())
    done(browser, "cancel", place())
    undo(browser, approved)

    recent = browser.get("/").context["recent"]

    assert [(one.told, one.can_undo) for one in recent] == [
        ("1 order is back in review.", False),
        ("1 order cancelled.", False),
        ("1 order approved.", False),
    ]
