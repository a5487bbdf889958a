"""Acts on many orders: chosen, looked at, confirmed, and told order by order."""

from typing import Any

import pytest

from oms.models import User
from orders.review.decide import hold_orders
from tests.desk.bulk_steps import choose, do, fates, job, page_of, statuses, told
from tests.fixtures import flow
from tests.fixtures.company import Place

pytestmark = pytest.mark.usefixtures("holds")


def test_choosing_shows_what_would_happen_and_does_nothing(
    place: Place, reviewer: User, signed_in: Any
):
    ticked, browser = [place(), place()], signed_in(reviewer)

    response = choose(browser, "approve", *ticked)

    assert response.url == page_of(job())
    assert browser.get(response.url).context["sight"].heading == "Approve 2 orders"
    assert statuses(*ticked) == ["pending_review", "pending_review"]


@pytest.mark.parametrize(
    ("act", "after", "words"),
    [
        ("approve", "approved", "2 orders approved."),
        ("hold", "on_hold", "2 orders put on hold."),
        ("cancel", "cancelled", "2 orders cancelled."),
    ],
)
def test_confirmed_all_that_are_ticked_go_and_no_other(
    place: Place, reviewer: User, signed_in: Any, act: str, after: str, words: str
):
    ticked, browser = [place(), place()], signed_in(reviewer)
    left = place()
    choose(browser, act, *ticked, next="/orders/?tab=review")

    response = do(browser, job())

    assert response.url == "/orders/?tab=review"
    assert told(browser) == [words]
    assert statuses(*ticked, left) == [after, after, "pending_review"]


def test_held_orders_are_released_together(place: Place, reviewer: User, signed_in: Any):
    orders = [place(), place()]
    hold_orders([order.pk for order in orders], actor=None, reason="?")
    choose(signed_in(reviewer), "release", *orders)

    do(signed_in(reviewer), job())

    assert statuses(*orders) == ["approved", "approved"]


def test_one_order_that_can_be_brought_back_goes_at_once(
    place: Place, reviewer: User, signed_in: Any
):
    order, browser = place(), signed_in(reviewer)

    choose(browser, "approve", order)

    assert told(browser) == ["1 order approved."]
    assert statuses(order) == ["approved"]


def test_even_one_order_is_not_cancelled_without_a_question(
    place: Place, reviewer: User, signed_in: Any
):
    order = place()

    response = choose(signed_in(reviewer), "cancel", order)

    assert response.url == page_of(job())
    assert statuses(order) == ["pending_review"]


def test_what_cannot_go_is_told_before(place: Place, reviewer: User, signed_in: Any):
    good, bad = place(), place()
    flow.cancel(bad)

    choose(signed_in(reviewer), "approve", good, bad)

    assert fates(job()) == [
        ("waiting", ""),
        ("left_out", "It is “Cancelled” and cannot become “Approved”."),
    ]


def test_what_is_unticked_stays(place: Place, reviewer: User, signed_in: Any):
    first, second = place(), place()
    choose(signed_in(reviewer), "approve", first, second)

    do(signed_in(reviewer), job(), keep=[first])

    assert statuses(first, second) == ["approved", "pending_review"]
    assert fates(job()) == [("done", ""), ("left_out", "Left out by hand")]


def test_an_order_that_changed_meanwhile_is_refused_with_the_reason(
    place: Place, reviewer: User, signed_in: Any
):
    good, bad = place(), place()
    choose(signed_in(reviewer), "approve", good, bad)
    flow.cancel(bad)

    response = do(signed_in(reviewer), job())

    why = f"Order {bad.number} is “Cancelled”; it cannot become “Approved”."
    assert response.url == page_of(job())
    assert fates(job()) == [("done", ""), ("refused", why)]
    assert statuses(good, bad) == ["approved", "cancelled"]


def test_the_orders_that_stayed_are_chosen_again(place: Place, reviewer: User, signed_in: Any):
    good, bad = place(), place()
    browser = signed_in(reviewer)
    choose(browser, "approve", good, bad)
    flow.cancel(bad)
    do(browser, job())

    browser.post(f"{page_of(job())}retry/")

    assert [item.order_id for item in job().items.all()] == [bad.pk]
    assert job().confirmed_at is None


def test_confirming_twice_does_it_once(place: Place, reviewer: User, signed_in: Any):
    orders, browser = [place(), place()], signed_in(reviewer)
    choose(browser, "approve", *orders)
    sent: dict[str, list[int]] = {"shown": [], "keep": []}

    for _time in range(2):
        browser.post(f"{page_of(job())}do/", sent)

    assert [order.events.filter(kind="approved").count() for order in orders] == [1, 1]


@pytest.mark.parametrize("reason", ["", " "])
def test_stopping_orders_needs_a_reason(place: Place, reviewer: User, signed_in: Any, reason: str):
    order, browser = place(), signed_in(reviewer)
    choose(browser, "hold", order, reason=reason)

    response = do(browser, job(), reason=reason)

    assert response.status_code == 422
    assert response.context["error"].startswith("Say why")
    assert statuses(order) == ["pending_review"]


def test_a_reason_given_late_is_kept(place: Place, reviewer: User, signed_in: Any):
    order, browser = place(), signed_in(reviewer)
    choose(browser, "hold", order, reason="")

    do(browser, job(), reason="House number")

    assert flow.fresh(order).reason_detail == "House number"


def test_numbers_that_no_order_can_have_are_passed_over(
    place: Place, reviewer: User, signed_in: Any
):
    orders, browser = [place(), place()], signed_in(reviewer)
    choose(browser, "approve", *orders)

    browser.post(f"{page_of(job())}do/", {"shown": ["9" * 40, "x", "-1"]})

    assert statuses(*orders) == ["approved", "approved"]
