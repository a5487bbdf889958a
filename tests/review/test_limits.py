"""Approval limits: the most generous of the roles that include the right; other roles do not count."""

from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import Group

from oms.errors import NotPossible
from oms.models import User
from orders.billing.pay import record_payment
from orders.intake.draft import LineDraft
from orders.models import ApprovalLimit, Order
from orders.review.decide import approve_orders, hold_orders, release_orders
from orders.review.undo import resume_orders
from tests.fixtures.company import Place
from tests.fixtures.flow import approve, fresh, pay

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]


def limit(role: str, currency: str = "CNY", **figures: Any) -> None:
    ApprovalLimit.objects.create(group=Group.objects.get(name=role), currency=currency, **figures)


def refused(order: Order, user: User) -> str:
    outcome = approve_orders([order.pk], actor=user)
    assert set(outcome.codes.values()) <= {"over_limit"}
    return outcome.refused.get(order.pk, "")


@pytest.fixture
def order(place: Place) -> Order:
    return place()  # one cup at 10.00


def test_an_amount_above_the_limit_is_refused_with_who_could(
    order: Order, reviewer: User, manager: User
) -> None:
    limit("reviewer", max_amount=9)

    assert refused(order, reviewer) == (
        f"{order.number}: ¥10.00 is above your limit of ¥9.00. Who can: manager (manager)."
    )
    assert fresh(order).status == "pending_review"


def test_an_amount_at_the_limit_passes(order: Order, reviewer: User) -> None:
    limit("reviewer", max_amount=10, max_discount_percent=0)

    assert refused(order, reviewer) == ""


def test_a_discount_above_the_limit_is_refused(place: Place, reviewer: User) -> None:
    limit("reviewer", max_discount_percent=30)
    order = place(LineDraft("CUP-1", 1, Decimal(10), discount=Decimal(4)))

    assert "A discount of 40% is above your limit of 30%." in refused(order, reviewer)


def test_a_role_without_rows_is_unlimited(order: Order, reviewer: User) -> None:
    assert refused(order, reviewer) == ""


def test_without_a_row_in_the_currency_nothing_is_decided_in_it(
    order: Order, reviewer: User
) -> None:
    limit("reviewer", "USD", max_amount=1_000_000)

    assert "No limit is set for CNY" in refused(order, reviewer)


def test_of_two_roles_the_more_generous_counts_per_figure(order: Order, reviewer: User) -> None:
    limit("reviewer", max_amount=9, max_discount_percent=50)
    limit("manager", max_amount=50, max_discount_percent=0)
    reviewer.groups.add(Group.objects.get(name="manager"))

    assert refused(order, reviewer) == ""


def test_a_role_without_the_right_lifts_no_limit(order: Order, reviewer: User) -> None:
    limit("reviewer", max_amount=9)
    reviewer.groups.add(Group.objects.get(name="warehouse"))

    assert "above your limit" in refused(order, reviewer)


def test_an_empty_figure_limits_nothing(order: Order, reviewer: User) -> None:
    limit("reviewer", max_discount_percent=10)

    assert refused(order, reviewer) == ""


def test_superusers_and_the_system_have_no_limits(order: Order, reviewer: User) -> None:
    limit("reviewer", max_amount=1)
    reviewer.is_superuser = True
    reviewer.save()

    assert refused(order, User.objects.get(pk=reviewer.pk)) == ""


def test_a_release_is_an_approval(order: Order, reviewer: User) -> None:
    limit("reviewer", max_amount=9)
    hold_orders([order.pk], actor=reviewer, reason="x")

    assert release_orders([order.pk], actor=reviewer).codes == {order.pk: "over_limit"}
    assert fresh(order).status == "on_hold"


def test_taking_a_hold_back_asks_for_no_limit(order: Order, reviewer: User) -> None:
    approve(order)
    limit("reviewer", max_amount=9)
    hold_orders([order.pk], actor=reviewer, reason="x")

    assert resume_orders([order.pk], actor=reviewer).refused == {}


def test_only_the_orders_above_the_limit_stay(place: Place, reviewer: User) -> None:
    limit("reviewer", max_amount=10)
    small, large = place(), place(("CUP-1", 2))

    outcome = approve_orders([small.pk, large.pk], actor=reviewer)

    assert (outcome.done, list(outcome.refused)) == ([small.pk], [large.pk])


def test_nobody_else_is_named_where_nobody_could(order: Order, reviewer: User) -> None:
    limit("reviewer", max_amount=9)

    assert refused(order, reviewer).endswith(
        "Nobody else can: an administrator sets roles and limits."
    )


def test_a_refund_above_the_limit_is_refused(order: Order, accountant: User) -> None:
    limit("finance", max_refund=3)
    pay(order, 10)

    with pytest.raises(NotPossible) as refusal:
        record_payment(order.pk, method="cash", amount=Decimal(-4), actor=accountant)

    assert refusal.value.code == "over_limit"
    assert "¥4.00 is more than the ¥3.00 that you may give back." in refusal.value.message
    assert record_payment(order.pk, method="cash", amount=Decimal(-3), actor=accountant).pk
