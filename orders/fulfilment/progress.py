"""An approved order's status follows from its shipments."""

from collections.abc import Sequence

from oms.models import User
from oms.sql import query
from orders.states import OrderStatus, derive_status
from orders.transition import Move, move

_FACTS = """
SELECT o.id, o.status,
  ARRAY(SELECT s.status FROM orders_shipment s WHERE s.order_id = o.id AND s.status <> 'cancelled'),
  (SELECT coalesce(sum(l.quantity - l.cancelled_quantity), 0) FROM orders_orderline l
    WHERE l.order_id = o.id AND l.kind = 'goods')
  > (SELECT coalesce(sum(r.quantity), 0) FROM orders_shipment s JOIN inventory_reservation r ON r.shipment_id = s.id
      WHERE s.order_id = o.id AND s.status <> 'cancelled')
FROM orders_order o WHERE o.id = ANY(%s) ORDER BY o.id
"""

_EVENT_OF = {
    OrderStatus.ALLOCATED: "allocated",
    OrderStatus.BACKORDERED: "backordered",
    OrderStatus.IN_FULFILMENT: "fulfilment_started",
    OrderStatus.PARTIALLY_SHIPPED: "partially_shipped",
    OrderStatus.SHIPPED: "shipped",
    OrderStatus.DELIVERED: "delivered",
}

# One step may skip a status that a single order of the table would pass through; the table is walked instead.
_ON_THE_WAY = {
    # Released with parcels that were packed before the hold.
    (OrderStatus.APPROVED, OrderStatus.PARTIALLY_SHIPPED): OrderStatus.IN_FULFILMENT,
    (OrderStatus.APPROVED, OrderStatus.SHIPPED): OrderStatus.IN_FULFILMENT,
    (OrderStatus.BACKORDERED, OrderStatus.PARTIALLY_SHIPPED): OrderStatus.IN_FULFILMENT,
    (OrderStatus.ALLOCATED, OrderStatus.PARTIALLY_SHIPPED): OrderStatus.IN_FULFILMENT,
    (OrderStatus.ALLOCATED, OrderStatus.SHIPPED): OrderStatus.IN_FULFILMENT,
    (OrderStatus.BACKORDERED, OrderStatus.SHIPPED): OrderStatus.IN_FULFILMENT,
}


def settle(order_ids: Sequence[int], *, actor: User | None, actor_name: str = "system") -> None:
    """Bring the status of these orders (locked by the caller) in line with their shipments."""
    moves, firsts = [], []
    for order_id, status, shipment_statuses, is_short in query(_FACTS, [list(order_ids)]):
        source = OrderStatus(status)
        target = derive_status(shipment_statuses, is_short=is_short)
        if target == source:
            continue
        between = _ON_THE_WAY.get((source, target))
        if between:
            firsts.append(Move(order_id, between, _EVENT_OF[between]))
        moves.append(Move(order_id, target, _EVENT_OF[target]))
    move(firsts, actor=actor, actor_name=actor_name)
    move(moves, actor=actor, actor_name=actor_name)
