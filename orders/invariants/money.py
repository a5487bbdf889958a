"""Amounts add up. What was paid is nowhere stored but in the payments, so that it cannot differ."""

from oms.money import CURRENCY_PLACES
from orders.invariants.invariant import Invariant
from orders.invariants.slices import BY_ORDER

# Pieces that a document took off are paid back by it; those that an edit took off are not charged.
LINE_AMOUNT = """
SELECT (SELECT number FROM orders_order WHERE id = l.order_id) AS "order", l.position AS line,
  l.quantity, l.cancelled_quantity, l.unit_price, l.discount_amount, l.amount
FROM orders_orderline l
LEFT JOIN (
  SELECT order_line_id, sum(quantity) AS pieces FROM orders_returnline
  WHERE status = 'applied' AND order_line_id IS NOT NULL GROUP BY 1
) credited ON credited.order_line_id = l.id
WHERE l.amount <> round((l.quantity - l.cancelled_quantity + coalesce(credited.pieces, 0)) * l.unit_price
                        - l.discount_amount, CASE
  WHEN l.order_id IN (SELECT id FROM orders_order WHERE currency = ANY(%(without_cents)s)) THEN 0
  ELSE 2 END)
"""

ORDER_TOTAL = """
SELECT o.number AS order, o.lines_amount, coalesce(l.amount, 0) AS sum_of_lines, o.shipping_amount,
  o.discount_amount, o.total_amount
FROM orders_order o
LEFT JOIN (SELECT order_id, sum(amount) AS amount FROM orders_orderline GROUP BY 1) l
  ON l.order_id = o.id
WHERE o.lines_amount <> coalesce(l.amount, 0)
   OR o.total_amount <> o.lines_amount + o.shipping_amount - o.discount_amount
"""

# Money given back counts as soon as it is promised, money taken in only once it is here.
REFUNDS_WITHIN_PAYMENTS = """
SELECT o.number AS order, p.received, p.given_back
FROM (
  SELECT order_id,
    coalesce(sum(amount) FILTER (WHERE amount > 0 AND status = 'received'), 0) AS received,
    coalesce(-sum(amount) FILTER (WHERE amount < 0 AND status <> 'failed'), 0) AS given_back
  FROM orders_payment GROUP BY 1
) p JOIN orders_order o ON o.id = p.order_id
WHERE p.given_back > p.received
"""

RETURNED_WITHIN_ORDERED = """
SELECT o.number AS order, l.position AS line, l.quantity, l.cancelled_quantity, r.returned, r.applied
FROM (
  SELECT order_line_id, sum(quantity) AS returned,
    coalesce(sum(quantity) FILTER (WHERE status = 'applied'), 0) AS applied
  FROM orders_returnline WHERE order_line_id IS NOT NULL GROUP BY 1
) r
JOIN orders_orderline l ON l.id = r.order_line_id
JOIN orders_order o ON o.id = l.order_id
WHERE r.returned > l.quantity OR r.applied > l.cancelled_quantity
"""

_WITHOUT_CENTS = [currency for currency, places in CURRENCY_PLACES.items() if places == 0]

INVARIANTS = [
    Invariant(
        "line_amount_is_computed", LINE_AMOUNT, {"without_cents": _WITHOUT_CENTS}, by=BY_ORDER
    ),
    Invariant("order_total_is_sum_of_lines", ORDER_TOTAL, by=BY_ORDER),
    Invariant("refunds_within_payments", REFUNDS_WITHIN_PAYMENTS, by=BY_ORDER),
    Invariant("returned_within_ordered", RETURNED_WITHIN_ORDERED, by=BY_ORDER),
]
