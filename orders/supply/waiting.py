"""What orders wait for, SKU by SKU and line by line: answers `inventory.demand`.

Only orders that stand where goods can lack are read, off the index of the statuses.
"""

from collections.abc import Mapping, Sequence

from django.urls import reverse

from inventory.demand import Demand, DemandSource, Waiting
from oms.sql import query
from orders.allocation.lacking import LACKING
from orders.allocation.parts import SHORT_IN

_WAITING = f"""
SELECT l.id, l.sku_id, l.order_id, o.number, o.status, o.customer_name, o.promised_at, o.placed_at, o.priority,
  n.pieces
FROM orders_order o JOIN orders_orderline l ON l.order_id = o.id AND l.kind = 'goods'
CROSS JOIN LATERAL (SELECT {LACKING} AS pieces) n
WHERE o.status = ANY(%(short_in)s) AND n.pieces > 0"""
_TOTALS = f"""
SELECT sku_id, sum(pieces)::int, count(DISTINCT order_id)::int, min(promised_at) FROM ({_WAITING}) lacking GROUP BY 1
"""
# Who was promised the goods first is served first.
_LINES = f"""
SELECT id, sku_id, pieces::int, number, status, customer_name, promised_at, placed_at
FROM ({_WAITING} AND l.sku_id = ANY(%(skus)s)) lacking
ORDER BY priority DESC, promised_at, order_id, id LIMIT %(most)s
"""


def demand_of_orders() -> Mapping[int, Demand]:
    """By SKU what orders wait for. One query."""
    rows = query(_TOTALS, {"short_in": [status.value for status in SHORT_IN]})
    return {sku_id: Demand(pieces, orders, oldest) for sku_id, pieces, orders, oldest in rows}


def lines_waiting_for(sku_ids: Sequence[int], most: int | None) -> Sequence[Waiting]:
    """The order lines that wait for these SKUs, the oldest promise first. One query."""
    short_in = [status.value for status in SHORT_IN]
    params = {"short_in": short_in, "skus": list(sku_ids), "most": most}
    return [
        Waiting(pk, sku_id, pieces, number, reverse("orders:detail", args=[number]), *rest)
        for pk, sku_id, pieces, number, *rest in query(_LINES, params)
    ]  # fmt: skip


SOURCE = DemandSource(demand_of_orders, lines_waiting_for)
