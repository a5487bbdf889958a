"""What lies in the warehouses, against the ledger."""

from orders.invariants.invariant import Invariant
from orders.invariants.slices import BY_STOCK

_PLACE = """
JOIN inventory_sku k ON k.id = s.sku_id JOIN inventory_warehouse w ON w.id = s.warehouse_id"""

RESERVED_WITHIN_ON_HAND = f"""
SELECT k.code AS sku, w.code AS warehouse, s.on_hand, s.reserved, s.blocked
FROM inventory_stock s {_PLACE}
WHERE NOT (0 <= s.reserved AND 0 <= s.blocked AND s.reserved + s.blocked <= s.on_hand)
"""

ON_HAND_IS_SUM_OF_MOVEMENTS = f"""
SELECT k.code AS sku, w.code AS warehouse, s.on_hand, coalesce(m.total, 0) AS movements
FROM inventory_stock s
LEFT JOIN (
  SELECT stock_id, sum(quantity) AS total FROM inventory_stockmovement GROUP BY 1
) m ON m.stock_id = s.id {_PLACE}
WHERE s.on_hand <> coalesce(m.total, 0)
"""

RESERVED_IS_OPEN_RESERVATIONS = f"""
SELECT k.code AS sku, w.code AS warehouse, s.reserved, coalesce(r.total, 0) AS open_reservations
FROM inventory_stock s
LEFT JOIN (
  SELECT stock_id, sum(quantity) AS total FROM inventory_reservation WHERE status = 'open' GROUP BY 1
) r ON r.stock_id = s.id {_PLACE}
WHERE s.reserved <> coalesce(r.total, 0)
"""

BLOCKED_IS_OPEN_BLOCKS = f"""
SELECT k.code AS sku, w.code AS warehouse, s.blocked, coalesce(b.total, 0) AS open_blocks
FROM inventory_stock s
LEFT JOIN (
  SELECT stock_id, sum(quantity) AS total FROM inventory_stockblock WHERE released_at IS NULL GROUP BY 1
) b ON b.stock_id = s.id {_PLACE}
WHERE s.blocked <> coalesce(b.total, 0)
"""

TAKEN_BACK_IN_FULL = """
SELECT m.id AS movement, m.quantity, r.id AS taken_back_by, r.quantity AS taken_back
FROM inventory_stockmovement r JOIN inventory_stockmovement m ON m.id = r.reverses_id
WHERE r.reverses_id IS NOT NULL AND (r.stock_id, r.quantity, r.kind) <> (m.stock_id, -m.quantity, m.kind)
"""

# A stock's movements are written under the lock of its row, so their ids tell their order.
BALANCE_NEVER_BELOW_ZERO = f"""
SELECT k.code AS sku, w.code AS warehouse, b.id AS movement, b.balance
FROM (
  SELECT id, stock_id, sum(quantity) OVER (PARTITION BY stock_id ORDER BY id) AS balance
  FROM inventory_stockmovement
) b JOIN inventory_stock s ON s.id = b.stock_id {_PLACE}
WHERE b.balance < 0
"""

ADJUSTMENT_HAS_ITS_MOVEMENT = """
SELECT a.reference AS adjustment, a.status, a.quantity, m.quantity AS moved
FROM inventory_stockadjustment a
LEFT JOIN inventory_stockmovement m ON m.id = a.movement_id
LEFT JOIN inventory_stock s ON s.id = m.stock_id
WHERE CASE a.status
  WHEN 'applied' THEN (m.quantity, s.sku_id) IS DISTINCT FROM (a.quantity, a.sku_id)
  ELSE a.movement_id IS NOT NULL END
"""

# Lost pieces arrive in the books before they are written off, so what left and did not arrive is in transit.
MISSING_IN_TRANSFERS_IS_IN_TRANSIT = """
SELECT k.code AS sku, t.moved, t.in_transit
FROM (
  SELECT sku_id, sum(moved) AS moved, sum(open) AS in_transit FROM (
    SELECT s.sku_id, m.quantity AS moved, 0 AS open
    FROM inventory_stockmovement m JOIN inventory_stock s ON s.id = m.stock_id WHERE m.kind = 'transfer'
    UNION ALL
    SELECT l.sku_id, 0, l.quantity - l.received - l.lost
    FROM inventory_transferline l JOIN inventory_transfer t ON t.id = l.transfer_id WHERE t.status = 'sent'
  ) parts GROUP BY sku_id
) t JOIN inventory_sku k ON k.id = t.sku_id
WHERE t.moved + t.in_transit <> 0
"""

COUNTED_DIFFERENCE_IS_ITS_MOVEMENT = """
SELECT l.sheet_id AS sheet, k.code AS sku, l.counted - l.book AS difference, m.quantity AS moved
FROM inventory_countline l JOIN inventory_stock s ON s.id = l.stock_id JOIN inventory_sku k ON k.id = s.sku_id
LEFT JOIN inventory_stockmovement m ON m.id = l.movement_id
WHERE CASE l.state
  WHEN 'posted' THEN l.counted - l.book <> coalesce(m.quantity, 0) OR m.stock_id <> l.stock_id
  ELSE l.movement_id IS NOT NULL END
"""

INVARIANTS = [
    Invariant("reserved_within_on_hand", RESERVED_WITHIN_ON_HAND, by=BY_STOCK),
    Invariant("on_hand_is_sum_of_movements", ON_HAND_IS_SUM_OF_MOVEMENTS, by=BY_STOCK),
    Invariant("reserved_is_open_reservations", RESERVED_IS_OPEN_RESERVATIONS, by=BY_STOCK),
    Invariant("blocked_is_open_blocks", BLOCKED_IS_OPEN_BLOCKS, by=BY_STOCK),
    Invariant("taken_back_in_full", TAKEN_BACK_IN_FULL),
    Invariant("balance_never_below_zero", BALANCE_NEVER_BELOW_ZERO, by=BY_STOCK),
    Invariant("applied_adjustment_has_its_movement", ADJUSTMENT_HAS_ITS_MOVEMENT),
    Invariant("missing_in_transfers_is_in_transit", MISSING_IN_TRANSFERS_IS_IN_TRANSIT),
    Invariant("counted_difference_is_its_movement", COUNTED_DIFFERENCE_IS_ITS_MOVEMENT),
]
