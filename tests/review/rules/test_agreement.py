"""Many orders at once, one alone, a moment of the past, the explanation and a reading by hand: all say the same."""

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oms.sql import int_array, query
from orders.intake.draft import OrderDraft
from orders.intake.place import place_orders
from orders.models import Order
from orders.review import preview
from orders.review.explain import explain_orders
from orders.review.judge import judge, judging_sql
from orders.review.rules import trial
from orders.review.rules.book import Book, Rule
from orders.review.rules.check import unreadable
from orders.review.rules.deciding import Decision
from orders.review.rules.facts import with_facts
from orders.review.rules.fields import FIELDS
from orders.review.rules.text import Marks, RuleText
from orders.review.rules.trial_result import Counts
from tests.review.rules import slow, slow_rules, slow_world
from tests.review.rules.worlds import RULES, SIGNALS, WORLDS, drafts, goods, make

pytestmark = pytest.mark.django_db

EXAMPLES = int(os.environ.get("RULE_EXAMPLES", "20"))
"""How many worlds; more of them find more."""
a_few = settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None
)
PAST = "SELECT o.*, %s::timestamptz AS asked_at FROM orders_order o WHERE o.id = ANY(%s::bigint[])"

Said = tuple[str, frozenset[str]]
"""An outcome, and the names of the rules that apply."""


def book_of(rules: Sequence[tuple[RuleText, str]], signals: Any) -> Book:
    kept = []
    for number, (text, mode) in enumerate(rules):
        marks = Marks(("x",)) if text.outcome == "mark" else Marks()
        kept.append(Rule(replace(text, name=f"r{number}", marks=marks), number + 1, mode=mode))
    return Book(0, tuple(kept), signals)


def said(decision: Decision) -> Said:
    rules = (*decision.rules, *decision.overruled, *decision.shadow)
    return decision.outcome, frozenset(one.text.name for one in rules)


def judged(book: Book, ids: Sequence[int]) -> dict[int, Said]:
    return {pk: said(group.decision) for group in judge(book, ids) for pk in group.order_ids}


def by_hand(book: Book, orders: Sequence[Order], asked: datetime) -> dict[int, Said]:
    world = slow_world.read_world()
    found = {}
    for order in orders:
        at = slow_world.At(world, order, asked)
        applying = [
            (rule, readable)
            for rule in book.rules
            for readable in [rule.mode != "paused" and not unreadable(rule.text)]
            if slow_rules.applies(at, rule, book.signals, is_readable=readable)
        ]
        names = frozenset(rule.text.name for rule, _readable in applying)
        found[order.pk] = slow_rules.outcome_of(applying), names
    return found


def test_every_field_is_also_read_by_hand() -> None:
    assert set(slow.FIELDS) | {"risk"} == set(FIELDS)


def plain(value: Any) -> Any:
    """Lists in one order; numbers as numbers."""
    if isinstance(value, list):
        return sorted(set(value))
    return Decimal(value) if type(value) in (int, Decimal) else value


def test_every_field_reads_what_one_reads_by_hand(db: None) -> None:
    goods()
    names = sorted(slow.FIELDS)
    columns = ", ".join(f"f.{name}" for name in names)
    facts, params = with_facts(PAST, names)

    @a_few
    @given(WORLDS, st.sampled_from([0, 24]))
    def check(world: Any, hours: int) -> None:
        with transaction.atomic():
            orders = {one.pk: one for one in make(world)}
            asked = datetime.now(UTC) - timedelta(hours=hours)
            rows = query(
                f"{facts} SELECT f.id, {columns} FROM f", [asked, int_array(orders), *params]
            )
            known = slow_world.read_world()
            for pk, *values in rows:
                at = slow_world.At(known, orders[pk], asked)
                by_sql = {name: plain(value) for name, value in zip(names, values, strict=True)}
                assert by_sql == {name: plain(slow.FIELDS[name](at)) for name in names}
            transaction.set_rollback(True)

    check()


def test_all_ways_to_judge_agree(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    goods()

    @a_few
    @given(WORLDS, RULES, SIGNALS)
    def check(world: Any, rules: Any, signals: Any) -> None:
        with transaction.atomic():
            orders = make(world)
            ids = [one.pk for one in orders]
            book = book_of(rules, signals)

            together = judged(book, ids)

            assert together == by_hand(book, orders, datetime.now(UTC))
            assert together == {pk: one for each in ids for pk, one in judged(book, [each]).items()}
            known = slow_world.read_world()
            explained = explain_orders(book, ids, may_see_money=True)
            assert together == {pk: said(one.decision) for pk, one in explained.items()}
            for pk, one in explained.items():
                at = slow_world.At(known, Order.objects.get(pk=pk), datetime.now(UTC))
                for each in (reading for rule in one.readings for reading in rule.readings):
                    assert each.holds == slow_rules.holds(at, each.condition, signals), each
                applying = {each.rule.text.name for each in one.readings if each.applies}
                assert applying == said(one.decision)[1]
            asked = datetime.now(UTC) - timedelta(hours=24)
            assert past(book, ids, asked) == {
                pk: names for pk, (_outcome, names) in by_hand(book, orders, asked).items()
            }
            monkeypatch.setattr(trial, "current_book", lambda: book)
            assert tried(book) == outcomes_with_the_last_in_force(book, ids)
            transaction.set_rollback(True)

    check()


def tried(book: Book) -> Counts:
    """What trying the last rule foretells of all orders there are."""
    last = book.rules[-1]
    since, until = datetime(2000, 1, 1, tzinfo=UTC), datetime.now(UTC) + timedelta(days=1)
    return trial.try_rule(last.text, rule_id=last.id, since=since, until=until).after


def outcomes_with_the_last_in_force(book: Book, ids: Sequence[int]) -> Counts:
    """How many orders come to each outcome, one by one."""
    in_force = book.of([*book.rules[:-1], replace(book.rules[-1], mode="on")])
    found = Counter(outcome for outcome, _names in judged(in_force, ids).values())
    names = ("approve", "hold", "cancel", "second_review", "")
    return Counts(*(found[name] for name in names))


def past(book: Book, ids: Sequence[int], asked: datetime) -> dict[int, frozenset[str]]:
    """What the rules would have said then, as a trial asks them."""
    sql, params = judging_sql(book, PAST)
    rows = query(sql, [asked, int_array(ids), *params])
    return {pk: frozenset(f"r{place}" for place in places) for pk, places, _seen in rows}


def test_what_is_said_of_a_draft_is_said_of_the_order(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    goods()

    @a_few
    @given(WORLDS, drafts(), RULES, SIGNALS)
    def check(world: Any, draft: OrderDraft, rules: Any, signals: Any) -> None:
        with transaction.atomic():
            make(world)
            book = book_of(rules, signals)
            monkeypatch.setattr(preview, "current_book", lambda: book)
            draft.placed_at = None

            verdict = preview.preview_draft(draft)

            [placed] = place_orders([draft], actor=None, door="test")
            if verdict is not None:
                [(outcome, _names)] = judged(book, [placed.id]).values()
                assert verdict.outcome == outcome
            transaction.set_rollback(True)

    check()
