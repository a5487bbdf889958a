"""Which exceptions somebody sees: the cards by kind, and one page of the list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Count, Min, Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import pgettext

from oms.keyset import Page, page_of
from oms.models import User
from orders.desk.deadline import Deadline, time_left
from orders.exceptions.cause import Fix
from orders.exceptions.causes import CAUSES, SHORT
from orders.exceptions.models import ExceptionKind, OrderException
from orders.models import Order
from orders.supply.outlook import outlook_of_orders

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

_TO_DO = Q(waiting_until__isnull=True)
# Of an order, a file and a colleague only what a row shows.
_SHOWN = (
    "kind", "cause", "data", "opened_at", "deadline_at", "waiting_until", "closed_at", "closed_how",
    "order__number", "order__customer_name", "order__status", "batch__file_name", "other__number",
    "owner__username", "owner__first_name", "owner__last_name",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: a kind ("" all), `who` ("mine", "nobody" or ""), and whether the waiting ones."""

    kind: str
    who: str
    is_waiting: bool

    def url(self, **changes: str) -> str:
        parts = {"kind": self.kind, "who": self.who, "waiting": "1" if self.is_waiting else ""}
        kept = {name: value for name, value in (parts | changes).items() if value}
        return f"?{urlencode(kept)}" if kept else "."


@dataclass(frozen=True, slots=True)
class Card:
    """A kind with how many of it are to do, and since when the oldest."""

    label: "str | StrPromise"
    url: str
    count: int
    waiting: int
    oldest: datetime | None
    is_current: bool


@dataclass(frozen=True, slots=True)
class Row:
    """An exception as the list shows it."""

    exception: OrderException
    text: str
    fix: Fix
    deadline: Deadline
    url: str

    @property
    def subject(self) -> str:
        one = self.exception
        return one.order.number if one.order else one.batch.file_name if one.batch else ""


def asked_in(query: QueryDict) -> Asked:
    """What makes no sense is left out, so that an old address still shows a list."""
    kind, who = query.get("kind", ""), query.get("who", "")
    return Asked(
        kind if kind in ExceptionKind.values else "",
        who if who in ("mine", "nobody") else "",
        query.get("waiting") == "1",
    )


def visible_to(user: User) -> QuerySet[OrderException]:
    """Exceptions of the orders that `user` may see, and of imports where they may see those."""
    is_limited = user.warehouse_limits.exists()
    sees_imports = user.has_perm("orders.view_importbatch")
    if not is_limited and sees_imports:
        return OrderException.objects.all()
    seen = Q(order__in=Order.objects.visible_to(user)) if is_limited else Q(order__isnull=False)
    if sees_imports:
        seen |= Q(batch__isnull=False)
    return OrderException.objects.filter(seen)


def open_counts(user: User) -> dict[str, int]:
    """How many exceptions of each kind are to do, for the pages that show a block of them. Two queries."""
    to_do = visible_to(user).filter(_TO_DO, closed_at=None)
    return dict(to_do.order_by().values_list("kind").annotate(Count("kind")))


def cards_of(user: User, exceptions: QuerySet[OrderException], asked: Asked) -> list[Card]:
    """One for all kinds, then one per kind; one query."""
    groups = _of(user, exceptions.filter(closed_at=None), asked.who).order_by().values("kind")
    counted = groups.annotate(
        to_do=Count("kind", filter=_TO_DO),
        waiting=Count("kind", filter=~_TO_DO),
        oldest=Min("opened_at", filter=_TO_DO),
    )
    found: dict[str, dict[str, Any]] = {group["kind"]: {**group} for group in counted}
    moments = [group["oldest"] for group in found.values() if group["oldest"]]
    total = Card(
        label=pgettext("exceptions", "All"),
        url=asked.url(kind=""),
        count=sum(group["to_do"] for group in found.values()),
        waiting=sum(group["waiting"] for group in found.values()),
        oldest=min(moments, default=None),
        is_current=not asked.kind,
    )
    nothing: dict[str, Any] = {"to_do": 0, "waiting": 0, "oldest": None}
    return [total] + [_card(kind, found.get(kind.value, nothing), asked) for kind in ExceptionKind]


def _card(kind: ExceptionKind, group: Mapping[str, Any], asked: Asked) -> Card:
    return Card(
        label=kind.label,
        url=asked.url(kind=kind.value),
        count=group["to_do"],
        waiting=group["waiting"],
        oldest=group["oldest"],
        is_current=asked.kind == kind.value,
    )


def page(
    user: User, exceptions: QuerySet[OrderException], asked: Asked, query: QueryDict
) -> Page[OrderException]:
    """One page of those that are `wanted`. One query."""
    return page_of(with_shown(wanted(user, exceptions, asked)), query, order_of(asked))


def wanted(
    user: User, exceptions: QuerySet[OrderException], asked: Asked
) -> QuerySet[OrderException]:
    rows = _of(user, exceptions.filter(closed_at=None), asked.who)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    return rows.exclude(_TO_DO) if asked.is_waiting else rows.filter(_TO_DO)


def order_of(asked: Asked) -> tuple[str, str]:
    """What is due first, then the oldest; of those that wait, what comes back first."""
    return ("waiting_until", "id") if asked.is_waiting else ("deadline_at", "id")


def with_shown(exceptions: QuerySet[OrderException]) -> QuerySet[OrderException]:
    """With what `row_of` tells of each, in the same query."""
    return exceptions.select_related("order", "batch", "other", "owner").only(*_SHOWN)


def _of(user: User, exceptions: QuerySet[OrderException], who: str) -> QuerySet[OrderException]:
    if who == "mine":
        return exceptions.filter(owner=user)
    return exceptions.filter(owner=None) if who == "nobody" else exceptions


def row_of(one: OrderException, now: datetime) -> Row:
    """Of an exception that was read `with_shown`."""
    url = f"{reverse('exceptions:queue')}?at={one.pk}"
    fix = CAUSES[one.cause].fixes[0]
    return Row(one, text_of(one), fix, time_left(one.deadline_at, now), url)


def with_outlook(rows: Sequence[Row]) -> list[Row]:
    """The rows, those of short orders with the day that their goods can be expected."""
    short = [row.exception.order_id for row in rows if row.exception.cause == SHORT.name]
    outlook = outlook_of_orders([pk for pk in short if pk])
    return [
        replace(row, text=f"{row.text} · {words}")
        if (words := outlook.get(row.exception.order_id or 0)) and row.exception.cause == SHORT.name
        else row
        for row in rows
    ]


def text_of(one: OrderException) -> str:
    """The cause in words, of an exception that was read `with_shown`."""
    data = dict(one.data) | ({"other": one.other.number} if one.other else {})
    return CAUSES[one.cause].words(data)
