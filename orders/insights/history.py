"""What a customer ordered: answers `customers.history`."""

from datetime import date, datetime, time

from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils import timezone

from customers.history import History, Month, PastOrder, PastReturn, Spent, Twin
from oms.keyset import page_of
from oms.models import User
from orders.insights.customer_figures import Figures, figures_of
from orders.models import Order, Return, ReturnLine
from orders.models.order import OrderQuerySet
from orders.people.duplicates import twins_of

SHOWN_RETURNS = 20
MONTHS = 12
MOST_ORDERS = 20_000
_SHOWN = ("number", "placed_at", "status", "total_amount", "currency", "channel__name")


def history_of_customer(customer_id: int, user: User, asked: QueryDict) -> History:
    """Figures (without cancelled orders and drafts), one page of the orders, and who may be the same."""
    orders = Order.objects.visible_to(user)
    months = last_months(timezone.localdate(timezone=timezone.get_default_timezone()))
    begins = [_midnight(month) for month in months]
    figures = figures_of(customer_id, orders, user, most=MOST_ORDERS, months=begins)
    history = _told(figures, months)
    history.month = next((m for m in map(_name, months) if m == asked.get("month")), "")
    mine = orders.filter(customer_id=customer_id)
    shown = _of_month(mine, history.month).select_related("channel").only(*_SHOWN)
    page = page_of(shown, asked, ("-placed_at", "-id"))
    history.pager = page.pager
    history.orders = [_past_order(order) for order in page.rows]
    history.returns = _returns(customer_id, mine, user)
    if user.has_perm("customers.merge_customer"):
        history.twins = [
            Twin(pair.other if pair.one.pk == customer_id else pair.one, pair.why)
            for pair in twins_of(customer_id)
        ]
    return history


def last_months(today: date) -> list[date]:
    """The first days of the last twelve months, this one included."""
    count = today.year * MONTHS + today.month - 1
    return [date(at // MONTHS, at % MONTHS + 1, 1) for at in range(count - MONTHS + 1, count + 1)]


def _name(month: date) -> str:
    return f"{month:%Y-%m}"


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, timezone.get_default_timezone())


def _of_month(orders: OrderQuerySet, month: str) -> OrderQuerySet:
    if not month:
        return orders
    first = date.fromisoformat(f"{month}-01")
    after = date(first.year + first.month // MONTHS, first.month % MONTHS + 1, 1)
    return orders.filter(placed_at__gte=_midnight(first), placed_at__lt=_midnight(after))


def _told(figures: Figures, months: list[date]) -> History:
    return History(
        order_count=figures.orders,
        is_capped=figures.is_capped,
        spent=[Spent(one.currency, one.orders, one.amount) for one in figures.spent],
        unpaid=[Spent(one.currency, one.orders, one.amount) for one in figures.unpaid],
        return_percent=figures.return_percent,
        returned=figures.returned,
        months=[
            Month(_name(month), count) for month, count in zip(months, figures.months, strict=True)
        ],
        last_placed_at=figures.last_placed_at,
    )


def _past_order(order: Order) -> PastOrder:
    return PastOrder(
        number=order.number,
        url=order.get_absolute_url(),
        placed_at=order.placed_at,
        channel=order.channel.name,
        status=order.status,
        total=order.total_amount,
        currency=order.currency,
    )


def _returns(customer_id: int, orders: OrderQuerySet, user: User) -> list[PastReturn]:
    """The newest documents; who sees only some of the orders sees only what is linked to those."""
    if not user.has_perm("orders.view_return"):
        return []
    is_limited = Exists(user.warehouse_limits.all())
    linked = ReturnLine.objects.filter(document=OuterRef("pk"), order_line__order__in=orders)
    documents = Return.objects.filter(~is_limited | Exists(linked), customer_id=customer_id)
    summed = documents.annotate(
        pieces=Coalesce(Sum("lines__quantity"), 0),
        waiting=Count("lines", filter=Q(lines__status="waiting")),
    )
    return [
        PastReturn(
            number=one.external_no,
            happened_at=one.happened_at,
            pieces=one.pieces,
            amount=one.amount,
            currency=one.currency,
            is_waiting=one.waiting > 0,
        )
        for one in summed.order_by("-happened_at", "-pk")[:SHOWN_RETURNS]
    ]
