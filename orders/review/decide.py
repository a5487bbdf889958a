"""A person's decisions on orders under review."""

from collections.abc import Sequence

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
    return decide(
        order_ids,
        OrderStatus.APPROVED,
        kind="approved",
        reason=reason,
        code="awaiting_stock",
        actor=actor,
    )


def release_orders(order_ids: Sequence[int], *, actor: User | None, reason: str = "") -> Outcome:
    """End the hold: the orders go on where they would stand without it."""
    held = set(
        Order.objects.filter(pk__in=order_ids, status=OrderStatus.ON_HOLD).values_list(
            "pk", flat=True
        )
    )
    outcome = decide(
        [pk for pk in order_ids if pk in held], OrderStatus.APPROVED, kind="released", reason=reason,
        code="awaiting_stock", actor=actor,
    )  # fmt: skip
    outcome.refused |= refusals([pk for pk in order_ids if pk not in held], OrderStatus.APPROVED)
    return outcome


def hold_orders(order_ids: Sequence[int], *, actor: User | None, reason: str) -> Outcome:
    """Stop the orders with a reason. What is reserved for them stays reserved; their shipments cannot go on."""
    return decide(
        order_ids,
        OrderStatus.ON_HOLD,
        kind="held",
        reason=reason,
        code="held_by_person",
        detail=reason,
        actor=actor,
    )


def decide(
    order_ids: Sequence[int], target: OrderStatus, *, kind: str, reason: str, code: str, actor: User | None,
    detail: str = "",
) -> Outcome:  # fmt: skip
    """Move orders on a person's word, and say of each refused one where it stands."""
    with transaction.atomic():
        result = move(
            [Move(pk, target, kind, reason, code, detail) for pk in order_ids], actor=actor
        )
    nudge.after_commit()
    return Outcome(sorted(result.moved), refusals(list(result.refused), target))


def refusals(order_ids: Sequence[int], target: OrderStatus) -> dict[int, str]:
    """Why these orders cannot become `target`, in words."""
    words = {pk: _("There is no such order.") for pk in order_ids}
    for order in Order.objects.filter(pk__in=order_ids).only("number", "status"):
        words[order.pk] = _("Order %(number)s is “%(status)s”; it cannot become “%(target)s”.") % {
            "number": order.number, "status": order.get_status_display(), "target": target.label,
        }  # fmt: skip
    return words
