"""How orders stand before somebody who would approve them: at which step, and what speaks against it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from oms.models import User
from oms.sql import int_array, query
from orders.review.limits import FINANCE, OVER_LIMIT, REVIEW, Figures, Roles
from orders.review.rules.facts import ORDERS_NOW, with_facts
from orders.states import OrderStatus

IN_REVIEW = (OrderStatus.PENDING_REVIEW, OrderStatus.ON_HOLD)
SECOND_REQUIRED, BY_ANOTHER, NO_RIGHT = (
    "second_review_required",
    "second_review_by_another",
    "permission_missing",
)


class Step(StrEnum):
    """What an approval of the order is now."""

    ONLY = "only"  # no second review is open
    FIRST = "first"  # finance comes next
    SECOND = "second"  # this is finance's word
    BACK = "back"  # held while it waited for finance: it waits for finance again


@dataclass(frozen=True, slots=True)
class Standing:
    """`asks_second`: a second review is open, because of `rule` in `version`; `is_passed`: its first step is done."""

    order_id: int
    number: str
    status: str
    reason_code: str
    reason_detail: str
    currency: str
    total: Decimal
    is_blocked: bool
    discount_percent: Decimal | None
    asks_second: bool
    is_passed: bool
    passed_by: int | None
    rule: str
    version: int | None
    rule_reason: str

    @property
    def step(self) -> Step:
        if not self.asks_second:
            return Step.ONLY
        if not self.is_passed:
            return Step.FIRST
        return Step.BACK if self.status == OrderStatus.ON_HOLD else Step.SECOND

    @property
    def figures(self) -> Figures:
        return Figures(self.currency, amount=self.total, discount_percent=self.discount_percent)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why somebody may not approve an order: a stable code, words, and what an event keeps of it."""

    code: str
    words: str
    data: dict[str, Any] = field(default_factory=dict)


_FACTS, _PARAMS = with_facts(
    ORDERS_NOW,
    {"discount_percent"},
    more="o.number, o.status, o.reason_code, o.reason_detail, o.currency, o.total_amount, o.customer_id, ",
)
_STANDING = f"""{_FACTS}
SELECT f.id, f.number, f.status, f.reason_code, f.reason_detail, f.currency, f.total_amount,
  coalesce(c.level = 'blocked', false), f.discount_percent,
  s.order_id IS NOT NULL, s.passed_at IS NOT NULL, s.passed_by_id,
  coalesce(v.kept ->> 'name', ''), v.number, coalesce(v.kept ->> 'reason', '')
FROM f LEFT JOIN customers_customer c ON c.id = f.customer_id
LEFT JOIN orders_secondreview s
  ON s.order_id = f.id AND s.decided_at IS NULL AND s.passed_over_at IS NULL
LEFT JOIN orders_ruleversion v ON v.id = s.version_id
"""
# A statement of its own: what is read beside a row one waits for is as it was before the wait.
_LOCK = "SELECT id FROM orders_order WHERE id = ANY(%s::bigint[]) ORDER BY id FOR NO KEY UPDATE"


def lock_orders(order_ids: Sequence[int]) -> None:
    """Keep everybody else from deciding about these orders until the transaction ends."""
    query(_LOCK, [int_array(order_ids)])


def standing_of(order_ids: Sequence[int]) -> dict[int, Standing]:
    """By order, those that exist. One statement."""
    rows = query(_STANDING, [int_array(order_ids), *_PARAMS])
    return {row[0]: Standing(*row) for row in rows}


def obstacles(one: Standing, actor: User, roles: Roles) -> list[Obstacle]:
    """What keeps this person from approving the order, the gravest first; empty when nothing does."""
    second = one.step == Step.SECOND
    right = FINANCE if second else REVIEW
    found = []
    if not actor.has_perm(right):
        words = _("The rule “%s” wants finance to decide.") % one.rule if second else (
            _("The role of %s does not include this.") % actor.username
        )  # fmt: skip
        code = SECOND_REQUIRED if second else NO_RIGHT
        found.append(Obstacle(code, f"{words} {roles.who_can(right, one.figures)}"))
    elif second and one.passed_by == actor.pk:
        words = _("You did the first review; the second needs another person.")
        found.append(Obstacle(BY_ANOTHER, f"{words} {roles.who_can(right, one.figures)}"))
    exceeded = None if one.step == Step.BACK else roles.exceeded(right, one.figures)
    if exceeded:
        words = f"{exceeded.words} {roles.who_can(right, one.figures)}"
        limit = None if exceeded.limit is None else str(exceeded.limit)
        found.append(Obstacle(OVER_LIMIT, words, {"what": exceeded.what, "limit": limit}))
    return found
