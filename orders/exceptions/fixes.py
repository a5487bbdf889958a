"""What a fix does beside its verb: the exception is looked at again at once, and waits where it is to wait."""

from collections.abc import Sequence

from django.utils import timezone

from oms.models import User
from orders.allocation.parts import ship_in_parts, ship_whole_again
from orders.exceptions.models import ExceptionKind, OrderException
from orders.exceptions.put_off import USUAL, bring_back, put_off
from orders.exceptions.refresh import refresh_exceptions
from orders.outcome import Outcome


def ship_what_is_there(order_ids: Sequence[int], *, actor: User) -> Outcome:
    """What there is goes now; the exception waits for the rest, as back-orders do."""
    outcome = ship_in_parts(order_ids, actor=actor)
    # First, so that the waiting is not ended by the change that was just made.
    refresh_exceptions(outcome.done)
    put_off(_short(outcome.done), until=timezone.now() + USUAL, actor=actor)
    return outcome


def ship_only_whole(order_ids: Sequence[int], *, actor: User) -> Outcome:
    """Undo it."""
    outcome = ship_whole_again(order_ids, actor=actor)
    bring_back(_short(outcome.done), actor=actor)
    return outcome


def _short(order_ids: Sequence[int]) -> list[int]:
    short = OrderException.objects.filter(
        order__in=order_ids, kind=ExceptionKind.SHORT, closed_at=None
    )
    return list(short.values_list("pk", flat=True))
