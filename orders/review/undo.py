"""Taking a decision back: each verb puts orders where they stood before the decision was made."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from oms.models import User
from oms.sql import query
from orders import nudge
from orders.fulfilment.free import free_goods
from orders.outcome import Outcome
from orders.review.decide import hold_orders, refusals, release_orders
from orders.states import OrderStatus
from orders.transition import Move, move

S = OrderStatus

# Locked, in primary-key order, before anything is decided about them.
_NOT_BEGUN = """
WITH locked AS MATERIALIZED (
  SELECT o.id, o.status FROM orders_order o WHERE o.id = ANY(%s) ORDER BY o.id FOR NO KEY UPDATE
)
SELECT id FROM locked o
WHERE o.status IN ('approved', 'allocated', 'backordered') AND NOT EXISTS (
  SELECT FROM orders_shipment s WHERE s.order_id = o.id AND s.status NOT IN ('ready', 'cancelled'))
"""


def take_back_orders(order_ids: Sequence[int], *, actor: User | None) -> Outcome:
    """Undo an approval: the goods are free again and a person decides anew. Picking must not have begun."""
    with transaction.atomic():
        free = [row[0] for row in query(_NOT_BEGUN, [list(order_ids)])]
        # The table of moves knows no way straight back: what was approved is stopped first.
        move([Move(pk, S.ON_HOLD, "held", _("Approval taken back")) for pk in free], actor=actor)
        free_goods(free)
        moved = _to_review(free, actor)
    left = [pk for pk in order_ids if pk not in set(moved)]
    nudge.after_commit()
    return Outcome(moved, refusals(left, S.PENDING_REVIEW))


_STOOD = """
SELECT DISTINCT ON (e.order_id) e.order_id, e.from_status FROM orders_orderevent e
WHERE e.order_id = ANY(%s) AND e.to_status = 'on_hold' ORDER BY e.order_id, e.id DESC
"""


def resume_orders(order_ids: Sequence[int], *, actor: User | None) -> Outcome:
    """Undo a hold: orders that were being reviewed are reviewed again, the others go on as after a release."""
    stood = dict(query(_STOOD, [list(order_ids)]))
    reviewed = [pk for pk in order_ids if stood.get(pk) == S.PENDING_REVIEW]
    with transaction.atomic():
        moved = _to_review(reviewed, actor)
        going_on = release_orders([pk for pk in order_ids if pk not in set(reviewed)], actor=actor)
    left = [pk for pk in reviewed if pk not in set(moved)]
    return Outcome(
        sorted([*moved, *going_on.done]), going_on.refused | refusals(left, S.PENDING_REVIEW)
    )


def hold_again(order_ids: Sequence[int], *, actor: User | None) -> Outcome:
    """Undo a release."""
    return hold_orders(order_ids, actor=actor, reason=_("Release taken back"))


def _to_review(order_ids: Sequence[int], actor: User | None) -> list[int]:
    """Back to a person: with this reason the rules do not judge them again."""
    moves = [Move(pk, S.PENDING_REVIEW, "taken_back", "", "taken_back") for pk in order_ids]
    return sorted(move(moves, actor=actor).moved)
