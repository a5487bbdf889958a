"""A confirmed order was changed: do the rules still let it pass?"""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from oms.sql import query
from orders.review.judge import active_rules, verdict_on
from orders.review.models import RuleCondition
from orders.states import OrderStatus, is_legal
from orders.transition import Move, move

Field = RuleCondition.Field
READ_BY = {
    "total": {Field.TOTAL, Field.UNPAID},
    "pieces": {Field.PIECES},
    "skus": {Field.SKU},
    "ship_country": {Field.COUNTRY},
    "ship_province": {Field.PROVINCE},
    "ship_street": {Field.STREET},
    "ship_phone": {Field.PHONE},
    "note": {Field.NOTE},
}
"""What of an order can change, and which conditions ask about it."""


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
    rules = active_rules()
    fields = set[str]().union(*(READ_BY.get(name, set()) for name in changed))
    names = tuple(
        one.rule.name
        for one in rules
        if fields & {condition.field for condition in one.rule.conditions.all()}
    )
    if not is_legal(status, OrderStatus.ON_HOLD) or status == OrderStatus.PENDING_REVIEW:
        return Looked(names)
    verdict = verdict_on(rules, order_id) if names else None
    if verdict and verdict.target == OrderStatus.APPROVED:
        return Looked(names)
    if verdict is None and not names and not (is_dearer and _was_person(order_id)):
        return Looked()
    stop = verdict or Move(
        order_id,
        OrderStatus.ON_HOLD,
        "held",
        reason_code="changed",
        reason=_("Changed after approval"),
    )
    move([stop], actor=None, actor_name="rules")
    return Looked(names, is_stopped=True)


def _was_person(order_id: int) -> bool:
    rows = query(_LAST_APPROVAL, [order_id])
    return bool(rows and rows[0][0])
