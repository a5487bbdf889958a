"""Which orders wait for a SKU: answers `inventory.waiting`."""

from collections.abc import Sequence

from django.urls import reverse

from inventory.waiting import Waiting
from oms.sql import query
from orders.allocation.parts import SHORT_IN

MOST_SHOWN = 50
MOST_LOOKED_AT = 20_000
"""So many of the newest lines of a SKU are looked through."""

_WAITING = """
WITH lines AS MATERIALIZED (
  SELECT l.id, l.order_id, l.quantity - l.cancelled_quantity AS wanted
  FROM orders_orderline l WHERE l.sku_id = %s AND l.kind = 'goods' ORDER BY l.order_id DESC LIMIT %s
)
SELECT o.number, o.status, o.customer_name, sum(l.wanted - h.pieces), o.promised_at
FROM lines l JOIN orders_order o ON o.id = l.order_id AND o.status = ANY(%s)
CROSS JOIN LATERAL (
  SELECT coalesce(sum(r.quantity), 0) AS pieces FROM inventory_reservation r
  WHERE r.order_line_id = l.id AND r.status IN ('open', 'shipped')
) h
WHERE l.wanted > h.pieces
GROUP BY o.id ORDER BY o.promised_at NULLS LAST, o.id LIMIT %s
"""


def waiting_orders(sku_id: int) -> Sequence[Waiting]:
    """The orders that lack pieces of the SKU, the first promise first. One query."""
    statuses = [status.value for status in SHORT_IN]
    return [
        Waiting(
            label=number,
            url=reverse("orders:detail", args=[number]),
            status=status,
            detail=name,
            quantity=pieces,
            promised_at=promised,
        )
        for number, status, name, pieces, promised in query(
            _WAITING, [sku_id, MOST_LOOKED_AT, statuses, MOST_SHOWN]
        )
    ]
