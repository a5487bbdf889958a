"""How many SKUs orders wait for that nobody has ordered: what the navigation shows beside Purchasing."""

from django.core.cache import cache
from django.utils import timezone

from inventory.demand import demand_per_sku
from inventory.purchasing.states import OPEN
from oms.models import User
from oms.sql import query, rows_json

KEPT_SECONDS = 600
_KEY = "purchasing:to-buy"

_TO_BUY = """
SELECT count(*) FROM json_to_recordset(%(waiting)s) AS w(sku_id bigint, pieces int)
WHERE w.pieces > coalesce((SELECT sum(s.available) FROM inventory_stock s WHERE s.sku_id = w.sku_id
    AND s.warehouse_id IN (SELECT id FROM inventory_warehouse WHERE is_active)), 0)
  + coalesce((SELECT sum(greatest(0, l.ordered - l.received - l.damaged)) FROM inventory_purchaseline l
    JOIN inventory_purchaseorder o ON o.id = l.purchase_order_id
    WHERE l.sku_id = w.sku_id AND o.status = ANY(%(open)s)), 0)
  AND NOT EXISTS (SELECT FROM inventory_suggestionsnooze z WHERE z.sku_id = w.sku_id AND z.until > %(today)s)
"""


def navigation_counts(user: User) -> dict[str, int]:
    """For those who buy, as it was counted last: pages pay nothing for it."""
    if not user.has_perm("inventory.buy_goods"):
        return {}
    return {"to_buy": cache.get(_KEY, 0)}


def count_again() -> None:
    """Count for the navigation: the workers do it after each round and each minute, pages after what changes it."""
    cache.set(_KEY, to_buy(), KEPT_SECONDS)


def to_buy() -> int:
    """SKUs of which orders wait for more than is free and ordered, as of now."""
    waiting = demand_per_sku()
    if not waiting:
        return 0
    rows = [{"sku_id": pk, "pieces": one.pieces} for pk, one in waiting.items()]
    params = {"waiting": rows_json(rows), "open": [status.value for status in OPEN]}
    return int(query(_TO_BUY, params | {"today": timezone.localdate()})[0][0])
