"""What came of purchase orders, against the deliveries that say so."""

from orders.invariants.invariant import Invariant

LINE_IS_SUM_OF_DELIVERIES = """
SELECT o.number AS purchase_order, k.code AS sku, l.received, l.damaged, coalesce(r.good, 0) AS good_came,
  coalesce(r.damaged, 0) AS damaged_came
FROM inventory_purchaseline l JOIN inventory_purchaseorder o ON o.id = l.purchase_order_id
JOIN inventory_sku k ON k.id = l.sku_id
LEFT JOIN (
  SELECT line_id, sum(good) AS good, sum(damaged) AS damaged FROM inventory_receiptline GROUP BY 1
) r ON r.line_id = l.id
WHERE (l.received, l.damaged) <> (coalesce(r.good, 0), coalesce(r.damaged, 0))
"""

STATUS_FOLLOWS_FROM_DELIVERIES = """
SELECT o.number AS purchase_order, o.status, l.came, l.open
FROM inventory_purchaseorder o JOIN (
  SELECT purchase_order_id, sum(received + damaged) AS came, sum(greatest(0, ordered - received - damaged)) AS open
  FROM inventory_purchaseline GROUP BY 1
) l ON l.purchase_order_id = o.id
WHERE CASE o.status WHEN 'partly_received' THEN l.came = 0 OR l.open = 0 WHEN 'received' THEN l.open > 0
  WHEN 'closed' THEN false ELSE l.came > 0 END
"""

DELIVERY_IS_IN_THE_LEDGER = """
SELECT o.number AS purchase_order, 'R' || x.receipt_id AS receipt, x.good + x.damaged AS came, m.quantity AS posted
FROM inventory_receiptline x JOIN inventory_purchaseline l ON l.id = x.line_id
JOIN inventory_purchaseorder o ON o.id = l.purchase_order_id
JOIN inventory_stockmovement m ON m.id = x.movement_id JOIN inventory_stock s ON s.id = m.stock_id
WHERE (m.quantity, m.kind, s.sku_id) <> (x.good + x.damaged, 'receipt', l.sku_id)
"""

INVARIANTS = [
    Invariant("purchase_line_is_sum_of_deliveries", LINE_IS_SUM_OF_DELIVERIES),
    Invariant("purchase_status_follows_from_deliveries", STATUS_FOLLOWS_FROM_DELIVERIES),
    Invariant("delivery_is_in_the_ledger", DELIVERY_IS_IN_THE_LEDGER),
]
