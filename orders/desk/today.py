"""The start page: what waits, since when, and what stands still and why."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Case, F, QuerySet, Value, When
from django.urls import reverse

from oms.models import User
from oms.sql import query
from orders.desk.asked import VIEWS
from orders.desk.at_risk import AtRisk, at_risk
from orders.desk.counts import count_of, status_counts
from orders.desk.notes.sight import mine_of
from orders.desk.rows import Row, rows_of
from orders.models import Order
from orders.models.order import OrderQuerySet
from orders.reasons import why_of
from orders.review.rules.models import ReviewRule
from orders.states import OrderStatus

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

S = OrderStatus

QUEUES = ("review", "hold", "short", "ready", "picking")
STANDS_STILL = (S.ON_HOLD, S.BACKORDERED, S.PENDING_REVIEW)
OLDEST_SHOWN = 8
MOST_CAUSES = 8
MOST_GROUPED = 2_000  # of the orders that stand still, the oldest ones are grouped by cause


@dataclass(frozen=True, slots=True)
class Queue:
    """A tab of the order list with how many are in it (None: not known) and since when."""

    label: "StrPromise"
    url: str
    count: int | None
    oldest: datetime | None
    is_urgent: bool


@dataclass(frozen=True, slots=True)
class Cause:
    """Why so many orders stand still, and what moves them."""

    text: str
    fix: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Mine:
    """An open order that the reader looks after, and why it stands where it does."""

    order: Order
    why: str


@dataclass(frozen=True, slots=True)
class Today:
    queues: list[Queue]
    causes: list[Cause]
    oldest: list[Row]
    is_grouped_in_part: bool
    mine: list[Mine]
    risk: AtRisk
    paused_rules: list[str]


def today_of(user: User) -> Today:
    """What waits among the orders that `user` may see; seven queries, one more for who keeps the rules."""
    orders = Order.objects.visible_to(user)
    counts = status_counts(user)
    since = _oldest_of(orders)
    queues = []
    for name in QUEUES:
        view = VIEWS[name]
        moments = [since[status] for status in view.statuses if status in since]
        queues.append(
            Queue(
                label=view.label,
                url=f"{reverse('orders:list')}?tab={name}",
                count=count_of(counts, view.statuses),
                oldest=min(moments, default=None),
                is_urgent=view.is_urgent,
            )
        )
    causes = _causes(orders)
    grouped = sum(cause.count for cause in causes)
    mine = [
        Mine(order, why_of(order.status, order.reason_code, order.reason_detail).text)
        for order in mine_of(user, orders)
    ]
    return Today(
        queues, causes, _standing_still(orders), grouped >= MOST_GROUPED, mine, at_risk(orders),
        _paused_rules(user),
    )  # fmt: skip


def _paused_rules(user: User) -> list[str]:
    """The names of rules that the system had to pause, for people who can mend them."""
    if not user.has_perm("orders.change_reviewrule"):
        return []
    paused = ReviewRule.objects.filter(mode=ReviewRule.Mode.PAUSED)
    return list(paused.values_list("name", flat=True))


def _oldest_of(orders: OrderQuerySet) -> dict[str, datetime]:
    """When the oldest order of each queue was placed: one step into an index per status."""
    statuses = [status for name in QUEUES for status in VIEWS[name].statuses]
    firsts = [
        orders.filter(status=status).order_by("pk").values_list("status", "placed_at")[:1]
        for status in statuses
    ]
    return dict(firsts[0].union(*firsts[1:], all=True))


def _causes(orders: OrderQuerySet) -> list[Cause]:
    """The orders that stand still by cause, the commonest first."""
    # Which goods are short differs from order to order; the other details are the same words.
    detail = Case(When(reason_code="short", then=Value("…")), default=F("reason_detail"))
    standing = orders.exclude(reason_code="awaiting_review").values("status", "reason_code")
    rows, params = _oldest(standing.annotate(detail=detail), MOST_GROUPED).query.sql_with_params()
    groups = query(
        f"SELECT status, reason_code, detail, count(*) FROM ({rows}) o GROUP BY 1, 2, 3 "
        f"ORDER BY 4 DESC, 2, 3 LIMIT {MOST_CAUSES}",
        params,
    )
    causes = []
    for status, code, words, count in groups:
        reason = why_of(status, code, words)
        url = f"{reverse('orders:list')}?status={status}"
        causes.append(Cause(reason.text, reason.fix, count, url))
    return causes


def _oldest(orders: QuerySet[Order, Any], size: int) -> QuerySet[Order, Any]:
    """The oldest `size` of each status that stands still; each status is read for itself."""
    parts = [orders.filter(status=status).order_by("pk")[:size] for status in STANDS_STILL]
    return parts[0].union(*parts[1:], all=True)


def _standing_still(orders: OrderQuerySet) -> list[Row]:
    ids = _oldest(orders.exclude(reason_code="awaiting_review").values("pk"), OLDEST_SHOWN)
    return rows_of(Order.objects.filter(pk__in=ids).order_by("pk")[:OLDEST_SHOWN])
