"""What rules read of an order when they decided: the values that the event of the decision keeps."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Q

from oms.sql import int_array, query
from orders.models import OrderEvent
from orders.review.explain import hidden_from
from orders.review.judge import LONGEST_SEEN
from orders.review.reading import GroupReading, Reading, RuleReading, reading_sql, readings_of
from orders.review.rules.book import Book, Rule, current_book
from orders.review.rules.facts import ORDERS_NOW, with_facts
from orders.review.rules.fields import FIELDS
from orders.review.rules.models import RuleVersion
from orders.review.rules.operators import Kind

_OF_TEXT = {
    Kind.NUMBER: "%s::numeric", Kind.TEXT: "%s::text", Kind.CHOICE: "%s::text", Kind.YESNO: "%s::boolean",
    Kind.TIME: "%s::time", Kind.LIST: "string_to_array(%s, ', ')",
}  # fmt: skip
"""A fact of each kind, back from the text that `as_text` made of it."""


def rules_then(event: OrderEvent, *, may_see_money: bool) -> list[RuleReading]:
    """The very versions that decided, as they read the order then.

    Where a value is another today, its reading says so. Two queries.
    """
    rules = rules_named(event.data.get("rules", []))
    seen = event.data.get("seen")
    return _read(current_book().of(rules), event.order_id, seen, hidden_from(may_see_money))


def rules_named(named: Sequence[Mapping[str, Any]]) -> list[Rule]:
    """The very versions that an event names."""
    wanted = Q(pk__in=[])
    for one in named:
        wanted |= Q(rule_id=one["id"], number=one.get("version"))
    return [
        Rule(version.text, version.rule_id, version.pk, version.number)
        for version in RuleVersion.objects.filter(wanted).order_by("rule__position", "rule_id")
    ]


def _read(
    book: Book, order_id: int, seen: Mapping[str, str] | None, hidden: Collection[str]
) -> list[RuleReading]:
    names = set[str]().union(*(rule.fields for rule in book.rules))
    facts, fact_params = with_facts(ORDERS_NOW, names, book.signals)
    read, params = reading_sql(book.rules)
    kept, kept_params = _as_seen(names, seen or {})
    [(now, then)] = query(
        f"{facts}\nSELECT {read}, (SELECT {read} FROM (SELECT {kept}) f) FROM f",
        [int_array([order_id]), *fact_params, *params, *params, *kept_params],
    )
    today = readings_of(book.rules, now, hidden=hidden)
    if seen is None:
        return today
    past = readings_of(book.rules, then, hidden=hidden)
    # A text that was too long to be kept whole may not hold any more what the rule found in it.
    return [
        _with_now(before, after) if before.applies else after
        for before, after in zip(past, today, strict=True)
    ]


def _as_seen(names: Collection[str], seen: Mapping[str, str]) -> tuple[str, list[object]]:
    """A row `f` of what was seen. What is not there was not known."""
    parts, params = ["0 AS id"], list[object]()
    for name in sorted(names):
        parts.append(f"{_OF_TEXT[Kind(FIELDS[name].kind)]} AS {name}")
        params.append(seen.get(name))
    return ", ".join(parts), params


def _with_now(then: RuleReading, now: RuleReading) -> RuleReading:
    today = iter(now.readings)

    def group(one: GroupReading) -> GroupReading:
        return replace(one, readings=[_noted(each, next(today)) for each in one.readings])

    return replace(
        then,
        groups=[group(one) for one in then.groups],
        limit=group(then.limit) if then.limit else None,
    )


def _noted(then: Reading, now: Reading) -> Reading:
    value = now.value or ""
    return then if value[:LONGEST_SEEN] == (then.value or "") else replace(then, now=value)
