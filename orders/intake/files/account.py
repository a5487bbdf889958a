"""The account of an import: what the source said, what was booked, and what lies between, to the last digit.

The source side is summed from the rows as they were read, the booked side from the books themselves (order lines,
return lines, adjustments), so that a mistake of the import cannot hide in both. Every amount holds

    source = booked + not booked + difference

where *not booked* are rejected rows and those that were here before, and *difference* is the rounding to whole coins.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from oms.sql import query
from orders.intake.draft import ZERO
from orders.intake.files.document import Kind, Outcome
from orders.intake.models import ImportBatch

_ROWS = """
SELECT document_kind, outcome, count(*), sum(quantity), sum(amount), sum(extra_amount)
FROM orders_importrow WHERE batch_id = %s GROUP BY 1, 2
"""

_DOCUMENTS = """
SELECT document_kind, count(*), count(*) FILTER (WHERE has_order), count(*) FILTER (WHERE is_rejected),
       count(*) FILTER (WHERE is_known)
FROM (
  SELECT document_kind, document, bool_or(outcome IN ('goods', 'charge')) AS has_order,
         bool_or(outcome = 'rejected') AS is_rejected, bool_and(outcome = 'duplicate') AS is_known
  FROM orders_importrow WHERE batch_id = %s AND document <> '' GROUP BY 1, 2
) d GROUP BY 1
"""

_MINE = """
WITH mine AS MATERIALIZED (
  SELECT DISTINCT document FROM orders_importrow
  WHERE batch_id = %(batch)s AND document_kind = %(kind)s AND outcome = ANY(%(outcomes)s)
)"""

_ORDERS = f"""
{_MINE}, placed AS MATERIALIZED (
  SELECT o.id, o.shipping_amount - o.discount_amount AS beside FROM mine
  JOIN orders_order o ON o.external_no = mine.document AND o.channel_id = %(channel)s
), line AS (
  SELECT l.kind IN ('goods', 'service') AS is_goods, sum(l.quantity) AS quantity, sum(l.amount) AS amount
  FROM placed JOIN orders_orderline l ON l.order_id = placed.id GROUP BY 1
)
SELECT CASE WHEN is_goods THEN 'goods' ELSE 'charge' END, quantity, amount FROM line
UNION ALL SELECT 'charge', 0, coalesce(sum(beside), 0) FROM placed
"""

_RETURNS = f"""
{_MINE}
SELECT l.status, l.order_line_id IS NOT NULL, count(*), sum(l.quantity), sum(l.amount), count(DISTINCT o.id),
       count(DISTINCT o.id) FILTER (WHERE o.status = 'cancelled')
FROM mine JOIN orders_return r ON r.external_no = mine.document AND r.channel_id = %(channel)s
JOIN orders_returnline l ON l.document_id = r.id
LEFT JOIN orders_orderline ol ON ol.id = l.order_line_id LEFT JOIN orders_order o ON o.id = ol.order_id
GROUP BY 1, 2
"""

_FINANCIAL = f"""
{_MINE}
SELECT coalesce(sum(a.amount), 0) FROM mine
JOIN orders_financialadjustment a ON a.external_no = mine.document AND a.channel_id = %(channel)s
"""

# A write-off's reference is channel:document:running number.
_WRITE_OFFS = f"""
{_MINE}, written AS MATERIALIZED (
  SELECT status, quantity,
         regexp_replace(substr(reference, length(%(code)s) + 2), ':[0-9]+$', '') AS document
  FROM inventory_stockadjustment WHERE starts_with(reference, %(code)s || ':')
)
SELECT status, count(*), sum(quantity) FROM mine JOIN written USING (document) GROUP BY 1
"""

_CUSTOMERS = """
WITH mine AS MATERIALIZED (
  SELECT DISTINCT document_kind, document FROM orders_importrow
  WHERE batch_id = %(batch)s AND outcome = ANY(%(outcomes)s)
)
SELECT count(DISTINCT customer_id) FROM (
  SELECT o.customer_id FROM mine JOIN orders_order o
    ON o.external_no = mine.document AND o.channel_id = %(channel)s WHERE mine.document_kind = 'order'
  UNION ALL
  SELECT r.customer_id FROM mine JOIN orders_return r
    ON r.external_no = mine.document AND r.channel_id = %(channel)s WHERE mine.document_kind = 'credit'
) known
"""

_ORDERED = (Outcome.GOODS.value, Outcome.CHARGE.value)
_WITH_CUSTOMER = (*_ORDERED, Outcome.RETURN_LINKED.value, Outcome.CREDIT_UNLINKED.value)
_BOOKED_AS: dict[str, tuple[str, ...]] = {
    Kind.ORDER: _ORDERED,
    Kind.CREDIT: (Outcome.RETURN_LINKED, Outcome.CREDIT_UNLINKED),
    Kind.ADJUSTMENT: (Outcome.FINANCIAL,),
}
_NOT_BOOKED = (Outcome.REJECTED.value, Outcome.DUPLICATE.value)
_SIDES = ("source", "booked", "not_booked", "difference")

# (document kind, outcome) → rows, quantity, amount, extra amount
Rows = Mapping[tuple[str, str], list[Any]]


@dataclass(slots=True)
class _Books:
    """What stands in the books of the batch's documents: by outcome the units and the amount."""

    units: dict[str, int]
    amounts: dict[str, Decimal]
    returns: dict[str, Any]
    write_offs: dict[str, Any]


def account_of(batch: ImportBatch) -> dict[str, Any]:
    """The account, ready for JSON: amounts are exact decimals as text."""
    rows: Rows = {(kind, outcome): told for kind, outcome, *told in query(_ROWS, [batch.pk])}
    books = _books(batch)
    amounts = [_amount(rows, kind, books) for kind in Kind]
    net = {side: sum((one[side] for one in amounts), ZERO) for side in _SIDES}
    names = ("gross", "cancellations", "adjustments", "net")
    return {
        "preset": batch.preset,
        "channel": batch.channel.code,
        "currency": batch.channel.currency,
        "rows": sum(told[0] for told in rows.values()),
        "documents": _documents(batch),
        "outcomes": {outcome.value: _outcome(rows, outcome, books) for outcome in Outcome},
        "amounts": {name: _text(one) for name, one in zip(names, [*amounts, net], strict=True)},
        "units": _units(rows, books),
        "returns": books.returns,
        "stock_adjustments": books.write_offs,
        "customers": _ask(batch, _CUSTOMERS, Kind.ORDER, _WITH_CUSTOMER)[0][0],
        "skus_created": batch.counters.get("skus_created", 0),
    }


def exact(amount: Decimal) -> str:
    """Without needless zeros, but at least two decimals."""
    plain = format(amount.normalize(), "f")
    whole, _point, decimals = plain.partition(".")
    return f"{whole}.{decimals:0<2}"


def _documents(batch: ImportBatch) -> dict[str, int]:
    counted = {kind: told for kind, *told in query(_DOCUMENTS, [batch.pk])}
    nothing = [0, 0, 0, 0]
    return {
        "invoices": counted.get(Kind.ORDER, nothing)[0],
        "cancellations": counted.get(Kind.CREDIT, nothing)[0],
        "adjustments": counted.get(Kind.ADJUSTMENT, nothing)[0],
        "orders": counted.get(Kind.ORDER, nothing)[1],
        "rejected": sum(told[2] for told in counted.values()),
        "already_here": sum(told[3] for told in counted.values()),
    }


def _books(batch: ImportBatch) -> _Books:
    books = _Books(dict.fromkeys(Outcome.values, 0), dict.fromkeys(Outcome.values, ZERO), {}, {})
    for outcome, quantity, amount in _ask(batch, _ORDERS, Kind.ORDER, _ORDERED):
        books.units[outcome] += quantity
        books.amounts[outcome] += amount
    # Tax lines that no row of the file stands for.
    books.units[Outcome.CHARGE] -= batch.counters.get("lines_added", 0)
    _add_returns(batch, books)
    parts = _ask(batch, _WRITE_OFFS, Kind.ORDER, [Outcome.STOCK_ADJUSTMENT])
    found = {status: (count, quantity) for status, count, quantity in parts}
    for status in ("applied", "waiting"):
        count, quantity = found.get(status, (0, 0))
        books.write_offs[status] = {"rows": count, "units": quantity}
        books.units[Outcome.STOCK_ADJUSTMENT] += quantity
    for (amount,) in _ask(batch, _FINANCIAL, Kind.ADJUSTMENT, [Outcome.FINANCIAL]):
        books.amounts[Outcome.FINANCIAL] += amount
    return books


def _add_returns(batch: ImportBatch, books: _Books) -> None:
    linked, unlinked = Outcome.RETURN_LINKED, Outcome.CREDIT_UNLINKED
    found = {
        (status, is_linked): told
        for status, is_linked, *told in _ask(batch, _RETURNS, Kind.CREDIT, [linked, unlinked])
    }
    groups = {
        "applied": ("applied", True),
        "waiting_linked": ("waiting", True),
        "waiting_unlinked": ("waiting", False),
    }
    for name, key in groups.items():
        pieces, units, amount, orders, _cancelled = found.get(key, [0, 0, ZERO, 0, 0])
        books.returns[name] = {
            "lines": pieces, "units": units, "amount": exact(amount), "orders": orders,
        }  # fmt: skip
        outcome = linked if key[1] else unlinked
        books.units[outcome] -= units
        books.amounts[outcome] -= amount
    books.returns["orders_cancelled"] = (
        found[groups["applied"]][4] if groups["applied"] in found else 0
    )


def _ask(
    batch: ImportBatch, statement: str, kind: str, outcomes: Sequence[str]
) -> list[tuple[Any, ...]]:
    """Ask the books about the batch's documents of `kind` that have a row of one of `outcomes`."""
    params = {
        "batch": batch.pk, "kind": str(kind), "outcomes": [str(one) for one in outcomes],
        "channel": batch.channel_id, "code": batch.channel.code,
    }  # fmt: skip
    return query(statement, params)


def _amount(rows: Rows, kind: str, books: _Books) -> dict[str, Decimal]:
    """The four sides of one kind of document."""
    mine = {outcome: told for (one, outcome), told in rows.items() if one == kind}
    source = sum((told[2] + told[3] for told in mine.values()), ZERO)
    left_out = sum((told[2] + told[3] for one, told in mine.items() if one in _NOT_BOOKED), ZERO)
    booked = sum((books.amounts[outcome] for outcome in _BOOKED_AS[kind]), ZERO)
    return {
        "source": source, "booked": booked, "not_booked": left_out,
        "difference": source - booked - left_out,
    }  # fmt: skip


def _outcome(rows: Rows, outcome: str, books: _Books) -> dict[str, Any]:
    """One outcome over all kinds of documents; what concerns whole orders is counted as a charge."""
    mine = [told for (_kind, one), told in rows.items() if one == outcome]
    source = sum((told[2] for told in mine), ZERO)
    if outcome in _NOT_BOOKED:
        source += sum((told[3] for told in mine), ZERO)
    if outcome == Outcome.CHARGE:
        source += sum((told[3] for (_k, one), told in rows.items() if one not in _NOT_BOOKED), ZERO)
    booked = books.amounts[outcome]
    told = {
        "rows": sum(told[0] for told in mine),
        "units": int(sum(told[1] for told in mine)),
        "source": exact(source),
    }
    if outcome in _NOT_BOOKED:
        return told
    return told | {"booked": exact(booked), "difference": exact(source - booked)}


def _units(rows: Rows, books: _Books) -> dict[str, int]:
    def told(*outcomes: str) -> int:
        return int(sum(one[1] for (_kind, outcome), one in rows.items() if outcome in outcomes))

    source = told(*Outcome.values)
    booked = int(sum(books.units.values()))
    money, left_out = told(Outcome.FINANCIAL), told(*_NOT_BOOKED)
    return {
        "source": source, "booked": booked, "financial": money, "not_booked": left_out,
        "difference": source - booked - money - left_out,
    }  # fmt: skip


def _text(sides: Mapping[str, Decimal]) -> dict[str, str]:
    return {side: exact(amount) for side, amount in sides.items()}
