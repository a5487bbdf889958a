"""The queue told apart by reason: counted, and a whole reason approved after a look."""

from typing import Any

import pytest

from oms.models import User
from orders import pipeline
from orders.models import BulkJob, Order
from orders.review.decide import hold_orders
from tests.fixtures import flow
from tests.fixtures.company import Place
from tests.review.desk_steps import before, decide

pytestmark = pytest.mark.usefixtures("holds")


def held(place: Place, *reasons: str) -> list[Order]:
    orders = [place() for _ in reasons]
    for order, reason in zip(orders, reasons, strict=True):
        hold_orders([order.pk], actor=None, reason=reason)
    return orders


def test_each_reason_has_its_count(place: Place, reviewer: User, signed_in: Any):
    held(place, "Address", "Fraud", *["Address"] * 9)

    groups = signed_in(reviewer).get("/review/?tab=hold&group=1").context["groups"]

    assert [(one.words, one.count, len(one.entries)) for one in groups] == [
        ("Held: Address", 10, 8),
        ("Held: Fraud", 1, 1),
    ]


def test_the_next_order_is_of_the_same_reason(place: Place, reviewer: User, signed_in: Any):
    first, other, second = held(place, "Address", "Fraud", "Address")
    browser = signed_in(reviewer)

    response = browser.post(
        f"/review/{first.number}/release/?tab=hold&group=1",
        {"stood": "on_hold", "version": 1},
        headers={"HX-Request": "true"},
    )

    assert before(response) == second.pk
    assert before(decide(browser, "release", second)) is None
    assert flow.fresh(other).status == "on_hold"


def test_a_whole_reason_is_approved_after_a_look(place: Place, reviewer: User, signed_in: Any):
    orders = [place(), place()]
    pipeline.advance()
    later = place()
    browser = signed_in(reviewer)

    response = browser.post("/review/group/", {"code": "no_rule", "detail": ""})
    job = BulkJob.objects.get()

    assert response.url == f"/orders/bulk/{job.pk}/"
    assert {flow.fresh(order).status for order in orders} == {"pending_review"}

    done = browser.post(f"/orders/bulk/{job.pk}/do/")

    assert done.url == "/review/"
    assert [flow.fresh(order).status for order in [*orders, later]] == [
        "approved", "approved", "pending_review",
    ]  # fmt: skip


def test_a_reason_that_nobody_waits_for_any_more_changes_nothing(
    place: Place, reviewer: User, signed_in: Any
):
    place()

    response = signed_in(reviewer).post("/review/group/", {"code": "gone", "detail": "x"})

    assert (response.url, BulkJob.objects.count()) == ("/review/", 0)
