"""What to order now: the facts of every SKU that may need it in one statement, judged by the formula."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from inventory.demand import Demand, demand_per_sku
from inventory.purchasing.formula import USUAL_LEAD_DAYS, Facts, Suggestion, suggest
from inventory.purchasing.lead_times import LEARNT, LeadTime
from inventory.purchasing.states import OPEN
from oms.sql import query, rows_json

DAYS = 30
"""Sales of so many days say what a usual day is."""
MOST_SHOWN = 300

_FACTS = f"""
WITH waiting AS (
  SELECT * FROM json_to_recordset(%(waiting)s) AS w(sku_id bigint, pieces int, orders int, oldest timestamptz)
), stock AS (
  SELECT s.sku_id, sum(s.available)::int AS available, sum(s.safety_stock)::int AS safety FROM inventory_stock s
  WHERE s.warehouse_id IN (SELECT id FROM inventory_warehouse WHERE is_active) GROUP BY 1
), coming AS (
  SELECT sku_id, sum(pieces)::int AS pieces FROM (
    SELECT l.sku_id, greatest(0, l.ordered - l.received - l.damaged) AS pieces
    FROM inventory_purchaseorder o JOIN inventory_purchaseline l ON l.purchase_order_id = o.id
    WHERE o.status = ANY(%(open)s)
    UNION ALL
    SELECT l.sku_id, l.quantity - l.received - l.lost
    FROM inventory_transfer t JOIN inventory_transferline l ON l.transfer_id = t.id
    WHERE t.status = 'sent' AND t.target_id IN (SELECT id FROM inventory_warehouse WHERE is_active)
  ) AS parts GROUP BY 1
), sold AS (
  SELECT s.sku_id, -sum(m.quantity)::int AS pieces
  FROM inventory_stockmovement m JOIN inventory_stock s ON s.id = m.stock_id
  WHERE m.kind = 'shipment' AND m.created_at >= now() - make_interval(days => %(days)s) GROUP BY 1
), item AS (
  SELECT DISTINCT ON (i.sku_id) i.*, p.code AS supplier_code, p.name AS supplier_name, p.currency,
    coalesce(i.lead_days, p.lead_days) AS given, p.minimum_amount
  FROM inventory_supplieritem i JOIN inventory_supplier p ON p.id = i.supplier_id AND p.is_active
  ORDER BY i.sku_id, i.is_preferred DESC, i.id
), learnt AS ({LEARNT.format(where="")}), known AS (
  SELECT k.id, k.code, k.name, coalesce(s.available, 0) AS available, coalesce(s.safety, 0) AS safety,
    coalesce(c.pieces, 0) AS incoming, coalesce(w.pieces, 0) AS waiting, coalesce(w.orders, 0) AS orders, w.oldest,
    coalesce(d.pieces, 0) AS sold, i.supplier_id, i.supplier_code, i.supplier_name, i.currency, i.minimum_amount,
    i.price, i.pack_size, i.minimum_quantity, i.given, e.days, e.receipts
  FROM inventory_sku k
  LEFT JOIN waiting w ON w.sku_id = k.id LEFT JOIN stock s ON s.sku_id = k.id LEFT JOIN coming c ON c.sku_id = k.id
  LEFT JOIN sold d ON d.sku_id = k.id LEFT JOIN item i ON i.sku_id = k.id
  LEFT JOIN learnt e ON e.sku_id = k.id AND e.supplier_id = i.supplier_id
  WHERE k.kind = 'goods' AND (k.is_active OR w.pieces > 0) AND {{which}}
)
SELECT * FROM known WHERE available + incoming < safety + waiting
  + ceil(sold * greatest(given, days, %(usual)s)::numeric / %(days)s)
"""
_AWAKE = "NOT EXISTS (SELECT FROM inventory_suggestionsnooze z WHERE z.sku_id = k.id AND z.until > %(today)s)"
_THESE = "k.id = ANY(%(skus)s)"


@dataclass(frozen=True, slots=True)
class Source:
    """The supplier that a SKU is bought from, and on what terms."""

    supplier_id: int
    code: str
    name: str
    currency: str
    minimum_amount: Decimal
    price: Decimal
    pack_size: int
    minimum_quantity: int


@dataclass(frozen=True, slots=True)
class Row:
    """A SKU that is to be ordered: why, how much, from whom."""

    sku_id: int
    code: str
    name: str
    facts: Facts
    demand: Demand
    lead: LeadTime
    source: Source | None
    suggestion: Suggestion

    @property
    def amount(self) -> Decimal | None:
        """What the suggested quantity costs in the supplier's currency."""
        if self.source is None or self.suggestion.quantity is None:
            return None
        return self.suggestion.quantity * self.source.price

    @property
    def order_by(self) -> date:
        return timezone.localdate() + timedelta(days=self.suggestion.days_left)


def suggestions() -> list[Row]:
    """Everything to order, but for what is put off; what is most urgent comes first. Two queries."""
    rows = _rows(_AWAKE, {"today": timezone.localdate()})
    far = timezone.now() + timedelta(days=36500)
    return sorted(
        rows, key=lambda row: (row.suggestion.days_left, row.demand.oldest or far, row.code)
    )


def suggestions_for(sku_ids: list[int]) -> dict[int, Row]:
    """The same of some SKUs, put off or not."""
    return {row.sku_id: row for row in _rows(_THESE, {"skus": sku_ids})}


def _rows(which: str, params: Mapping[str, object]) -> list[Row]:
    waiting = demand_per_sku()
    rows = query(
        _FACTS.format(which=which),
        {
            "waiting": rows_json([_as_row(sku_id, one) for sku_id, one in waiting.items()]),
            "open": [status.value for status in OPEN],
            "days": DAYS,
            "usual": USUAL_LEAD_DAYS,
            **params,
        },
    )
    found = (_row(row) for row in rows)
    return [row for row in found if row]


def _as_row(sku_id: int, one: Demand) -> dict[str, object]:
    return {"sku_id": sku_id, "pieces": one.pieces, "orders": one.orders, "oldest": one.oldest}


def _row(values: tuple[Any, ...]) -> Row | None:
    """Of the columns of the statement."""
    sku_id, code, name, available, safety, incoming, waiting, orders, oldest, sold = values[:10]
    supplier_id, supplier_code, supplier_name, currency, minimum_amount, price = values[10:16]
    pack, minimum, given, days, receipts = values[16:]
    lead = LeadTime(given, days, receipts or 0)
    source = None
    if supplier_id is not None:
        source = Source(
            supplier_id, supplier_code, supplier_name, currency, minimum_amount, price, pack or 1, minimum or 1
        )  # fmt: skip
    facts = Facts(
        available, incoming, safety, waiting, sold, DAYS, lead.days, pack or 1, minimum or 1,
        has_supplier=source is not None,
    )  # fmt: skip
    suggestion = suggest(facts)
    if suggestion is None:
        return None
    return Row(sku_id, code, name, facts, Demand(waiting, orders, oldest), lead, source, suggestion)
