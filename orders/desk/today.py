"""The start page: what waits, since when, and what stands still and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Case, Count, F, Value, When
from django.urls import reverse

from oms.models import User
from orders.desk.asked import VIEWS
from orders.desk.counts import count_of, status_counts
from orders.desk.listing import Row, rows_of
from orders.models import Order
from orders.models.order import OrderQuerySet
from orders.reasons import why
from orders.states import OrderStatus

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

S = OrderStatus

QUEUES = ("review", "hold", "short", "ready", "picking")
STANDS_STILL = (S.ON_HOLD, S.BACKORDERED, S.PENDING_REVIEW)
OLDEST_SHOWN = 8
MOST_CAUSES = 8
MOST_GROUPED = 5_000  # of the orders that stand still, the oldest ones are grouped by cause


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
class Today:
    queues: list[Queue]
    causes: list[Cause]
    oldest: list[Row]
    is_grouped_in_part: bool


def today_of(user: User) -> Today:
    """What waits among the orders that `user` may see; four queries."""
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
    return Today(queues, causes, _standing_still(orders), grouped >= MOST_GROUPED)


def _oldest_of(orders: OrderQuerySet) -> dict[str, datetime]:
    """When the oldest order of each queue was placed: one step into an index per status."""
    statuses = [status for name in QUEUES for status in VIEWS[name].statuses]
    firsts = [
        orders.filter(status=status).order_by("pk").values_list("status", "placed_at")[:1]
        for status in statuses
    ]
    return dict(firsts[0].union(*firsts[1:], all=True))


def _first(orders: OrderQuerySet, statuses: Sequence[OrderStatus], size: int) -> OrderQuerySet:
    """The oldest `size` of each status, oldest first."""
    firsts = [
        orders.filter(status=status).order_by("pk").values("pk")[:size] for status in statuses
    ]
    ids = firsts[0].union(*firsts[1:], all=True)
    return Order.objects.filter(pk__in=ids)


def _causes(orders: OrderQuerySet) -> list[Cause]:
    """The orders that stand still by cause, the commonest first."""
    # Which goods are short differs from order to order; the other details are the same words.
    detail = Case(When(reason_code="short", then=Value("…")), default=F("reason_detail"))
    groups = (
        _first(orders, STANDS_STILL, MOST_GROUPED)
        .exclude(reason_code="awaiting_review")
        .values("reason_code", "status", detail=detail)
        .annotate(count=Count("pk"))
        .order_by("-count", "reason_code", "detail")[:MOST_CAUSES]
    )
    causes = []
    for group in groups:
        reason = why(
            Order(
                status=group["status"],
                reason_code=group["reason_code"],
                reason_detail=group["detail"],
            )
        )
        url = f"{reverse('orders:list')}?status={group['status']}"
        causes.append(Cause(reason.text, reason.fix, group["count"], url))
    return causes


def _standing_still(orders: OrderQuerySet) -> list[Row]:
    oldest = _first(orders, STANDS_STILL, OLDEST_SHOWN).exclude(reason_code="awaiting_review")
    return rows_of(oldest.order_by("pk")[:OLDEST_SHOWN])
