"""How fast each stock sells, worked out from what was shipped. Safe to run at any time, also twice at once."""

from django.db import transaction

from oms.sql import query

SALES_DAYS = 30
"""Daily sales are the mean of so many days."""

# One worker at a time: two would write the same rows for nothing.
_ALONE = "SELECT pg_try_advisory_xact_lock(hashtext('stock pace'))"

_SHIPPED = f"""
shipped AS MATERIALIZED (
  SELECT stock_id, max(created_at) AS last,
    coalesce(sum(-quantity) FILTER (WHERE created_at > now() - interval '{SALES_DAYS} days'), 0) AS sold
  FROM inventory_stockmovement WHERE kind = 'shipment' GROUP BY 1
)"""
_CHANGE = f"""
WITH {_SHIPPED}
UPDATE inventory_stockpace p SET sold = h.sold, last_sold_at = h.last
FROM shipped h WHERE h.stock_id = p.stock_id AND (p.sold, p.last_sold_at) IS DISTINCT FROM (h.sold, h.last)
"""
_ADD = f"""
WITH {_SHIPPED}
INSERT INTO inventory_stockpace (stock_id, sold, last_sold_at, first_at)
SELECT s.id, coalesce(h.sold, 0), h.last, first.created_at
FROM inventory_stock s
CROSS JOIN LATERAL (
  SELECT m.created_at FROM inventory_stockmovement m WHERE m.stock_id = s.id ORDER BY m.id LIMIT 1
) first
LEFT JOIN shipped h ON h.stock_id = s.id
WHERE NOT EXISTS (SELECT FROM inventory_stockpace p WHERE p.stock_id = s.id)
ON CONFLICT (stock_id) DO NOTHING
"""


def refresh_pace() -> bool:
    """Work out the pace of every stock; False when another worker is at it."""
    with transaction.atomic():
        if not query(_ALONE)[0][0]:
            return False
        query(_CHANGE)
        query(_ADD)
    return True
