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

INVARIANTS = [
    Invariant("reserved_within_what_the_line_needs", RESERVED_WITHIN_NEED, by=BY_ORDER),
    Invariant("reservation_is_of_its_lines_sku", RESERVATION_IS_OF_ITS_LINES_SKU, by=BY_ORDER),
    Invariant(
        "finished_orders_hold_no_stock",
        FINISHED_ORDERS_HOLD_NO_STOCK,
        {"holds_none": [status.value for status in _HOLDS_NONE]},
        by=BY_ORDER,
    ),
]
