from collections.abc import Sequence

from django.db import transaction

from inventory import ledger
from oms.models import User
from oms.sql import query
from orders import nudge
from orders.outcome import Outcome
from orders.review.decide import refusals
from orders.states import OrderStatus
from orders.transition import Move, move

_STOP_SHIPMENTS = """
UPDATE orders_shipment SET status = 'cancelled'
WHERE order_id = ANY(%s) AND status IN ('ready', 'picking', 'packed')
"""

_OPEN_RESERVATIONS = """
SELECT r.id FROM inventory_reservation r JOIN orders_orderline l ON l.id = r.order_line_id
WHERE l.order_id = ANY(%s) AND r.status = 'open' ORDER BY r.id
"""


def cancel_orders(order_ids: Sequence[int], *, actor: User | None, reason: str) -> Outcome:
    """Cancel orders of which nothing has left the house; reserved stock is free again at once."""
    with transaction.atomic():
        result = move(
            [
                Move(pk, OrderStatus.CANCELLED, "cancelled", reason, "cancelled", reason)
                for pk in order_ids
            ],
            actor=actor,
        )
        query(_STOP_SHIPMENTS, [result.moved])
        ledger.release([row[0] for row in query(_OPEN_RESERVATIONS, [result.moved])])
    nudge.after_commit()
    return Outcome(sorted(result.moved), refusals(list(result.refused), OrderStatus.CANCELLED))
