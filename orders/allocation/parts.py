"""Whether an order leaves in parts or only when complete: what there is goes now, the rest follows."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from oms.models import User
from oms.sql import int_array, query
from orders import nudge
from orders.fulfilment.free import free_goods
from orders.outcome import Outcome
from orders.review.decide import refusals
from orders.states import OrderStatus
from orders.transition import record

# Locked, in primary-key order, before anything is decided about them.
_LOCK = """
SELECT o.id, o.ship_complete, EXISTS (
  SELECT FROM orders_shipment s WHERE s.order_id = o.id AND s.status NOT IN ('ready', 'cancelled'))
FROM orders_order o WHERE o.id = ANY(%s::bigint[]) AND o.status = ANY(%s) ORDER BY o.id FOR NO KEY UPDATE OF o
"""
# Whoever has one of the orders open on his screen has an old version of it from here on.
_CHANGE = (
    "UPDATE orders_order SET ship_complete = %s, version = version + 1 WHERE id = ANY(%s::bigint[])"
)

SHORT_IN = (OrderStatus.BACKORDERED, OrderStatus.IN_FULFILMENT, OrderStatus.PARTIALLY_SHIPPED)
"""Where an approved order can lack goods."""


def ship_in_parts(order_ids: Sequence[int], *, actor: User | None) -> Outcome:
    """Let short orders leave in parts: allocation reserves what there is, the rest is back-ordered.

    An order that may do so already is left as it is.
    """
    with transaction.atomic():
        locked = _locked(order_ids, SHORT_IN)
        _change([pk for pk, is_whole, _begun in locked if is_whole], False, "parts_allowed", actor)
    nudge.after_commit()
    done = [pk for pk, _is_whole, _begun in locked]
    left = [pk for pk in order_ids if pk not in set(done)]
    return Outcome(done, refusals(left, OrderStatus.ALLOCATED))


def ship_whole_again(order_ids: Sequence[int], *, actor: User | None) -> Outcome:
    """Undo it: what was reserved meanwhile is free again. Picking must not have begun."""
    with transaction.atomic():
        locked = _locked(order_ids, (OrderStatus.BACKORDERED, OrderStatus.ALLOCATED))
        done = [pk for pk, is_whole, begun in locked if not begun and not is_whole]
        short = _locked(done, (OrderStatus.BACKORDERED,))
        _change(done, True, "parts_refused", actor)
        free_goods([pk for pk, _is_whole, _begun in short])
    nudge.after_commit()
    words = _("Picking has begun, or it waits for all of its goods already.")
    return Outcome(done, {pk: words for pk in order_ids if pk not in set(done)})


def _locked(
    order_ids: Sequence[int], statuses: Sequence[OrderStatus]
) -> list[tuple[int, bool, bool]]:
    rows = query(_LOCK, [int_array(order_ids), [status.value for status in statuses]])
    return [(pk, is_whole, begun) for pk, is_whole, begun in rows]


def _change(order_ids: Sequence[int], is_whole: bool, kind: str, actor: User | None) -> None:
    query(_CHANGE, [is_whole, int_array(order_ids)])
    record(order_ids, kind=kind, actor=actor)
