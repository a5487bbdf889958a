"""A person's decisions on orders under review."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from oms.models import User
from orders import nudge
from orders.models.order import Order
from orders.outcome import Outcome
from orders.states import OrderStatus
from orders.transition import Move, move


def approve_orders(order_ids: Sequence[int], *, actor: User | None, reason: str = "") -> Outcome:
    """Let the orders pass to allocation."""
    go_on = Decision(OrderStatus.APPROVED, "approved", "awaiting_stock", reason)
    return decide(order_ids, go_on, actor=actor)


def release_orders(order_ids: Sequence[int], *, actor: User | None, reason: str = "") -> Outcome:
    """End the hold: the orders are approved, or go on from where picking had come."""
    on_hold = Order.objects.filter(pk__in=order_ids, status=OrderStatus.ON_HOLD)
    held = set(on_hold.values_list("pk", flat=True))
    go_on = Decision(OrderStatus.APPROVED, "released", "awaiting_stock", reason)
    outcome = decide([pk for pk in order_ids if pk in held], go_on, actor=actor)
    others = [pk for pk in order_ids if pk not in held]
    outcome.refused |= refusals(others, OrderStatus.APPROVED)
    return outcome


def hold_orders(order_ids: Sequence[int], *, actor: User | None, reason: str) -> Outcome:
    """Stop the orders with a reason. What is reserved stays reserved; their shipments cannot go on."""
    stop = Decision(OrderStatus.ON_HOLD, "held", "held_by_person", reason, detail=reason)
    return decide(order_ids, stop, actor=actor)


@dataclass(frozen=True, slots=True)
class Decision:
    """Where orders are to go on a person's word; the other fields as in `orders.transition.Move`."""

    target: OrderStatus
    kind: str
    reason_code: str
    reason: str
    detail: str = ""


def decide(order_ids: Sequence[int], decision: Decision, *, actor: User | None) -> Outcome:
    """Move the orders, and say of each refused one where it stands."""
    one = decision
    moves = [
        Move(pk, one.target, one.kind, one.reason, one.reason_code, one.detail) for pk in order_ids
    ]
    with transaction.atomic():
        result = move(moves, actor=actor)
    nudge.after_commit()
    return Outcome(sorted(result.moved), refusals(list(result.refused), decision.target))


def refusals(order_ids: Sequence[int], target: OrderStatus) -> dict[int, str]:
    """Why these orders cannot become `target`, in words."""
    words = {pk: _("There is no such order.") for pk in order_ids}
    for order in Order.objects.filter(pk__in=order_ids).only("number", "status"):
        words[order.pk] = _("Order %(number)s is “%(status)s”; it cannot become “%(target)s”.") % {
            "number": order.number, "status": order.get_status_display(), "target": target.label,
        }  # fmt: skip
    return words
