"""What is left of an order's money after what its goods cost."""

from dataclasses import dataclass
from decimal import Decimal

from oms.sql import query


@dataclass(frozen=True, slots=True)
class Margin:
    """`cost` of the pieces that left, each at what it cost when it moved.

    `amount` is what is left of the lines; None until all pieces have left, and where a cost is not known.
    """

    cost: Decimal
    amount: Decimal | None
    percent: Decimal | None
    unknown_pieces: int


_MARGIN = """
SELECT o.lines_amount - o.discount_amount AS revenue,
  coalesce(sum(-m.quantity * m.unit_cost) FILTER (WHERE k.currency = o.currency), 0),
  coalesce(sum(-m.quantity) FILTER (WHERE m.unit_cost IS NULL OR k.currency <> o.currency), 0),
  coalesce(sum(-m.quantity), 0),
  (SELECT coalesce(sum(a.quantity - a.cancelled_quantity), 0) FROM orders_orderline a
   WHERE a.order_id = o.id AND a.kind = 'goods')
FROM orders_order o
LEFT JOIN orders_orderline l ON l.order_id = o.id AND l.kind = 'goods'
LEFT JOIN inventory_reservation r ON r.order_line_id = l.id AND r.status = 'shipped'
LEFT JOIN inventory_stockmovement m ON m.reservation_id = r.id
LEFT JOIN inventory_sku k ON k.id = l.sku_id
WHERE o.id = %s GROUP BY o.id
"""


def margin_of(order_id: int) -> Margin | None:
    """The margin of an order of which something has left; None before. One query."""
    revenue, cost, unknown, shipped, wanted = query(_MARGIN, [order_id])[0]
    if not shipped:
        return None
    is_known = not unknown and shipped >= wanted
    amount = revenue - cost if is_known else None
    percent = round(100 * amount / revenue, 1) if amount is not None and revenue else None
    return Margin(cost, amount, percent, unknown)
