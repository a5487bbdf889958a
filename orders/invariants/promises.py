"""Reservations against the order lines they are for."""

from orders.invariants.invariant import Invariant
from orders.invariants.slices import BY_ORDER
from orders.states import OrderStatus

# Names are looked up for the rows found, not joined to all of them.
_ORDER = '(SELECT number FROM orders_order WHERE id = l.order_id) AS "order", l.position AS line'

RESERVED_WITHIN_NEED = f"""
SELECT {_ORDER}, l.quantity - l.cancelled_quantity AS needed, r.promised
FROM (
  SELECT order_line_id, sum(quantity) AS promised FROM inventory_reservation
  WHERE status <> 'released' GROUP BY 1
) r
JOIN orders_orderline l ON l.id = r.order_line_id
WHERE r.promised > l.quantity - l.cancelled_quantity OR l.kind <> 'goods'
"""

RESERVATION_IS_OF_ITS_LINES_SKU = f"""
SELECT {_ORDER}, r.id AS reservation,
  (SELECT code FROM inventory_sku WHERE id = l.sku_id) AS wanted,
  (SELECT code FROM inventory_sku WHERE id = s.sku_id) AS reserved
FROM inventory_reservation r
JOIN inventory_stock s ON s.id = r.stock_id
LEFT JOIN orders_orderline l ON l.id = r.order_line_id
WHERE l.sku_id IS DISTINCT FROM s.sku_id
"""

# What has wholly left, was closed or never approved must not keep goods from other orders.
_HOLDS_NONE = [
    OrderStatus.DRAFT,
    OrderStatus.SHIPPED,
    OrderStatus.DELIVERED,
    OrderStatus.COMPLETED,
    OrderStatus.CANCELLED,
]

FINISHED_ORDERS_HOLD_NO_STOCK = """
SELECT o.number AS order, o.status, l.position AS line, r.quantity AS reserved
FROM inventory_reservation r
JOIN orders_orderline l ON l.id = r.order_line_id
JOIN orders_order o ON o.id = l.order_id
WHERE r.status = 'open' AND o.status = ANY(%(holds_none)s)
"""

# A sweep came a quarter of an hour after its end, or later, and left it. That no sweep runs at all is not seen here.
ENDED_HOLDS_WERE_SWEPT = f"""
SELECT {_ORDER}, r.id AS reservation, r.expires_at
FROM inventory_reservation r
JOIN orders_orderline l ON l.id = r.order_line_id
WHERE r.status = 'open' AND r.expires_at < now() AND EXISTS (
  SELECT FROM orders_orderevent e
  WHERE e.kind = 'hold_expired' AND e.created_at > r.expires_at + interval '15 minutes')
"""

# In the proportion in which it was ordered, whatever became of the number of bundles.
COMPONENTS_FIT_THEIR_BUNDLE = f"""
SELECT {_ORDER}, b.position AS bundle, l.quantity, l.cancelled_quantity, b.quantity AS bundles,
  b.cancelled_quantity AS cancelled_bundles
FROM orders_orderline l JOIN orders_orderline b ON b.id = l.bundle_line_id
WHERE b.kind <> 'bundle' OR b.order_id <> l.order_id
   OR (l.quantity - l.cancelled_quantity)::bigint * b.quantity
      <> (b.quantity - b.cancelled_quantity)::bigint * l.quantity
"""

INVARIANTS = [
    Invariant("reserved_within_what_the_line_needs", RESERVED_WITHIN_NEED, by=BY_ORDER),
    Invariant("reservation_is_of_its_lines_sku", RESERVATION_IS_OF_ITS_LINES_SKU, by=BY_ORDER),
    Invariant(
        "finished_orders_hold_no_stock",
        FINISHED_ORDERS_HOLD_NO_STOCK,
        {"holds_none": [status.value for status in _HOLDS_NONE]},
        by=BY_ORDER,
    ),
    Invariant("ended_holds_were_swept", ENDED_HOLDS_WERE_SWEPT),
    Invariant("components_fit_their_bundle", COMPONENTS_FIT_THEIR_BUNDLE),
]
