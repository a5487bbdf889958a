"""What the stock is worth, at the average cost of each SKU, now and at the end of a past day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from inventory.models import Warehouse
from oms.sql import query


@dataclass(frozen=True, slots=True)
class Worth:
    """Pieces of one category in one warehouse; `uncosted` of them have no known cost and count nothing in `value`."""

    warehouse: str
    category: str
    currency: str
    pieces: int
    value: Decimal
    uncosted: int


_NOW = """
SELECT w.name, p.category, k.currency, sum(s.on_hand), coalesce(sum(s.on_hand * k.cost), 0),
  coalesce(sum(s.on_hand) FILTER (WHERE k.cost IS NULL), 0)
FROM inventory_stock s JOIN inventory_sku k ON k.id = s.sku_id JOIN inventory_product p ON p.id = k.product_id
JOIN inventory_warehouse w ON w.id = s.warehouse_id
WHERE s.warehouse_id = ANY(%(warehouses)s) AND s.on_hand > 0
GROUP BY w.priority, w.name, p.category, k.currency ORDER BY w.priority, w.name, p.category, k.currency
"""

# What lies here now, less what moved since. Only receipts change the average, so any other movement tells it as it was:
# the last one up to that moment, else what the SKU costs now.
_THEN = """
WITH later AS MATERIALIZED (
  SELECT stock_id, sum(quantity) AS moved FROM inventory_stockmovement WHERE created_at >= %(until)s GROUP BY 1
), pieces AS MATERIALIZED (
  SELECT s.warehouse_id, s.sku_id, s.on_hand - coalesce(l.moved, 0) AS on_hand
  FROM inventory_stock s LEFT JOIN later l ON l.stock_id = s.id WHERE s.warehouse_id = ANY(%(warehouses)s)
), told AS MATERIALIZED (
  SELECT DISTINCT ON (s.sku_id) s.sku_id, m.unit_cost
  FROM inventory_stockmovement m JOIN inventory_stock s ON s.id = m.stock_id
  WHERE m.created_at < %(until)s AND m.unit_cost IS NOT NULL AND m.kind <> 'receipt'
  ORDER BY s.sku_id, m.id DESC
), valued AS (
  SELECT h.warehouse_id, h.on_hand, k.product_id, k.currency, coalesce(t.unit_cost, k.cost) AS cost
  FROM pieces h JOIN inventory_sku k ON k.id = h.sku_id LEFT JOIN told t ON t.sku_id = k.id WHERE h.on_hand > 0
)
SELECT w.name, p.category, v.currency, sum(v.on_hand), coalesce(sum(v.on_hand * v.cost), 0),
  coalesce(sum(v.on_hand) FILTER (WHERE v.cost IS NULL), 0)
FROM valued v JOIN inventory_product p ON p.id = v.product_id JOIN inventory_warehouse w ON w.id = v.warehouse_id
GROUP BY w.priority, w.name, p.category, v.currency ORDER BY w.priority, w.name, p.category, v.currency
"""


def stock_value(warehouses: Sequence[Warehouse], day: date | None) -> list[Worth]:
    """By warehouse, category and currency; `day` None is now. One query."""
    params: dict[str, object] = {"warehouses": [one.pk for one in warehouses]}
    if day is None:
        return [Worth(*row) for row in query(_NOW, params)]
    return [Worth(*row) for row in query(_THEN, params | {"until": end_of(day)})]


def end_of(day: date) -> datetime:
    """The midnight after the day, in the store's time zone."""
    zone = timezone.get_default_timezone()
    return timezone.make_aware(datetime.combine(day + timedelta(1), time()), zone)


def totals(worths: Sequence[Worth]) -> dict[str, Decimal]:
    """The value by currency: amounts of different ones are never added."""
    found: dict[str, Decimal] = {}
    for one in worths:
        found[one.currency] = found.get(one.currency, Decimal(0)) + one.value
    return found
