"""Customers who may be one: the same phone, the same e-mail, or the same name at the same address.

Each is looked up in an index of its own, for a bounded number of customers: one by one on their page, the newest
in the list. Where somebody lives is where the last order went.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from customers.models import Customer
from oms.sql import query

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

WORDS: "dict[str, StrPromise]" = {
    "phone": _("same phone"),
    "email": _("same e-mail"),
    "address": _("same name and address"),
}
MOST_OF_ONE = 10
LOOKED_AT = 1_000  # customers of one page of the list
_DIGITS = "right(regexp_replace({0}.phone, '[^0-9]', '', 'g'), 11)"
_FOLDED = "lower(normalize({0}, NFKC))"
_STREET = (
    "(SELECT "
    + _FOLDED.format("o.ship_street")
    + " FROM orders_order o WHERE o.customer_id = {0}.id ORDER BY o.placed_at DESC, o.id DESC LIMIT 1)"
)
_TWIN = "FROM customers_customer c WHERE c.merged_into_id IS NULL AND c.id {compare} a.id"

# `looked` are the customers in question; their twins come from the indexes, so many at most.
_PAIRS = f"""
WITH looked AS MATERIALIZED ({{looked}}), pair AS (
  SELECT a.id AS one, b.id AS other, 'phone' AS why FROM looked a CROSS JOIN LATERAL (
    SELECT c.id {_TWIN} AND c.phone <> '' AND {_DIGITS.format("c")} = {_DIGITS.format("a")} LIMIT {MOST_OF_ONE}) b
  WHERE length({_DIGITS.format("a")}) >= 7
  UNION ALL
  SELECT a.id, b.id, 'email' FROM looked a CROSS JOIN LATERAL (
    SELECT c.id {_TWIN} AND c.email <> '' AND lower(c.email) = lower(a.email) LIMIT {MOST_OF_ONE}) b
  WHERE a.email <> ''
  UNION ALL
  SELECT a.id, b.id, 'address' FROM looked a CROSS JOIN LATERAL (
    SELECT c.id {_TWIN} AND {_FOLDED.format("c.name")} = {_FOLDED.format("a.name")} LIMIT {MOST_OF_ONE}) b
  WHERE {_STREET.format("a")} <> '' AND {_STREET.format("a")} = {_STREET.format("b")}
)
SELECT one, other, array_agg(DISTINCT why ORDER BY why DESC) FROM pair
GROUP BY one, other ORDER BY one DESC, other LIMIT %s
"""
_ONE = "SELECT id, name, phone, email FROM customers_customer WHERE id = %s"
_NEWEST = (
    "SELECT id, name, phone, email FROM customers_customer WHERE merged_into_id IS NULL AND id < %s "
    f"ORDER BY id DESC LIMIT {LOOKED_AT}"
)
_LAST_LOOKED_AT = f"SELECT min(id), count(*) FROM ({_NEWEST}) looked"
_FROM_THE_NEWEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Pair:
    """`other` is the older one of the two; `why` in words."""

    one: Customer
    other: Customer
    why: list[str]


@dataclass(frozen=True, slots=True)
class Found:
    """Pairs among the customers looked at; `next_before` leads further back, None at the end."""

    pairs: list[Pair]
    next_before: int | None


def twins_of(customer_id: int) -> list[Pair]:
    """Who may be the same as this customer. Two queries, one when there is nobody."""
    statement = _PAIRS.format(looked=_ONE, compare="<>")
    return _read(query(statement, [customer_id, MOST_OF_ONE]))


def duplicates(before: int | None = None, *, size: int = 50) -> Found:
    """Pairs whose newer one is among the next customers older than `before`."""
    start = before or _FROM_THE_NEWEST
    rows = query(_PAIRS.format(looked=_NEWEST, compare="<"), [start, size])
    last, count = query(_LAST_LOOKED_AT, [start])[0]
    is_full = len(rows) == size
    # A full page goes on where it ended; what of its last customer was cut off is found on the customer's page.
    next_before = rows[-1][0] if is_full else last if count == LOOKED_AT else None
    return Found(_read(rows), next_before)


def _read(rows: Sequence[tuple[int, int, list[str]]]) -> list[Pair]:
    ids = {pk for one, other, _why in rows for pk in (one, other)}
    shown = Customer.objects.only("name", "phone", "email", "level", "created_at", "tags")
    found = shown.in_bulk(ids) if ids else {}
    return [
        Pair(found[one], found[other], [str(WORDS[reason]) for reason in why])
        for one, other, why in rows
    ]
