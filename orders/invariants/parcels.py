"""Shipments against reservations, movements and the status of their order."""

from orders.invariants.invariant import Invariant
from orders.invariants.slices import BY_ORDER
from orders.states import OrderStatus

RESERVATION_FITS_ITS_PARCEL = """
SELECT p.number AS shipment, p.status, r.id AS line, r.status AS reservation,
  w.code AS parcel_from, sw.code AS goods_from,
  (SELECT number FROM orders_order WHERE id = l.order_id) AS goods_of
FROM inventory_reservation r
JOIN orders_shipment p ON p.id = r.shipment_id
JOIN inventory_warehouse w ON w.id = p.warehouse_id
JOIN inventory_stock s ON s.id = r.stock_id
JOIN inventory_warehouse sw ON sw.id = s.warehouse_id
JOIN orders_orderline l ON l.id = r.order_line_id
WHERE (p.warehouse_id, p.order_id) <> (s.warehouse_id, l.order_id)
   OR r.status <> CASE WHEN p.status IN ('shipped', 'delivered') THEN 'shipped'
                       WHEN p.status = 'cancelled' THEN 'released' ELSE 'open' END
"""

OPEN_RESERVATION_IS_IN_A_PARCEL = """
SELECT (SELECT o.number FROM orders_orderline l JOIN orders_order o ON o.id = l.order_id
        WHERE l.id = r.order_line_id) AS "order",
  (SELECT position FROM orders_orderline WHERE id = r.order_line_id) AS line,
  r.id AS reservation, r.status
FROM inventory_reservation r
WHERE r.status <> 'released' AND r.shipment_id IS NULL AND (r.status, r.expires_at IS NULL) <> ('open', false)
"""

# Each shipped reservation has exactly one movement out of its own stock, and no other has any.
SHIPPED_UNITS_LEFT_ONCE = """
SELECT r.id AS reservation, r.status, r.quantity, m.quantity AS moved, m.times
FROM inventory_reservation r
FULL JOIN (
  SELECT reservation_id, min(stock_id) AS stock_id, sum(quantity) AS quantity, count(*) AS times
  FROM inventory_stockmovement WHERE kind = 'shipment' GROUP BY 1
) m ON m.reservation_id = r.id
WHERE CASE WHEN r.status = 'shipped'
  THEN (m.times, m.quantity, m.stock_id) IS DISTINCT FROM (1::bigint, -r.quantity, r.stock_id)
  ELSE m.times IS NOT NULL END
"""

# The same rule as `orders.states.derive_status`, for all orders at once; a test compares the two.
DERIVED = """
WITH wanted AS (
  SELECT order_id, sum(quantity - cancelled_quantity) AS pieces
  FROM orders_orderline WHERE kind = 'goods' GROUP BY 1
), parcels AS (
  SELECT p.order_id, sum(packed.pieces) AS pieces,
    bool_or(p.status IN ('shipped', 'delivered')) AS some_gone,
    bool_and(p.status IN ('shipped', 'delivered')) AS all_gone,
    bool_and(p.status = 'delivered') AS all_arrived,
    bool_or(p.status IN ('picking', 'packed')) AS begun
  FROM orders_shipment p
  LEFT JOIN (
    SELECT shipment_id, sum(quantity) AS pieces FROM inventory_reservation GROUP BY 1
  ) packed ON packed.shipment_id = p.id
  WHERE p.status <> 'cancelled' GROUP BY 1
), facts AS (
  SELECT o.id, o.number, o.status, p.order_id IS NOT NULL AS has_parcels, p.some_gone, p.all_gone,
    p.all_arrived, p.begun, coalesce(w.pieces, 0) AS wanted,
    coalesce(w.pieces, 0) > coalesce(p.pieces, 0) AS is_short
  FROM orders_order o
  LEFT JOIN wanted w ON w.order_id = o.id
  LEFT JOIN parcels p ON p.order_id = o.id
), derived AS (
  SELECT *, CASE
    WHEN some_gone AND (is_short OR NOT all_gone) THEN 'partially_shipped'
    WHEN some_gone AND all_arrived THEN 'delivered'
    WHEN some_gone THEN 'shipped'
    WHEN begun THEN 'in_fulfilment'
    WHEN is_short OR NOT has_parcels THEN 'backordered'
    ELSE 'allocated' END AS follows
  FROM facts
)"""

STATUS_FOLLOWS_FROM_PARCELS = f"""{DERIVED}
SELECT number AS order, status, follows FROM derived
WHERE status = ANY(%(derived)s) AND status <> follows
   OR status = 'completed' AND follows <> 'delivered' AND (wanted > 0 OR has_parcels)
"""

NOTHING_LEFT_UNAPPROVED = """
SELECT o.number AS order, o.status, p.number AS shipment, p.status AS parcel
FROM orders_shipment p JOIN orders_order o ON o.id = p.order_id
WHERE p.status IN ('shipped', 'delivered')
  AND o.status IN ('draft', 'pending_review', 'on_hold', 'approved', 'cancelled')
   OR p.status IN ('ready', 'picking', 'packed')
  AND o.status IN ('draft', 'shipped', 'delivered', 'completed', 'cancelled')
"""

_DERIVED_STATUSES = [
    OrderStatus.BACKORDERED,
    OrderStatus.ALLOCATED,
    OrderStatus.IN_FULFILMENT,
    OrderStatus.PARTIALLY_SHIPPED,
    OrderStatus.SHIPPED,
    OrderStatus.DELIVERED,
]

INVARIANTS = [
    Invariant(
        "reservation_fits_its_parcel",
        RESERVATION_FITS_ITS_PARCEL,
        by=BY_ORDER,
        wide=("orders_shipment",),
    ),
    Invariant("promised_pieces_are_in_a_parcel", OPEN_RESERVATION_IS_IN_A_PARCEL, by=BY_ORDER),
    Invariant("shipped_units_left_stock_once", SHIPPED_UNITS_LEFT_ONCE, by=BY_ORDER),
    Invariant(
        "status_follows_from_parcels",
        STATUS_FOLLOWS_FROM_PARCELS,
        {"derived": [status.value for status in _DERIVED_STATUSES]},
        by=BY_ORDER,
    ),
    Invariant("no_parcel_against_its_orders_status", NOTHING_LEFT_UNAPPROVED, by=BY_ORDER),
]
