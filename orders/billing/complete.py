from collections.abc import Sequence

from oms.models import User
from oms.sql import query
from orders.billing.due import due_sql
from orders.states import OrderStatus
from orders.transition import Move, move

_SETTLED = f"""
SELECT o.id FROM orders_order o
WHERE o.id = ANY(%s) AND o.status = 'delivered' AND {due_sql("o")} <= 0
ORDER BY o.id
"""


def complete_orders(order_ids: Sequence[int], *, actor: User | None) -> None:
    """Close those of the orders that are delivered and paid in full."""
    settled = [row[0] for row in query(_SETTLED, [list(order_ids)])]
    move([Move(pk, OrderStatus.COMPLETED, "completed") for pk in settled], actor=actor)
