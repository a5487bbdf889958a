from collections.abc import Sequence

from django.db import transaction

from oms.models import User
from orders import nudge
from orders.fulfilment.free import free_goods
from orders.outcome import Outcome
from orders.review.decide import refusals
from orders.states import OrderStatus
from orders.transition import Move, move


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
        free_goods(result.moved)
    nudge.after_commit()
    return Outcome(sorted(result.moved), refusals(list(result.refused), OrderStatus.CANCELLED))
