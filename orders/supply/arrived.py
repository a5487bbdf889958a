"""Goods have come: the orders that waited for them are told, and allocation is nudged to serve them."""

from inventory.arrivals import GoodsArrived
from oms.sql import query, rows_json
from orders import nudge
from orders.allocation.lacking import LACKING
from orders.allocation.parts import SHORT_IN
from orders.transition import record

# Of those that wait the ones that can get on: who leaves in parts, and who has enough of everything now; of each SKU
# so many as are served by what is free, the oldest promise first.
_WHO = f"""
WITH came AS (
  SELECT sku_id FROM json_to_recordset(%(came)s) AS c(sku_id bigint)
), lacking AS (
  SELECT o.id, o.priority, o.promised_at, o.ship_complete, l.sku_id,
    n.pieces
  FROM orders_order o JOIN orders_orderline l ON l.order_id = o.id AND l.kind = 'goods'
  CROSS JOIN LATERAL (SELECT {LACKING} AS pieces) n
  WHERE o.status = ANY(%(short_in)s) AND n.pieces > 0
    AND EXISTS (SELECT FROM orders_orderline m JOIN came ON came.sku_id = m.sku_id
      WHERE m.order_id = o.id AND m.kind = 'goods')
), free AS (
  SELECT s.sku_id, sum(s.available) AS pieces FROM inventory_stock s
  WHERE s.sku_id IN (SELECT sku_id FROM lacking)
    AND s.warehouse_id IN (SELECT id FROM inventory_warehouse WHERE is_active) GROUP BY 1
), able AS (
  SELECT w.id FROM (SELECT id, ship_complete, sku_id, sum(pieces) AS pieces FROM lacking GROUP BY 1, 2, 3) w
  LEFT JOIN free f ON f.sku_id = w.sku_id
  GROUP BY w.id, w.ship_complete HAVING NOT w.ship_complete OR bool_and(coalesce(f.pieces, 0) >= w.pieces)
), queued AS (
  SELECT l.id, f.pieces, sum(l.pieces) OVER (
    PARTITION BY sku_id ORDER BY l.priority DESC, l.promised_at NULLS LAST, l.id) - l.pieces AS before
  FROM lacking l JOIN came USING (sku_id) JOIN free f USING (sku_id) JOIN able ON able.id = l.id
)
SELECT id, number FROM orders_order WHERE id IN (SELECT id FROM queued WHERE before < pieces) ORDER BY id
"""

ARRIVED, NOTICE_DUE = "goods_arrived", "notice_due"


def tell_waiting_orders(arrived: GoodsArrived) -> list[str]:
    """Write into the timelines of those who can get on with what they get on; the customer is to be told of it."""
    came = [{"sku_id": sku_id} for sku_id in arrived.pieces]
    short_in = [status.value for status in SHORT_IN]
    rows = query(_WHO, {"came": rows_json(came), "short_in": short_in}) if came else []
    order_ids = [row[0] for row in rows]
    data = {"purchase_order": arrived.purchase_order, "receipt": arrived.receipt}
    record(order_ids, kind=ARRIVED, actor=arrived.actor, data=data)
    record(order_ids, kind=NOTICE_DUE, actor=None, data=data)
    nudge.after_commit()
    return [row[1] for row in rows]
