"""Counts and sums of orders by day, channel and status, kept up by every placement and move."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.conf import settings

from oms.sql import query
from orders.states import OrderStatus

_FOLD = """
WITH gone AS (
  DELETE FROM orders_ordertally WHERE NOT is_folded RETURNING day, channel_id, currency, status, orders, amount
)
INSERT INTO orders_ordertally (day, channel_id, currency, status, orders, amount, is_folded)
SELECT day, channel_id, currency, status, sum(orders), sum(amount), true FROM gone GROUP BY 1, 2, 3, 4
ORDER BY 1, 2, 3, 4
ON CONFLICT (day, channel_id, currency, status) WHERE is_folded
DO UPDATE SET orders = orders_ordertally.orders + excluded.orders, amount = orders_ordertally.amount + excluded.amount
"""


def fold() -> None:
    """Sum the appended differences into the folded rows. Two at once wait for each other and lose nothing."""
    query(_FOLD)


def count_by_status() -> Mapping[OrderStatus, int]:
    """How many orders are in each status, exact as of now."""
    rows = query("SELECT status, sum(orders) FROM orders_ordertally GROUP BY 1")
    found = dict(rows)
    return {status: int(found.get(status.value, 0)) for status in OrderStatus}


_REVALUE = """
INSERT INTO orders_ordertally (day, channel_id, currency, status, orders, amount)
SELECT (placed_at AT TIME ZONE %s)::date, channel_id, currency, status, 0, %s FROM orders_order WHERE id = %s
"""


def revalue(order_id: int, difference: Decimal) -> None:
    """The order is worth so much more (negative: less) than before. It is locked by the caller."""
    if difference:
        query(_REVALUE, [settings.TIME_ZONE, difference, order_id])


COMPARE = """
WITH kept AS (
  SELECT day, channel_id, currency, status, sum(orders) AS orders, sum(amount) AS amount
  FROM orders_ordertally GROUP BY 1, 2, 3, 4 HAVING sum(orders) <> 0 OR sum(amount) <> 0
), counted AS (
  SELECT (placed_at AT TIME ZONE %(zone)s)::date AS day, channel_id, currency, status, count(*) AS orders,
         sum(total_amount) AS amount
  FROM orders_order GROUP BY 1, 2, 3, 4
)
SELECT day, channel_id, currency, status, coalesce(kept.orders, 0), coalesce(counted.orders, 0)
FROM kept FULL JOIN counted USING (day, channel_id, currency, status)
WHERE (kept.orders, kept.amount) IS DISTINCT FROM (counted.orders, counted.amount)
"""


def drift() -> list[tuple[date, int, str, str, int, int]]:
    """Keys whose kept count or amount differs from a recount: (day, channel, currency, status, kept, counted)."""
    return query(COMPARE, {"zone": settings.TIME_ZONE})
