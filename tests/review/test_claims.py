"""Who looks at which order: shown to the others, in nobody's way, and over after five minutes."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from oms.models import User
from orders.desk.history import timeline
from orders.models import BulkJob, Order, OrderEvent, ReviewClaim
from orders.review.decide import approve_orders
from orders.review.desk.claim import LASTS, claim_order, holders_among, take_over
from tests.fixtures import flow
from tests.fixtures.company import Place
from tests.review.desk_steps import HX, before, decide, look_at, step

pytestmark = pytest.mark.usefixtures("holds")


def holders(*orders: Order) -> list[str]:
    """Whose each order is, as somebody else sees it ("" where it is nobody's)."""
    claims = {one.order_id: one.user.username for one in ReviewClaim.objects.all()}
    return [claims.get(order.pk, "") for order in orders]


def let_pass(delta: timedelta = LASTS) -> None:
    for claim in ReviewClaim.objects.all():
        claim.claimed_at -= delta
        claim.expires_at -= delta
        claim.save()


def test_opening_an_order_claims_it_and_lets_the_earlier_one_go(
    place: Place, reviewer: User, signed_in: Any
):
    first, second = place(), place()
    browser = signed_in(reviewer)

    look_at(browser, first)
    assert holders(first, second) == ["reviewer", ""]
    look_at(browser, second)

    assert holders(first, second) == ["", "reviewer"]


def test_the_others_see_who_it_is(place: Place, reviewer: User, manager: User, signed_in: Any):
    order = place()
    claim_order(order.pk, reviewer)

    response = look_at(signed_in(manager), order)

    assert response.content.decode().count("reviewer is reviewing it now") == 2
    assert holders(order) == ["reviewer"]


def test_the_next_order_is_one_that_nobody_looks_at(
    place: Place, reviewer: User, manager: User, signed_in: Any
):
    first, second, third = place(), place(), place()
    claim_order(second.pk, manager)
    browser = signed_in(reviewer)

    assert before(step(browser)) == first.pk
    assert before(decide(browser, "approve", first)) == third.pk


def test_where_others_look_at_everything_nothing_is_opened(
    place: Place, reviewer: User, manager: User, signed_in: Any
):
    order = place()
    claim_order(order.pk, manager)

    response = step(signed_in(reviewer))

    assert (before(response), response.context["is_empty"]) == (None, False)


def test_a_decision_on_an_order_of_another_asks_once(
    place: Place, reviewer: User, manager: User, signed_in: Any
):
    order = place()
    claim_order(order.pk, reviewer)
    browser = signed_in(manager)

    asked = decide(browser, "approve", order)

    assert (asked.status_code, before(asked)) == (409, order.pk)
    assert "decide again if you mean it" in asked.content.decode()
    assert f'name="anyway" value="{reviewer.pk}"' in asked.content.decode()
    assert (flow.fresh(order).status, BulkJob.objects.count()) == ("pending_review", 0)

    assert decide(browser, "approve", order, anyway=reviewer.pk).status_code == 200
    assert flow.fresh(order).status == "approved"


def test_a_claim_that_changed_hands_is_asked_about_again(
    place: Place, reviewer: User, manager: User, administrator: User, signed_in: Any
):
    order = place()
    claim_order(order.pk, administrator)

    response = decide(signed_in(manager), "approve", order, anyway=reviewer.pk)

    assert response.status_code == 409
    assert flow.fresh(order).status == "pending_review"


def test_taking_over_is_told_in_the_timeline(
    place: Place, reviewer: User, manager: User, signed_in: Any
):
    order = place()
    claim_order(order.pk, reviewer)

    response = signed_in(manager).post(f"/review/{order.number}/take/", headers=HX)

    assert (before(response), holders(order)) == (order.pk, ["manager"])
    (said,) = timeline(order.events.filter(kind="review_taken_over"))
    assert (said.text, said.actor, said.detail) == (
        "Review taken over", "manager", "reviewer → manager",
    )  # fmt: skip


@pytest.mark.parametrize("holder", ["nobody", "oneself", "somebody long ago"])
def test_taking_what_is_free_is_no_event(place: Place, reviewer: User, manager: User, holder: str):
    order = place()
    if holder != "nobody":
        claim_order(order.pk, manager if holder == "oneself" else reviewer)
    if holder == "somebody long ago":
        let_pass()

    take_over(order.pk, actor=manager)

    assert holders(order) == ["manager"]
    assert not OrderEvent.objects.filter(kind="review_taken_over").exists()


def test_after_five_minutes_it_is_free_again(place: Place, reviewer: User, manager: User):
    order = place()
    claim_order(order.pk, reviewer)
    assert not claim_order(order.pk, manager)
    let_pass()

    assert holders_among([order.pk], manager) == {}
    assert claim_order(order.pk, manager)
    assert holders(order) == ["manager"]


def test_an_open_page_keeps_its_claim(place: Place, reviewer: User, signed_in: Any):
    order = place()
    browser = signed_in(reviewer)
    look_at(browser, order)
    let_pass(timedelta(minutes=4))

    browser.post(f"/review/{order.number}/keep/")

    claim = ReviewClaim.objects.get()
    assert claim.expires_at > timezone.now() + timedelta(minutes=4)
    assert claim.claimed_at < timezone.now() - timedelta(minutes=3)


def test_an_open_page_learns_what_became_of_its_list(
    place: Place, reviewer: User, manager: User, signed_in: Any
):
    mine, looked_at, decided, waiting = place(), place(), place(), place()
    claim_order(looked_at.pk, manager)
    approve_orders([decided.pk], actor=manager)
    shown = [order.number for order in (mine, looked_at, decided, waiting)]

    news = signed_in(reviewer).post(f"/review/{mine.number}/keep/", {"shown": shown}).json()

    assert news == {
        "looked_at": {looked_at.number: "manager"},
        "gone": {decided.number: "manager"},
    }


def test_a_decided_order_is_not_claimed_by_its_open_page(
    place: Place, reviewer: User, manager: User, signed_in: Any
):
    order = place()
    approve_orders([order.pk], actor=manager)

    news = signed_in(reviewer).post(f"/review/{order.number}/keep/").json()

    assert (news["gone"], holders(order)) == ({order.number: "manager"}, [""])


def test_the_claim_ends_with_the_decision(place: Place, reviewer: User, signed_in: Any):
    order = place()
    browser = signed_in(reviewer)
    look_at(browser, order)

    decide(browser, "hold", order)

    assert ReviewClaim.objects.count() == 0
