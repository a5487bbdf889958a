"""Trying a rule on orders of the past: what it would have changed, had it been in force then. Nothing is written."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import now

from oms.sql import int_array, query
from orders.review.reading import reading_sql
from orders.review.rules.book import Book, Rule, current_book, matched_sql
from orders.review.rules.facts import with_facts
from orders.review.rules.fields import FIELDS
from orders.review.rules.past import PLACED_WITHIN, THESE, TOO_MANY
from orders.review.rules.text import RuleText
from orders.review.rules.trial_result import Sample, Trial
from orders.review.rules.trial_tally import Group, Judged, Tally

DAYS = 30
MOST_ORDERS = 200_000
SAMPLES = 20


def try_rule(
    text: RuleText,
    *,
    rule_id: int | None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Trial:
    """What the rules in force would have made of the orders of a period (the last 30 days) with `text` among them.

    It stands in the place of what is in force of its own rule (`rule_id`), or at the end; its dates do not matter.
    As many statements for one order as for a hundred thousand.
    """
    until = until or now()
    since = since or until - timedelta(days=DAYS)
    book = current_book()
    tried = Rule(text, rule_id or 0)
    places = [place for place, rule in enumerate(book.rules) if rule_id and rule.id == rule_id]
    tally = Tally([*book.rules, tried], places[0] if places else None)
    too_many = query(TOO_MANY, [since, until, MOST_ORDERS])
    if too_many:
        since = too_many[0][0]
    for group in _groups(book.of(tally.rules), since, until):
        tally.add(group)
    return Trial(
        since.isoformat(),
        until.isoformat(),
        book.revision,
        str(text.outcome),
        orders=tally.orders,
        is_cut=bool(too_many),
        hits=tally.hits,
        decided=tally.decided,
        changed=tally.changed,
        before=tally.before,
        after=tally.after,
        people_passed=tally.people("approved"),
        people_stopped=tally.people("on_hold", "cancelled"),
        overlaps=tally.overlaps,
        samples=_samples(book.of([tried]), tally.judged),
        today=tuple(sorted(name for name in tried.fields if FIELDS[name].is_of_today)),
    )


_GROUPS = """{facts}
SELECT f.matched, f.verdict, f.decider, f.people, count(*), (array_agg(f.id ORDER BY f.id DESC))[1:20]
FROM (SELECT f.*, {matched} AS matched FROM f) f GROUP BY 1, 2, 3, 4
"""


def _groups(book: Book, since: datetime, until: datetime) -> list[Group]:
    names = set[str]().union(*(rule.fields for rule in book.rules))
    more = "o.verdict, o.decider, o.people, "
    facts, fact_params = with_facts(PLACED_WITHIN, names, book.signals, more=more)
    matched, matched_params = matched_sql(book.rules)
    params = [since, until, *fact_params, *matched_params]
    # The names stand in no pattern: a word of a rule may hold anything.
    rows = query(_GROUPS.replace("{facts}", facts).replace("{matched}", matched), params)
    return [Group(*row) for row in rows]


_READ = """{facts}
SELECT f.id, f.number, f.placed_at, {read} FROM f
"""


def _samples(book: Book, judged: Sequence[Judged]) -> tuple[Sample, ...]:
    """The newest orders that the one rule of `book` names or changes, those whose outcome changes first."""
    shown = sorted(
        (
            (not one.is_changed, -pk, one)
            for one in judged
            if one.is_hit or one.is_changed
            for pk in one.group.newest
        ),
        key=lambda row: row[:2],
    )[:SAMPLES]
    if not shown:
        return ()
    [rule] = book.rules
    facts, fact_params = with_facts(
        THESE, rule.fields, book.signals, more="o.number, o.placed_at, "
    )
    read, read_params = reading_sql(book.rules)
    params = [int_array(-pk for _kept, pk, _one in shown), *fact_params, *read_params]
    rows = query(_READ.replace("{facts}", facts).replace("{read}", read), params)
    found = {pk: (number, placed_at, values) for pk, number, placed_at, values in rows}
    return tuple(_sample(-pk, one, *found[-pk]) for _kept, pk, one in shown)


def _sample(
    order_id: int, one: Judged, number: str, placed_at: datetime, values: Sequence[Any]
) -> Sample:
    return Sample(
        order_id,
        number,
        placed_at.isoformat(),
        one.before,
        one.after,
        one.group.verdict,
        one.group.decider,
        tuple((text, holds) for text, holds in values),
    )
