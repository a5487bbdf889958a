"""Taking a decision back: each verb puts orders where they stood before the decision was made."""

from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from oms.models import User
from oms.sql import int_array, query
from orders import nudge
from orders.fulfilment.free import free_goods
from orders.outcome import Outcome
from orders.review import second
from orders.review.decide import hold_orders, let_go_on, refusals
from orders.review.limits import FINANCE, FORCE, REVIEW
from orders.review.standing import NO_RIGHT, lock_orders
from orders.states import OrderStatus
from orders.transition import Move, move, record

S = OrderStatus

# Which approval stands: of finance, a forced one, the first one of an order that waits for finance, or the only one.
_STANDS = f"""
SELECT o.id, o.status = 'pending_review', CASE
  WHEN o.status = 'pending_review' THEN '{REVIEW}' WHEN s.decided_at IS NOT NULL THEN '{FINANCE}'
  WHEN (SELECT e.kind FROM orders_orderevent e
        WHERE e.order_id = o.id AND e.kind IN ('approved', 'released', 'forced') ORDER BY e.id DESC LIMIT 1) = 'forced'
  THEN '{FORCE}' ELSE '{REVIEW}' END
FROM orders_order o LEFT JOIN orders_secondreview s ON s.order_id = o.id
WHERE o.id = ANY(%s::bigint[]) AND (
  o.status IN ('approved', 'allocated', 'backordered') AND NOT EXISTS (
    SELECT FROM orders_shipment p WHERE p.order_id = o.id AND p.status NOT IN ('ready', 'cancelled'))
  OR o.status = 'pending_review' AND o.reason_code = 'finance_review' AND s.passed_by_id IS NOT NULL)
ORDER BY o.id
"""


def take_back_orders(order_ids: Sequence[int], *, actor: User | None) -> Outcome:
    """Undo the last approval: the goods are free again and a person decides that step anew.

    Picking must not have begun. What finance approved, or somebody forced, only those take back who may do so too.
    """
    outcome = Outcome()
    with transaction.atomic():
        lock_orders(order_ids)
        stands = query(_STANDS, [int_array(order_ids)])
        mine = [row for row in stands if actor is None or actor.has_perm(row[2])]
        approved = [pk for pk, is_waiting, _right in mine if not is_waiting]
        first = [pk for pk, is_waiting, _right in mine if is_waiting]
        # The table of moves knows no way straight back: what was approved is stopped first.
        reason = _("Approval taken back")
        move([Move(pk, S.ON_HOLD, "held", reason) for pk in approved], actor=actor)
        free_goods(approved)
        second.reopen(approved)
        outcome.done = sorted([*_to_review(approved, actor), *_take_back_first(first, actor)])
    gone, known = set(outcome.done), {row[0] for row in stands}
    words = _("Another role approved it: ask somebody of that role.")
    outcome.refused = dict.fromkeys(known - gone, words)
    outcome.codes = dict.fromkeys(known - gone, NO_RIGHT)
    outcome.refused |= refusals([pk for pk in order_ids if pk not in known], S.PENDING_REVIEW)
    nudge.after_commit()
    return outcome


_NO_LONGER_FINANCE = """
UPDATE orders_order SET reason_code = 'taken_back', reason_detail = '' WHERE id = ANY(%s::bigint[])
"""


def _take_back_first(order_ids: list[int], actor: User | None) -> list[int]:
    """Undo the first review of orders that wait for finance."""
    if order_ids:
        second.forget_first(order_ids)
        query(_NO_LONGER_FINANCE, [int_array(order_ids)])
        record(order_ids, kind="taken_back", actor=actor)
    return order_ids


_STOOD = """
SELECT DISTINCT ON (e.order_id) e.order_id, e.from_status FROM orders_orderevent e
WHERE e.order_id = ANY(%s) AND e.to_status = 'on_hold' ORDER BY e.order_id, e.id DESC
"""


def resume_orders(order_ids: Sequence[int], *, actor: User | None) -> Outcome:
    """Undo a hold: orders that were being reviewed are reviewed again, the others go on as after a release."""
    stood = dict(query(_STOOD, [list(order_ids)]))
    reviewed = [pk for pk in order_ids if stood.get(pk) == S.PENDING_REVIEW]
    others = [pk for pk in order_ids if pk not in set(reviewed)]
    with transaction.atomic():
        moved = _to_review(reviewed, actor)
        going_on = let_go_on(others, actor=actor)
    left = [pk for pk in reviewed if pk not in set(moved)]
    return Outcome(
        sorted([*moved, *going_on.done]), going_on.refused | refusals(left, S.PENDING_REVIEW)
    )


def hold_again(order_ids: Sequence[int], *, actor: User | None) -> Outcome:
    """Undo a release; one that led to finance was the first review of the order and is none any more."""
    with transaction.atomic():
        outcome = hold_orders(order_ids, actor=actor, reason=_("Release taken back"))
        second.forget_first(outcome.done, by=actor)
    return outcome


# The order waits for finance again where the first step of an open second review stays done.
_WAITS_FOR = """
SELECT s.order_id, v.kept ->> 'reason' FROM orders_secondreview s JOIN orders_ruleversion v ON v.id = s.version_id
WHERE s.order_id = ANY(%s::bigint[]) AND s.passed_at IS NOT NULL
  AND s.decided_at IS NULL AND s.passed_over_at IS NULL
"""


def _to_review(order_ids: Collection[int], actor: User | None) -> list[int]:
    """Back to a person: with these reasons the rules do not judge them again."""
    finance: dict[int, str] = dict(query(_WAITS_FOR, [int_array(order_ids)]))
    moves = [
        Move(pk, S.PENDING_REVIEW, "taken_back", "",
             "finance_review" if pk in finance else "taken_back", finance.get(pk, ""))
        for pk in order_ids
    ]  # fmt: skip
    return sorted(move(moves, actor=actor).moved)
