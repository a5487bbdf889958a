"""Forced approval: for a reason that is kept, with all that it passed over."""

import pytest
from django.contrib.auth.models import Group

from customers.block import block_customer
from oms.errors import InvalidInput
from oms.models import User
from orders import pipeline
from orders.desk.history import timeline
from orders.models import ApprovalLimit, Order, SecondReview
from orders.review.decide import approve_orders, hold_orders
from orders.review.force_approve import force_approve_orders
from orders.review.undo import take_back_orders
from tests.fixtures.company import Place
from tests.fixtures.flow import fresh
from tests.fixtures.rules import rule

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]


@pytest.fixture
def held(place: Place) -> Order:
    rule("hold", ("total", "gte", "5"), name="Large")
    order = place()
    pipeline.advance()
    return order


def codes(order: Order) -> list[str]:
    event = order.events.filter(kind="forced").order_by("-pk")[0]
    return [one["code"] for one in event.data["passed_over"]]


def test_a_held_order_goes_on_and_the_event_says_over_what(held: Order, manager: User) -> None:
    outcome = force_approve_orders([held.pk], actor=manager, reason="The buyer waits in the shop")
    pipeline.advance()

    event = held.events.get(kind="forced")
    assert outcome.done == [held.pk]
    assert fresh(held).status == "backordered"
    assert (event.actor, event.reason) == (manager, "The buyer waits in the shop")
    assert event.data["passed_over"] == [{"code": "held_by_rule", "rule": "Large", "version": 1}]
    [told] = timeline([event])
    assert (told.text, told.detail) == (
        "Approved by force",
        "The buyer waits in the shop · held by the rule “Large” v1",
    )


@pytest.mark.parametrize("reason", ["", "  ok  "])
def test_without_a_reason_nothing_happens(held: Order, manager: User, reason: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        force_approve_orders([held.pk], actor=manager, reason=reason)

    assert [(one.field, one.code) for one in refusal.value.errors] == [("reason", "too_short")]
    assert fresh(held).status == "on_hold"


def test_who_lacks_the_right_is_refused(held: Order, reviewer: User) -> None:
    outcome = force_approve_orders([held.pk], actor=reviewer, reason="I want it so")

    assert outcome.codes == {held.pk: "permission_missing"}
    assert fresh(held).status == "on_hold"


def test_an_order_that_nothing_stands_against_is_approved_as_usual(
    place: Place, manager: User
) -> None:
    order = place()
    pipeline.advance()

    outcome = force_approve_orders([order.pk], actor=manager, reason="For no reason")

    assert outcome.codes == {order.pk: "nothing_against"}


def test_all_that_stands_against_it_is_kept(place: Place, manager: User) -> None:
    rule("second_review", ("total", "gte", "5"), name="Large")
    order = place()
    pipeline.advance()
    approve_orders([order.pk], actor=manager)
    ApprovalLimit.objects.create(
        group=Group.objects.get(name="manager"), currency="CNY", max_amount=9
    )
    assert order.customer_id
    block_customer(order.customer_id, actor=manager, reason="Does not pay")

    force_approve_orders([order.pk], actor=manager, reason="Paid at the counter")

    assert codes(order) == ["second_review", "by_oneself", "over_limit", "blocked_customer"]


def test_a_forced_order_does_not_go_to_finance_later(place: Place, manager: User) -> None:
    rule("second_review", ("total", "gte", "5"))
    order = place()
    pipeline.advance()
    force_approve_orders([order.pk], actor=manager, reason="The buyer waits")
    hold_orders([order.pk], actor=manager, reason="He calls back")

    approve_orders([order.pk], actor=manager)

    assert fresh(order).status == "approved"


def test_taking_it_back_opens_the_second_review_again(
    place: Place, manager: User, reviewer: User
) -> None:
    rule("second_review", ("total", "gte", "5"))
    order = place()
    pipeline.advance()
    force_approve_orders([order.pk], actor=manager, reason="The buyer waits")
    assert SecondReview.objects.get().passed_over_at

    assert take_back_orders([order.pk], actor=reviewer).done == []
    assert take_back_orders([order.pk], actor=manager).done == [order.pk]

    assert (fresh(order).status, fresh(order).reason_code) == ("pending_review", "taken_back")
    assert SecondReview.objects.get().passed_over_at is None
    approve_orders([order.pk], actor=reviewer)
    assert fresh(order).reason_code == "finance_review"
