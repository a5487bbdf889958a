"""What the rules say of orders and why: every condition of every rule with what it read. Nothing is written."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from oms.sql import int_array, query
from orders.review.reading import RuleReading, reading_sql, readings_of
from orders.review.rules.book import Book, matched_sql
from orders.review.rules.deciding import Decision, decide
from orders.review.rules.facts import ORDERS_NOW, with_facts
from orders.review.rules.fields import FIELDS

MONEY = frozenset(field.name for field in FIELDS.values() if field.needs_money)
"""The fields whose values only those read who may see payments."""


def hidden_from(may_see_money: bool) -> Collection[str]:
    """The fields whose values are kept from such a reader."""
    return () if may_see_money else MONEY


def told_data(data: dict[str, Any], *, may_see_money: bool) -> dict[str, Any]:
    """The data of an event as such a reader may see it: without the values of payments that the rules saw."""
    if may_see_money or "seen" not in data:
        return data
    return data | {"seen": {name: text for name, text in data["seen"].items() if name not in MONEY}}


@dataclass(frozen=True, slots=True)
class Explained:
    """What the rules come to for one order; `readings` has every rule, in their order."""

    decision: Decision
    readings: list[RuleReading]

    @property
    def deciding(self) -> list[RuleReading]:
        return [one for one in self.readings if one.rule in self.decision.rules]


def explain_orders(
    book: Book, order_ids: Sequence[int], *, may_see_money: bool
) -> dict[int, Explained]:
    """By order; one statement."""
    return explain(book, ORDERS_NOW, [int_array(order_ids)], may_see_money=may_see_money)


def explain(
    book: Book, orders: str, params: Sequence[object], *, may_see_money: bool, before: str = ""
) -> dict[int, Explained]:
    """The same of the rows of `orders` (see `with_facts`), to which `params` belong.

    `before` are tables (the inside of a WITH) that stand in front of the facts.
    """
    names = set[str]().union(*(rule.fields for rule in book.rules))
    facts, fact_params = with_facts(orders, names, book.signals)
    matched, matched_params = matched_sql(book.rules)
    read, read_params = reading_sql(book.rules)
    statement = f"WITH {before}{facts.removeprefix('WITH ')}\nSELECT f.id, {matched}, {read} FROM f"
    rows = query(statement, [*params, *fact_params, *matched_params, *read_params])
    hidden = hidden_from(may_see_money)
    return {
        order_id: Explained(
            decide([book.rules[place] for place in places]),
            readings_of(book.rules, values, hidden=hidden),
        )
        for order_id, places, values in rows
    }
