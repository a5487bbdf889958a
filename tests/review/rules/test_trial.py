"""Trying a rule on past orders: what it would have changed, beside what was decided then."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils.timezone import now
from pytest_django import DjangoAssertNumQueries

from oms.models import User
from orders import pipeline
from orders.billing.pay import record_payment
from orders.intake.draft import LineDraft
from orders.models import Order
from orders.review.decide import approve_orders, hold_orders, release_orders
from orders.review.rules.text import RuleText
from orders.review.rules.trial import try_rule
from orders.review.rules.trial_result import Counts, Overlap, Trial, trial_from
from tests.fixtures.company import Place
from tests.fixtures.rules import rule, rule_text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]

LARGE = ("total", "gte", "100")
ANY = ("total", "gte", "0")
Costing = Callable[[int], Order]


@pytest.fixture
def costing(place: Place) -> Costing:
    """An order of that many yuan."""
    return lambda yuan: place(LineDraft("CUP-1", 1, Decimal(yuan)))


def tried(text: RuleText, rule_id: int | None = None) -> Trial:
    return try_rule(text, rule_id=rule_id)


def test_orders_of_the_period_are_judged_with_and_without_the_rule(costing: Costing) -> None:
    rule("approve", ANY)
    for yuan in (10, 100, 200):
        costing(yuan)

    trial = tried(rule_text("hold", LARGE))

    assert (trial.orders, trial.hits, trial.decided, trial.changed) == (3, 2, 2, 2)
    assert trial.before == Counts(passed=3)
    assert trial.after == Counts(passed=1, held=2)


def test_nothing_is_written(costing: Costing) -> None:
    order = costing(10)

    tried(rule_text("cancel", ANY))

    order.refresh_from_db()
    assert (order.status, order.reason_code) == ("pending_review", "awaiting_review")


def test_orders_outside_the_period_do_not_count(place: Place) -> None:
    old = place(placed_at=now() - timedelta(days=31))
    place()

    trial = tried(rule_text("approve", ANY))
    month_before = try_rule(
        rule_text("approve", ANY),
        rule_id=None,
        since=now() - timedelta(days=60),
        until=now() - timedelta(days=30),
    )

    assert (trial.orders, month_before.orders) == (1, 1)
    assert [one.order_id for one in month_before.samples] == [old.pk]


def test_it_takes_the_place_of_what_is_in_force_of_its_own_rule(costing: Costing) -> None:
    large = rule("hold", LARGE)
    costing(100)
    costing(500)

    trial = tried(rule_text("hold", ("total", "gte", "300")), large.pk)

    assert (trial.before.held, trial.after.held, trial.changed, trial.hits) == (2, 1, 1, 1)
    assert trial.overlaps == ()


def test_the_same_text_again_changes_nothing(costing: Costing) -> None:
    large = rule("hold", LARGE)
    costing(100)

    trial = tried(large.newest.text, large.pk)

    assert (trial.hits, trial.changed, trial.decided) == (1, 0, 1)


def test_a_rule_in_the_shadow_decides_nothing_before_and_all_after(costing: Costing) -> None:
    shadow = rule("hold", LARGE, mode="shadow")
    costing(100)

    trial = tried(shadow.newest.text, shadow.pk)

    assert (trial.before, trial.after) == (Counts(person=1), Counts(held=1))


def test_one_asks_as_of_the_moment_of_the_first_decision(costing: Costing, reviewer: User) -> None:
    order = costing(10)
    approve_orders([order.pk], actor=reviewer)
    record_payment(order.pk, method="cash", amount=Decimal(10), actor=None)

    assert tried(rule_text("hold", ("payment", "in", "unpaid"))).hits == 1
    assert tried(rule_text("hold", ("payment", "in", "paid"))).hits == 0


def test_what_people_decided_then_agrees_or_not(costing: Costing, reviewer: User) -> None:
    passed, held, _waiting = costing(100), costing(200), costing(300)
    approve_orders([passed.pk], actor=reviewer)
    hold_orders([held.pk], actor=reviewer, reason="ask")

    trial = tried(rule_text("hold", LARGE))

    assert (trial.people_passed, trial.people_stopped) == (1, 1)
    assert (trial.agree, trial.disagree) == (1, 1)
    by_order = {one.order_id: (one.then, one.by) for one in trial.samples}
    assert by_order[passed.pk] == ("approved", "person")
    assert by_order[_waiting.pk] == ("", "")


def test_what_a_rule_held_and_a_person_let_go_was_let_go(costing: Costing, reviewer: User) -> None:
    rule("hold", LARGE)
    order = costing(100)
    pipeline.advance()
    release_orders([order.pk], actor=reviewer)

    trial = tried(rule_text("approve", LARGE))

    [sample] = trial.samples
    assert (sample.then, sample.by) == ("on_hold", "rules")
    assert (trial.people_passed, trial.people_stopped) == (1, 0)


def test_a_rule_that_only_marks_is_not_compared_with_people(costing: Costing) -> None:
    costing(100)

    trial = tried(rule_text("mark", LARGE))

    assert (trial.hits, trial.changed, trial.agree, trial.disagree) == (1, 0, None, None)
    assert trial.shadowed_by == []


def test_overlaps_conflicts_and_shadowing_name_the_other_rules(costing: Costing) -> None:
    stronger = rule("hold", ("total", "gte", "50"), name="Over fifty")
    rule("approve", ("total", "gte", "1000"), name="Never here")
    also = rule("approve", ("total", "gte", "200"), name="Also")
    costing(100)
    costing(300)

    trial = tried(rule_text("approve", LARGE))

    assert trial.overlaps == (
        Overlap(stronger.pk, "Over fifty", "hold", 2, stronger=2, is_conflict=True),
        Overlap(also.pk, "Also", "approve", 1),
    )
    assert [one.name for one in trial.conflicts] == ["Over fifty"]
    assert [one.name for one in trial.shadowed_by] == ["Over fifty"]


def test_a_rule_that_decides_sometimes_is_not_shadowed(costing: Costing) -> None:
    rule("hold", ("total", "gte", "200"))
    costing(100)
    costing(300)

    trial = tried(rule_text("approve", LARGE))

    assert (trial.decided, trial.shadowed_by) == (1, [])
    assert len(trial.conflicts) == 1


def test_samples_say_what_each_condition_read_changed_orders_first(costing: Costing) -> None:
    rule("hold", ("total", "gte", "200"))
    changed, same = costing(100), costing(300)
    text = rule_text("hold", LARGE, ("note", "empty", ""))

    first, second = tried(text).samples

    assert (first.order_id, second.order_id) == (changed.pk, same.pk)
    assert (first.number, first.before, first.after) == (changed.number, "", "hold")
    assert first.read == (("100.00", True), ("", True))
    reading = first.reading(text, may_see_money=True)
    assert [one.holds for one in reading.readings] == [True, True]


def test_fields_that_cannot_be_said_of_the_past_are_named(costing: Costing) -> None:
    text = rule_text("hold", LARGE, ("customer_level", "in", "blocked"), ("tags", "in", "vip"))

    assert tried(text).today == ("customer_level", "tags")


def test_twenty_samples_at_most(costing: Costing) -> None:
    for _number in range(22):
        costing(100)

    trial = tried(rule_text("hold", LARGE))

    assert (trial.hits, len(trial.samples)) == (22, 20)


def test_a_trial_is_the_same_after_it_was_kept(costing: Costing) -> None:
    rule("approve", LARGE)
    costing(100)
    trial = tried(rule_text("hold", LARGE))

    assert trial_from(trial.as_json()) == trial


def test_trying_takes_as_many_statements_however_many_orders_and_rules(
    costing: Costing, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for yuan in (50, 100, 200):
        rule("approve", ("total", "gte", str(yuan)))
        costing(yuan)

    with django_assert_num_queries(6):
        tried(rule_text("hold", LARGE))


def test_a_word_with_signs_of_sql_is_only_a_word(costing: Costing) -> None:
    costing(100)

    assert tried(rule_text("hold", ("note", "contains", "100%, {read} {0} '"))).hits == 0
