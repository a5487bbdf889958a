"""A confirmed order was changed: do the rules still let it pass?"""

import json
from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from oms.sql import query
from orders.review.judge import Group, data_of, judge
from orders.review.rules.book import current_book
from orders.review.rules.fields import FIELDS
from orders.review.rules.text import Outcome
from orders.states import OrderStatus, is_legal
from orders.transition import Move, move

_STOPPING = (Outcome.HOLD, Outcome.CANCEL)


@dataclass(frozen=True, slots=True)
class Looked:
    """Which active rules (by name) read what was changed, and whether the order was stopped for that."""

    rules: tuple[str, ...] = ()
    is_stopped: bool = False


_LAST_APPROVAL = """
SELECT actor_id IS NOT NULL FROM orders_orderevent
WHERE order_id = %s AND kind IN ('approved', 'released') ORDER BY id DESC LIMIT 1
"""


def look_again(order_id: int, status: str, changed: Collection[str], *, is_dearer: bool) -> Looked:
    """Judge a changed order by the rules once more and stop it if they would not approve it now.

    An approval stands when no rule reads what was changed; one that a person gave does not stand when the order
    became dearer. The order is locked by the caller.
    """
    book = current_book()
    names = tuple(
        rule.text.name
        for rule in book.rules
        if not rule.is_shadow and any(_is_edited_by(name, changed) for name in rule.fields)
    )
    if not is_legal(status, OrderStatus.ON_HOLD) or status == OrderStatus.PENDING_REVIEW:
        return Looked(names)
    if not names:
        if not (is_dearer and _was_person(order_id)):
            return Looked()
        stop = _changed(order_id)
    else:
        [group] = judge(book, [order_id])
        if group.decision.outcome == Outcome.APPROVE:
            return Looked(names)
        stop = _stop_for(order_id, group)
    move([stop], actor=None, actor_name="rules")
    return Looked(names, is_stopped=True)


def _is_edited_by(name: str, changed: Collection[str]) -> bool:
    return not FIELDS[name].edits.isdisjoint(changed)


def _stop_for(order_id: int, group: Group) -> Move:
    """A rule that would cancel it only stops it: the order was on its way."""
    decision = group.decision
    if decision.outcome not in _STOPPING:
        return _changed(order_id)
    reason, data = decision.reason, data_of(decision) | {"seen": json.loads(group.seen[0])}
    return Move(order_id, OrderStatus.ON_HOLD, "held", reason, "held_by_rule", reason, data)


def _changed(order_id: int) -> Move:
    words = _("Changed after approval")
    return Move(order_id, OrderStatus.ON_HOLD, "held", reason_code="changed", reason=words)


def _was_person(order_id: int) -> bool:
    rows = query(_LAST_APPROVAL, [order_id])
    return bool(rows and rows[0][0])
