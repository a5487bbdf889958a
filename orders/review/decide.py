"""A person's decisions on orders under review."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from oms.models import User
from oms.sql import query, rows_json
from orders import nudge
from orders.fulfilment.free import free_goods
from orders.models.order import Order
from orders.outcome import Outcome
from orders.review import second
from orders.review.limits import FINANCE, REVIEW, roles_for
from orders.review.standing import IN_REVIEW, Standing, Step, lock_orders, obstacles, standing_of
from orders.states import OrderStatus
from orders.transition import Alike, Move, move, move_alike, record


def approve_orders(order_ids: Sequence[int], *, actor: User | None, reason: str = "") -> Outcome:
    """Let the orders pass to allocation; one for which a rule wants a second review goes to finance first.

    Refused for each order that the rights or the limits of `actor` do not reach, or whose first review was theirs.
    """
    return _let_pass(order_ids, IN_REVIEW, "approved", actor, reason)


def release_orders(order_ids: Sequence[int], *, actor: User | None, reason: str = "") -> Outcome:
    """End the hold: as an approval, or the orders go on from where picking had come."""
    return _let_pass(order_ids, (OrderStatus.ON_HOLD,), "released", actor, reason)


def hold_orders(order_ids: Sequence[int], *, actor: User | None, reason: str) -> Outcome:
    """Stop the orders with a reason. What is reserved stays reserved; their shipments cannot go on.

    Who decides second reviews only, stops only what waits for one.
    """
    stop = Decision(OrderStatus.ON_HOLD, "held", "held_by_person", reason, detail=reason)
    if actor is None or actor.has_perm(REVIEW) or not actor.has_perm(FINANCE):
        return decide(order_ids, stop, actor=actor)
    with transaction.atomic():
        lock_orders(order_ids)
        theirs = Order.objects.filter(
            pk__in=order_ids, status=OrderStatus.PENDING_REVIEW, reason_code="finance_review"
        )
        ids = set(theirs.values_list("pk", flat=True))
        outcome = decide([pk for pk in order_ids if pk in ids], stop, actor=actor)
    words = _("It does not wait for finance.")
    outcome.refused |= dict.fromkeys((pk for pk in order_ids if pk not in ids), words)
    return outcome


def let_go_on(order_ids: Sequence[int], *, actor: User | None) -> Outcome:
    """End a hold that is taken back: no new approval, so that no limit is asked."""
    go_on = Decision(OrderStatus.APPROVED, "released", "awaiting_stock", "")
    with transaction.atomic():
        lock_orders(order_ids)
        held = {
            one.order_id
            for one in standing_of(order_ids).values()
            if one.status == OrderStatus.ON_HOLD and one.step == Step.ONLY
        }
        outcome = decide([pk for pk in order_ids if pk in held], go_on, actor=actor)
    left = [pk for pk in order_ids if pk not in held]
    outcome.refused |= refusals(left, OrderStatus.APPROVED)
    return outcome


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


def _let_pass(
    order_ids: Sequence[int],
    sources: Collection[str],
    kind: str,
    actor: User | None,
    reason: str,
) -> Outcome:
    outcome = Outcome()
    with transaction.atomic():
        lock_orders(order_ids)
        standing = {pk: one for pk, one in standing_of(order_ids).items() if one.status in sources}
        refuse_obstructed(standing.values(), actor, outcome)
        going = defaultdict[Step, list[Standing]](list)
        for one in standing.values():
            if one.order_id not in outcome.refused:
                going[one.step].append(one)
        _to_allocation(going, kind, actor, reason)
        _to_finance([*going[Step.FIRST], *going[Step.BACK]], actor, reason)
    outcome.done = sorted(one.order_id for those in going.values() for one in those)
    left = [pk for pk in order_ids if pk not in standing]
    outcome.refused |= refusals(left, OrderStatus.APPROVED) if left else {}
    nudge.after_commit()
    return outcome


def refuse_obstructed(standing: Iterable[Standing], actor: User | None, outcome: Outcome) -> None:
    """Add to `outcome` those orders that this person may not approve, with the gravest reason."""
    if actor is None:
        return
    roles = roles_for(actor)
    for one in standing:
        found = obstacles(one, actor, roles)
        if found:
            outcome.refused[one.order_id] = f"{one.number}: {found[0].words}"
            outcome.codes[one.order_id] = found[0].code


def _to_allocation(
    going: dict[Step, list[Standing]], kind: str, actor: User | None, reason: str
) -> None:
    """The last step is done."""
    ids = {step: [one.order_id for one in going[step]] for step in (Step.ONLY, Step.SECOND)}
    target, waits = OrderStatus.APPROVED, "awaiting_stock"
    moves = [
        Alike(ids[Step.ONLY], target, kind, reason, waits),
        Alike(ids[Step.SECOND], target, kind, reason, waits, data={"step": Step.SECOND}),
    ]
    move_alike([one for one in moves if one.order_ids], actor=actor)
    if ids[Step.SECOND]:
        second.decide_second(ids[Step.SECOND], actor)


_WAIT_FOR_FINANCE = """
UPDATE orders_order o SET reason_code = 'finance_review', reason_detail = left(w.detail, 300)
FROM json_to_recordset(%s) AS w(order_id bigint, detail text) WHERE o.id = w.order_id
"""


def _to_finance(orders: Sequence[Standing], actor: User | None, reason: str) -> None:
    """The first step is done, or was; held ones come back to review, and what is reserved for them is free again."""
    if not orders:
        return
    held = [one for one in orders if one.status == OrderStatus.ON_HOLD]
    moves = [
        Move(one.order_id, OrderStatus.PENDING_REVIEW,
             "first_approved" if one.step == Step.FIRST else "back_to_finance",
             reason, "finance_review", one.rule_reason)
        for one in held
    ]  # fmt: skip
    if held:
        move(moves, actor=actor)
        free_goods([one.order_id for one in held])
    waiting = [one for one in orders if one.status != OrderStatus.ON_HOLD]
    rows = [{"order_id": one.order_id, "detail": one.rule_reason} for one in waiting]
    query(_WAIT_FOR_FINANCE, [rows_json(rows)])
    record([one.order_id for one in waiting], kind="first_approved", actor=actor, reason=reason)
    second.pass_first([one.order_id for one in orders if one.step == Step.FIRST], actor)
