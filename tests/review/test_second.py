"""The second review by finance: two people, in two steps, and nothing is lost on the way."""

from decimal import Decimal

import pytest

from oms.models import User
from orders import pipeline
from orders.billing.pay import record_payment
from orders.desk.edit import edit_order
from orders.models import Order, SecondReview
from orders.review.decide import approve_orders, hold_orders, release_orders
from orders.review.undo import hold_again, resume_orders, take_back_orders
from tests.fixtures.company import Place
from tests.fixtures.flow import fresh
from tests.fixtures.people import create_user
from tests.fixtures.rules import rule

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]

UNPAID = ("unpaid", "gt", "0")


@pytest.fixture
def asked(place: Place) -> Order:
    """A rule wants finance; a person must do the first step."""
    rule("second_review", UNPAID, name="Large", reason="Large and unpaid")
    order = place()
    pipeline.advance()
    return order


@pytest.fixture
def passed(asked: Order, reviewer: User) -> Order:
    approve_orders([asked.pk], actor=reviewer)
    return asked


def stands(order: Order) -> tuple[str, str]:
    now = fresh(order)
    return now.status, now.reason_code


def row(order: Order) -> tuple[bool, str | None, str | None]:
    """Whether the first step is done, by whom, and who decided."""
    one = SecondReview.objects.get(order=order)
    names = (one.passed_by, one.decided_by)
    first, last = (who and who.username for who in names)
    return one.passed_at is not None, first, last


def kinds(order: Order) -> list[str]:
    return list(order.events.order_by("pk").values_list("kind", flat=True))


def test_the_first_approval_leads_to_finance_and_not_on(passed: Order) -> None:
    assert stands(passed) == ("pending_review", "finance_review")
    assert fresh(passed).reason_detail == "Large and unpaid"
    assert row(passed) == (True, "reviewer", None)
    assert kinds(passed)[-1] == "first_approved"


def test_finance_lets_it_go(passed: Order, accountant: User) -> None:
    outcome = approve_orders([passed.pk], actor=accountant)
    pipeline.advance()

    assert outcome.done == [passed.pk]
    assert row(passed) == (True, "reviewer", "finance")
    assert stands(passed)[0] == "backordered"
    assert passed.events.get(kind="approved").data == {"step": "second"}


def test_the_same_person_does_not_do_both(asked: Order, manager: User, accountant: User) -> None:
    approve_orders([asked.pk], actor=manager)

    outcome = approve_orders([asked.pk], actor=manager)

    assert outcome.codes == {asked.pk: "second_review_by_another"}
    assert outcome.refused[asked.pk] == (
        f"{asked.number}: You did the first review; the second needs another person. Who can: finance (finance)."
    )
    assert stands(asked) == ("pending_review", "finance_review")


def test_a_reviewer_is_told_that_finance_decides(
    passed: Order, reviewer: User, accountant: User
) -> None:
    outcome = approve_orders([passed.pk], actor=reviewer)

    assert outcome.codes == {passed.pk: "second_review_required"}
    assert (
        "The rule “Large” wants finance to decide. Who can: finance (finance)."
        in (outcome.refused[passed.pk])
    )


def test_finance_does_no_first_review(asked: Order, accountant: User) -> None:
    outcome = approve_orders([asked.pk], actor=accountant)

    assert outcome.codes == {asked.pk: "permission_missing"}
    assert row(asked) == (False, None, None)


def test_rules_can_do_the_first_step(place: Place, reviewer: User, manager: User) -> None:
    rule("second_review", UNPAID)
    rule("approve", ("total", "gte", "0"))
    order = place()
    pipeline.advance()
    assert stands(order) == ("pending_review", "finance_review")
    assert row(order) == (True, None, None)

    approve_orders([order.pk], actor=manager)

    assert row(order) == (True, None, "manager")


def test_a_released_order_goes_to_finance_too(place: Place, reviewer: User) -> None:
    rule("hold", ("note", "contains", "wait"))
    rule("second_review", UNPAID)
    order = place(note="wait")
    pipeline.advance()
    assert stands(order) == ("on_hold", "held_by_rule")

    release_orders([order.pk], actor=reviewer)

    assert stands(order) == ("pending_review", "finance_review")
    assert row(order) == (True, "reviewer", None)


def test_what_is_held_in_the_second_step_comes_back_to_it(
    passed: Order, accountant: User, manager: User
) -> None:
    hold_orders([passed.pk], actor=accountant, reason="Ask the buyer")

    release_orders([passed.pk], actor=manager)

    assert stands(passed) == ("pending_review", "finance_review")
    assert row(passed) == (True, "reviewer", None)


def test_finance_holds_only_what_waits_for_it(asked: Order, accountant: User) -> None:
    outcome = hold_orders([asked.pk], actor=accountant, reason="x")

    assert outcome.refused == {asked.pk: "It does not wait for finance."}


def test_taking_back_the_second_step_leads_back_to_it(
    passed: Order, reviewer: User, accountant: User
) -> None:
    approve_orders([passed.pk], actor=accountant)
    pipeline.advance()
    refused = take_back_orders([passed.pk], actor=reviewer)
    assert refused.refused == {passed.pk: "Another role approved it: ask somebody of that role."}

    take_back_orders([passed.pk], actor=accountant)

    assert stands(passed) == ("pending_review", "finance_review")
    assert row(passed) == (True, "reviewer", None)


def test_taking_back_the_first_step_asks_for_it_again(passed: Order, reviewer: User) -> None:
    assert take_back_orders([passed.pk], actor=reviewer).done == [passed.pk]

    assert stands(passed) == ("pending_review", "taken_back")
    assert row(passed) == (False, None, None)


def test_a_hold_in_the_second_step_is_undone_into_it(passed: Order, accountant: User) -> None:
    hold_orders([passed.pk], actor=accountant, reason="x")

    resume_orders([passed.pk], actor=accountant)

    assert stands(passed) == ("pending_review", "finance_review")


def test_an_undone_release_was_no_first_review(asked: Order, manager: User) -> None:
    hold_orders([asked.pk], actor=manager, reason="x")
    release_orders([asked.pk], actor=manager)

    hold_again([asked.pk], actor=manager)

    assert (stands(asked)[0], row(asked)) == ("on_hold", (False, None, None))


def test_a_payment_that_changes_nothing_keeps_the_first_review(passed: Order) -> None:
    record_payment(passed.pk, method="cash", amount=Decimal(1), actor=None)
    pipeline.advance()

    assert stands(passed) == ("pending_review", "finance_review")
    assert row(passed) == (True, "reviewer", None)


def test_once_no_rule_wants_finance_the_first_review_is_enough(passed: Order) -> None:
    record_payment(passed.pk, method="cash", amount=Decimal(10), actor=None)
    pipeline.advance()

    assert stands(passed)[0] == "backordered"
    assert not SecondReview.objects.exists()
    assert passed.events.get(kind="approved").data == {"step": "first_stands"}


def test_an_edit_that_a_rule_reads_asks_for_the_first_review_again(
    place: Place, reviewer: User
) -> None:
    rule("second_review", ("province", "ne", "西藏"))
    order = place()
    pipeline.advance()
    approve_orders([order.pk], actor=reviewer)

    edit_order(order.pk, version=1, changes={"ship_province": "江苏省"}, actor=None)
    pipeline.advance()

    assert stands(order) == ("pending_review", "no_rule")
    assert row(order) == (False, None, None)


def test_an_edit_that_no_rule_reads_changes_nothing(passed: Order) -> None:
    edit_order(passed.pk, version=1, changes={"note": "Ring twice"}, actor=None)
    pipeline.advance()

    assert stands(passed) == ("pending_review", "finance_review")
    assert row(passed) == (True, "reviewer", None)


def test_an_edit_after_approval_can_lead_to_finance(place: Place, reviewer: User) -> None:
    rule("second_review", ("note", "contains", "credit"))
    order = place()
    approve_orders([order.pk], actor=reviewer)
    pipeline.advance()

    edit_order(order.pk, version=1, changes={"note": "on credit"}, actor=None)
    assert stands(order) == ("on_hold", "changed")
    release_orders([order.pk], actor=reviewer)

    assert stands(order) == ("pending_review", "finance_review")


def test_many_orders_cost_no_more_statements_than_two(
    place: Place, reviewer: User, django_assert_num_queries: object
) -> None:
    rule("second_review", ("note", "contains", "credit"))
    orders = [place(note="credit" if nth % 2 else "") for nth in range(12)]
    pipeline.advance()
    reviewer.has_perm("orders.review_order")

    # savepoint and its release; lock, standing, roles; move; reasons, events, first steps.
    with django_assert_num_queries(9):  # type: ignore[operator]
        outcome = approve_orders([order.pk for order in orders], actor=reviewer)

    assert len(outcome.done) == 12
    assert Order.objects.filter(reason_code="finance_review").count() == 6


def test_another_reviewer_with_both_rights_may_do_the_second(asked: Order, manager: User) -> None:
    approve_orders([asked.pk], actor=create_user("manager", "other"))

    assert approve_orders([asked.pk], actor=manager).done == [asked.pk]
