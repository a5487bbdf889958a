"""Cancelling orders that nobody has touched since they were placed: how an import is taken back."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from oms.display import time_text
from oms.models import User
from oms.sql import query
from orders.desk.cancel import cancel_orders
from orders.models import Order
from orders.outcome import Outcome
from orders.states import OrderStatus

S = OrderStatus

NOT_BEGUN = (S.PENDING_REVIEW, S.ON_HOLD, S.APPROVED, S.ALLOCATED, S.BACKORDERED)

# What rules, workers and the import itself did since is no touch: they act without a person.
_TOUCHED = """
SELECT o.id, o.status, e.actor_name, e.created_at,
  EXISTS (SELECT FROM orders_shipment s WHERE s.order_id = o.id AND s.status NOT IN ('ready', 'cancelled'))
FROM orders_order o LEFT JOIN LATERAL (
  SELECT actor_name, created_at FROM orders_orderevent
  WHERE order_id = o.id AND created_at > o.created_at
    AND (actor_id IS NOT NULL OR kind IN ('edited', 'paid', 'commented', 'reduced'))
  ORDER BY id DESC LIMIT 1
) e ON true
WHERE o.id = ANY(%s)
"""


def touched(order_ids: Sequence[int]) -> dict[int, str]:
    """Which of the orders somebody touched since they were placed, and how, in words."""
    found = {}
    for pk, status, who, when, is_picked in query(_TOUCHED, [list(order_ids)]):
        if status not in NOT_BEGUN:
            found[pk] = _("It is “%s” already.") % OrderStatus(status).label
        elif is_picked:
            found[pk] = _("Picking has begun.")
        elif when is not None:
            told = {"who": who or _("System"), "when": time_text(when)}
            found[pk] = _("%(who)s worked on it at %(when)s.") % told
    return found


def cancel_untouched(order_ids: Sequence[int], *, actor: User | None, reason: str) -> Outcome:
    """Cancel those orders that nobody has touched; the others stay, with the reason."""
    with transaction.atomic():
        locked = Order.objects.select_for_update(no_key=True).filter(pk__in=order_ids)
        list(locked.order_by("pk").values_list("pk", flat=True))
        stay = touched(order_ids)
        free = [pk for pk in order_ids if pk not in stay]
        outcome = cancel_orders(free, actor=actor, reason=reason)
    return Outcome(outcome.done, {**outcome.refused, **stay})
