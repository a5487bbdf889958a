"""The forced approvals, newest first: who went over what, when and why."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from oms.display import time_text
from oms.models import User
from orders.models import Order, OrderEvent
from orders.review.limits import FORCE
from orders.review.passed_over import words_of

Events = QuerySet[OrderEvent, OrderEvent]
LATELY = timedelta(days=7)
_MOST_COUNTED = 100


@dataclass(frozen=True, slots=True)
class Forced:
    """One of them as the list shows it."""

    number: str
    url: str
    customer: str
    total: Decimal
    currency: str
    status: str
    at: datetime
    who: str
    reason: str
    passed_over: list[str]


def forced_among(
    user: User, *, by: User | None = None, since: date | None = None, until: date | None = None
) -> Events:
    """Of the orders that `user` may see; `since` and `until` are days of the store, both included."""
    events = OrderEvent.objects.filter(kind="forced", order__in=Order.objects.visible_to(user))
    if by:
        events = events.filter(actor=by)
    if since:
        events = events.filter(created_at__gte=_midnight(since))
    if until:
        events = events.filter(created_at__lt=_midnight(until + timedelta(days=1)))
    return events.select_related("order")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def shown(events: Iterable[OrderEvent]) -> Iterator[Forced]:
    for event in events:
        order = event.order
        yield Forced(
            order.number, order.get_absolute_url(), order.customer_name, order.total_amount,
            order.currency, order.status, event.created_at, event.actor_name, event.reason,
            words_of(event.data.get("passed_over", [])),
        )  # fmt: skip


def table_of(events: Events) -> Iterator[list[str]]:
    """The headings, then one row each, read as they are written."""
    yield [
        _("Time"),
        _("Who"),
        _("Order"),
        _("Customer"),
        _("Currency"),
        _("Amount"),
        _("Passed over"),
        _("Reason"),
    ]
    for one in shown(events.order_by("-pk").iterator(500)):
        yield [
            time_text(one.at), one.who, one.number, one.customer, one.currency, str(one.total),
            "; ".join(one.passed_over), one.reason,
        ]  # fmt: skip


def who_may_force() -> QuerySet[User, User]:
    """Those whose roles include it now."""
    app, codename = FORCE.split(".")
    may = User.objects.filter(
        groups__permissions__codename=codename,
        groups__permissions__content_type__app_label=app,
    )
    return may.distinct().order_by("username")


def forced_lately(user: User) -> int:
    """How many in the last seven days, no more than are worth counting."""
    events = OrderEvent.objects.filter(kind="forced", created_at__gte=timezone.now() - LATELY)
    return events[:_MOST_COUNTED].count() if user.has_perm("orders.view_forced") else 0
