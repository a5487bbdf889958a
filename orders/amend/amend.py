"""Changing an order that is there: address, note, amounts and lines, with everything that follows from it."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from oms.errors import InvalidInput, NotPossible, Stale
from oms.models import User
from oms.texts import check_text
from orders import nudge
from orders.amend.goods import move_goods
from orders.amend.plan import Changes, Planned, faults, plan
from orders.amend.state import ADDRESS, OrderState, state_of
from orders.amend.write import write
from orders.intake.draft import Catalogue, OrderDraft
from orders.intake.lookup import look_up
from orders.models import Order
from orders.parcels.leave import leave_parcels
from orders.parcels.recipient import address_again
from orders.review import second
from orders.review.again import Looked, look_again
from orders.review.judge_again import (
    judge_again,
    judge_waiting_for_finance,
    reconsider_held,
)
from orders.states import OrderStatus

S = OrderStatus
LINES_OPEN = frozenset(OrderStatus) - {S.SHIPPED, S.DELIVERED, S.COMPLETED, S.CANCELLED}
"""Orders of which something is still in the house."""
ADDRESS_OPEN = LINES_OPEN - {S.PARTIALLY_SHIPPED}
REASON_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Amended:
    """The order before and after, and what the rules said to the change."""

    before: OrderState
    after: OrderState
    looked: Looked


def amend_order(
    order_id: int, *, version: int, changes: Changes, actor: User | None, reason: str = ""
) -> Order:
    """Change an order as it was at `version`; goods, amounts, status and review follow.

    Raises Stale with both versions when somebody was faster, InvalidInput with every wrong field (named as in
    `orders.amend.plan`), NotPossible when the order is too far for such a change.
    """
    carry_out(order_id, version=version, changes=changes, actor=actor, reason=reason)
    return Order.objects.get(pk=order_id)


def carry_out(
    order_id: int, *, version: int, changes: Changes, actor: User | None, reason: str = ""
) -> Amended:
    """`amend_order`, telling what it did. To look without doing, roll its transaction back."""
    with transaction.atomic():
        orders = Order.objects.select_related("channel")
        order = orders.select_for_update(of=("self",), no_key=True).get(pk=order_id)
        before = state_of(order_id)
        if order.version != version:
            raise _stale(order, before, changes)
        channel = order.channel.code
        known = _catalogue(channel, changes)
        planned = _judged(before, changes, known, channel, reason)
        if planned.is_empty:
            return Amended(before, before, Looked())
        codes = {sku.id: sku.code for sku in known.skus.values()}
        write(order, before, planned, codes=codes, actor=actor, reason=reason)
        if planned.head.keys() & set(ADDRESS):
            _go_elsewhere(order_id, actor)
        move_goods(before, planned)
        looked = _review(order_id, before, planned)
        after = state_of(order_id)
    nudge.after_commit()
    return Amended(before, after, looked)


def _go_elsewhere(order_id: int, actor: User | None) -> None:
    """Who gets the parcels has changed: what travelled with others does so no more."""
    moved = address_again([order_id])
    leave_parcels(moved, actor=actor, reason=_("Its address was changed."))


def _judged(
    before: OrderState, changes: Changes, known: Catalogue, channel: str, reason: str
) -> Planned:
    planned = plan(before, changes, known, channel)
    _require_open(before, planned)
    errors = [
        *faults(before, changes, planned, known, channel),
        *check_text("reason", reason, REASON_LENGTH),
    ]
    if errors:
        raise InvalidInput(list(dict.fromkeys(errors)))
    return planned


def _catalogue(channel: str, changes: Changes) -> Catalogue:
    if not changes.added:
        return Catalogue({}, {})
    return look_up([OrderDraft(channel=channel, lines=list(changes.added))]).catalogue


def _stale(order: Order, before: OrderState, changes: Changes) -> Stale:
    theirs: dict[str, Any] = {name: before.head.get(name) for name in changes.head}
    return Stale(
        _("Somebody changed order %s while you were writing.") % order.number,
        theirs=theirs,
        yours=dict(changes.head),
    )


def is_open(status: str, name: str) -> bool:
    """Whether a field of an order in this status can still be changed; `name` as in `HEAD`, or a line's."""
    if name in ADDRESS:
        return status in ADDRESS_OPEN
    return status != S.CANCELLED if name == "note" else status in LINES_OPEN


def _require_open(before: OrderState, planned: Planned) -> None:
    """Raises NotPossible when what is to be changed cannot be changed any more."""
    words = {"number": before.number, "status": S(before.status).label}
    if planned.touches_lines and not is_open(before.status, "lines"):
        raise NotPossible(
            _("Order %(number)s is “%(status)s”; its lines cannot be changed any more.") % words
        )
    closed = [name for name in planned.head if not is_open(before.status, name)]
    if closed == ["note"]:
        raise NotPossible(_("Order %(number)s is “%(status)s”; comment on it instead.") % words)
    if closed:
        raise NotPossible(
            _("Order %(number)s is “%(status)s”; its address cannot be changed any more.") % words
        )


def _review(order_id: int, before: OrderState, planned: Planned) -> Looked:
    status = Order.objects.values_list("status", flat=True).get(pk=order_id)
    judge_again([order_id])
    is_dearer = planned.total > before.total
    looked = look_again(order_id, status, _changed(before, planned), is_dearer=is_dearer)
    if looked.rules and status == S.ON_HOLD:
        reconsider_held([order_id])
    if status == S.PENDING_REVIEW and (looked.rules or is_dearer):
        # What a person passed to finance was another order.
        second.forget_first([order_id])
        judge_waiting_for_finance([order_id])
    return looked


def _changed(before: OrderState, planned: Planned) -> set[str]:
    """The names, as the rules know them, of what is now otherwise."""
    changed = set(planned.head)
    if planned.total != before.total:
        changed.add("total")
    if planned.changes_goods:
        changed.add("pieces")
    if planned.added_lines or any(not line.wanted for line in planned.changed_lines):
        changed.add("skus")
    return changed
