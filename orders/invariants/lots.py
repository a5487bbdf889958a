"""The lots and serial numbers of tracked goods, against the stock and its ledger."""

from orders.invariants.invariant import Invariant

LOTS_SUM_TO_ON_HAND = """
SELECT k.code AS sku, w.code AS warehouse, s.on_hand, coalesce(h.total, 0) AS in_lots
FROM inventory_sku k JOIN inventory_stock s ON s.sku_id = k.id JOIN inventory_warehouse w ON w.id = s.warehouse_id
LEFT JOIN (SELECT stock_id, sum(on_hand) AS total FROM inventory_lotstock GROUP BY 1) h ON h.stock_id = s.id
WHERE CASE WHEN k.tracking = 'none' THEN 0 ELSE s.on_hand END <> coalesce(h.total, 0)
"""

LOT_IS_SUM_OF_ITS_MOVEMENTS = """
SELECT l.code AS lot, h.stock_id AS stock, coalesce(h.on_hand, 0) AS on_hand, coalesce(x.total, 0) AS moved
FROM inventory_lotstock h
FULL JOIN (
  SELECT m.stock_id, x.lot_id, sum(x.quantity) AS total
  FROM inventory_lotmovement x JOIN inventory_stockmovement m ON m.id = x.movement_id GROUP BY 1, 2
) x ON (x.stock_id, x.lot_id) = (h.stock_id, h.lot_id)
JOIN inventory_lot l ON l.id = coalesce(h.lot_id, x.lot_id)
WHERE coalesce(h.on_hand, 0) <> coalesce(x.total, 0)
"""

SERIAL_IS_ONE_PIECE = """
SELECT k.code AS sku, l.code AS serial, sum(h.on_hand) AS pieces
FROM inventory_sku k JOIN inventory_lot l ON l.sku_id = k.id JOIN inventory_lotstock h ON h.lot_id = l.id
WHERE k.tracking = 'serial' GROUP BY 1, 2 HAVING sum(h.on_hand) > 1 OR NOT bool_and(h.is_serial)
"""

MOVEMENT_IS_TOLD_IN_LOTS = """
SELECT k.code AS sku, m.id AS movement, m.quantity, coalesce(x.total, 0) AS in_lots
FROM inventory_sku k JOIN inventory_stock s ON s.sku_id = k.id JOIN inventory_stockmovement m ON m.stock_id = s.id
LEFT JOIN LATERAL (
  SELECT sum(x.quantity) AS total FROM inventory_lotmovement x WHERE x.movement_id = m.id
) x ON true
WHERE k.tracking <> 'none' AND m.quantity <> coalesce(x.total, 0)
"""

LOT_BLOCKS_LIE_THERE = """
SELECT l.code AS lot, b.stock_id AS stock, b.blocked, coalesce(h.on_hand, 0) AS on_hand
FROM (
  SELECT stock_id, lot_id, sum(quantity) AS blocked FROM inventory_stockblock
  WHERE released_at IS NULL AND lot_id IS NOT NULL GROUP BY 1, 2
) b JOIN inventory_lot l ON l.id = b.lot_id
LEFT JOIN inventory_lotstock h ON (h.stock_id, h.lot_id) = (b.stock_id, b.lot_id)
WHERE b.blocked > coalesce(h.on_hand, 0)
"""

INVARIANTS = [
    Invariant("lots_sum_to_on_hand", LOTS_SUM_TO_ON_HAND),
    Invariant("lot_is_sum_of_its_movements", LOT_IS_SUM_OF_ITS_MOVEMENTS),
    Invariant("serial_number_is_one_piece", SERIAL_IS_ONE_PIECE),
    Invariant("movement_is_told_in_lots", MOVEMENT_IS_TOLD_IN_LOTS),
    Invariant("blocked_pieces_of_a_lot_lie_there", LOT_BLOCKS_LIE_THERE),
]
