"""How rules do: hits, overrides by people, delay; and what a rule in the shadow would have agreed to."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.utils.timezone import now
from pytest_django import DjangoAssertNumQueries

from oms.models import User
from oms.sql import query
from orders import pipeline
from orders.models import Order
from orders.review.decide import approve_orders, hold_orders, release_orders
from orders.review.rules.health import Agreement, Disagreement, Health, agreement_of, health_of
from orders.review.rules.models import ReviewRule, RuleHit
from orders.review.rules.text import Marks
from tests.fixtures.company import Place
from tests.fixtures.rules import rewrite, rule, rule_text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]

ANY = ("total", "gte", "0")
VIP = Marks(tags=("vip",))


def judged(place: Place, count: int = 1) -> list[Order]:
    orders = [place() for _number in range(count)]
    pipeline.advance()
    return orders


def health(one: ReviewRule) -> Health:
    return health_of([one])[one.pk]


def in_force_since(one: ReviewRule, days: int) -> None:
    """As if it had been published so long ago: what only grows is moved with its guard switched off."""
    query("SET LOCAL session_replication_role = replica")
    one.changes.update(created_at=now() - timedelta(days=days))
    query("SET LOCAL session_replication_role = DEFAULT")


def test_a_rule_that_never_applied_has_no_figures() -> None:
    assert health(rule("hold", ANY)) == Health()


def test_hits_are_counted_and_those_it_decided(place: Place) -> None:
    one, stronger = rule("approve", ANY), rule("hold", ANY)
    judged(place, 2)

    found = health_of([one, stronger])

    assert (found[one.pk].hits, found[one.pk].decided) == (2, 0)
    assert (found[stronger.pk].hits, found[stronger.pk].decided, found[stronger.pk].held) == (
        2,
        2,
        2,
    )
    assert found[one.pk].last_hit is not None


def test_a_hold_that_a_person_lets_go_was_overridden(place: Place, reviewer: User) -> None:
    one = rule("hold", ANY)
    first, _second = judged(place, 2)
    RuleHit.objects.update(judged_at=F("judged_at") - timedelta(hours=3))
    release_orders([first.pk], actor=reviewer)

    found = health(one)

    assert (found.overridden, found.held_then_passed, found.median_hours) == (1, 1, 3.0)
    assert found.passed_share == 0.5


def test_an_approval_that_a_person_stops_was_overridden(place: Place, reviewer: User) -> None:
    one = rule("approve", ANY)
    [order] = judged(place)
    hold_orders([order.pk], actor=reviewer, reason="fraud")

    found = health(one)

    assert (found.overridden, found.held_then_passed, found.median_hours) == (1, 0, None)


def test_every_version_of_a_rule_counts_and_every_order_once(place: Place) -> None:
    one = rule("mark", ANY, marks=VIP, name="Marks")
    judged(place, 2)
    rewrite(one, rule_text("mark", ("total", "gte", "1"), marks=VIP, name="Marks"))
    pipeline.advance()

    assert health(one).hits == 2


def test_old_hits_do_not_count(place: Place) -> None:
    one = rule("hold", ANY)
    judged(place)
    RuleHit.objects.update(judged_at=now() - timedelta(days=31))

    found = health(one)

    assert (found.hits, found.decided) == (0, 0)
    assert found.last_hit is not None


@pytest.mark.parametrize(
    ("days", "mode", "stale"), [(31, "on", True), (29, "on", False), (31, "off", False)]
)
def test_a_rule_without_hits_for_a_month_is_stale(days: int, mode: str, stale: bool) -> None:
    one = rule("hold", ANY, mode=mode)
    in_force_since(one, days)

    assert health(one).is_stale == stale


def test_a_rule_that_people_nearly_always_override_is_flagged(place: Place, reviewer: User) -> None:
    one = rule("hold", ANY)
    orders = judged(place, 10)
    release_orders([order.pk for order in orders[1:]], actor=reviewer)
    assert not health(one).is_always_overridden

    release_orders([orders[0].pk], actor=reviewer)
    assert health(one).is_always_overridden


def test_all_rules_take_one_statement(
    place: Place, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rules = [rule("hold", ("total", "gte", str(number))) for number in range(5)]
    judged(place, 3)

    with django_assert_num_queries(1):
        health_of(rules)


def test_a_rule_in_the_shadow_is_compared_with_what_was_decided(
    place: Place, reviewer: User
) -> None:
    shadow = rule("hold", ANY, mode="shadow")
    passed, held, _waiting = judged(place, 3)
    approve_orders([passed.pk], actor=reviewer)
    hold_orders([held.pk], actor=reviewer, reason="fraud")

    one = Disagreement(passed.pk, passed.number, "approved", reviewer.display_name)
    assert agreement_of(shadow) == Agreement(1, 2, (one,))


def test_what_the_rules_in_force_decided_counts_too(place: Place) -> None:
    shadow = rule("approve", ANY, mode="shadow")
    rule("approve", ("total", "gte", "1"))
    judged(place)

    assert agreement_of(shadow) == Agreement(1, 1)


def test_a_rule_that_neither_passes_nor_stops_is_not_compared(place: Place) -> None:
    shadow = rule("mark", ANY, mode="shadow", marks=VIP)
    judged(place)

    assert agreement_of(shadow) == Agreement()
