"""Reading orders: the list and one order with everything that belongs to it."""

import re
from datetime import datetime
from typing import Any

from django.db.models.expressions import RawSQL
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query

from integrations.api import pages
from integrations.api.answers import answer
from integrations.api.caller import Needs, caller_of
from integrations.api.order_detail import show_detail
from integrations.api.placing import router
from integrations.api.problems import invalid_input, not_found
from integrations.api.schema.filters import OrderFilters
from integrations.api.schema.order_detail import OrderDetail
from integrations.api.schema.orders import OrderPage
from oms.errors import FieldError
from oms.models import User
from orders.desk.newest import newest
from orders.desk.search import found
from orders.models import Order
from orders.models.order import OrderQuerySet
from orders.states import OrderStatus

MAY_READ = Needs("orders:read", "orders.view_order")

_NUMBER = re.compile(r"[A-Za-z]{1,4}[0-9]{1,20}")
COLUMNS = (
    "id", "number", "external_no", "channel__code", "status", "reason_code", "customer_name",
    "currency", "total_amount", "placed_at", "promised_at", "version",
)  # fmt: skip
# With a limit inside, PostgreSQL reads the phone index first instead of walking over all orders.
_BY_PHONE = "SELECT order_id FROM orders_ordersearch WHERE phone_tail LIKE %s LIMIT 1000"


def the_order(user: User, number: str) -> Order:
    """The order with this number. Raises Problem (404) when there is none that `user` may see."""
    order = None
    if _NUMBER.fullmatch(number):
        visible = Order.objects.visible_to(user).with_number(number)
        order = visible.select_related("channel").first()
    if order is None:
        raise not_found()
    return order


def locked_order(user: User, number: str) -> Order:
    """The same, locked until the transaction ends: where it stands is where it stays."""
    order = the_order(user, number)
    return Order.objects.select_for_update(no_key=True).get(pk=order.pk)


@router.get("/orders", auth=MAY_READ, response=OrderPage)
def list_orders(request: HttpRequest, filters: Query[OrderFilters]) -> HttpResponse:
    """Orders, the newest first; those placed in a span of time by that time."""
    pages.refuse_unknown(request, OrderFilters)
    _check_span(filters)
    orders = _narrowed(Order.objects.visible_to(caller_of(request).user), filters)
    by_time = (filters.placed_from or filters.placed_to) and not filters.q
    rows = _by_time(orders, filters) if by_time else _by_id(orders, filters)
    key = _time_key if by_time else _id_key
    return answer(pages.page(rows, filters.limit, show_summary, key))


@router.get("/orders/{number}", auth=MAY_READ, response=OrderDetail)
def get_order(request: HttpRequest, number: str) -> HttpResponse:
    """One order with its lines, events, reservations, shipments and payments."""
    user = caller_of(request).user
    return answer(show_detail(the_order(user, number), user))


def show_summary(row: dict[str, Any]) -> dict[str, Any]:
    """A row of the list."""
    return {name.removesuffix("__code"): row[name] for name in COLUMNS}


def _check_span(filters: OrderFilters) -> None:
    errors = [
        FieldError(
            name, "no_zone", _("Give the time with its zone, as in 2026-11-22T14:05:00+08:00.")
        )
        for name in ("placed_from", "placed_to")
        if (moment := getattr(filters, name)) and moment.tzinfo is None
    ]
    if errors:
        raise invalid_input(errors)
    start, end = filters.placed_from, filters.placed_to
    if start and end and end < start:
        message = _("The span ends before it begins.")
        raise invalid_input([FieldError("placed_to", "before_start", message, end.isoformat())])


def _narrowed(orders: OrderQuerySet, filters: OrderFilters) -> OrderQuerySet:
    exact = {
        "number": filters.number.upper(),
        "external_no": filters.external_no,
        "channel__code": filters.channel,
        "placed_at__gte": filters.placed_from,
        "placed_at__lt": filters.placed_to,
    }
    orders = orders.filter(**{name: value for name, value in exact.items() if value})
    if filters.phone:
        orders = orders.filter(pk__in=RawSQL(_BY_PHONE, (filters.phone[::-1] + "%",)))
    return orders


def _wanted(filters: OrderFilters) -> list[OrderStatus]:
    return [OrderStatus(word) for word in filters.status.split(",") if word]


def _by_id(orders: OrderQuerySet, filters: OrderFilters) -> list[dict[str, Any]]:
    after = pages.decode_cursor(filters.cursor, int)
    before = after[0] if after else None
    statuses, size = _wanted(filters), filters.limit + 1
    if filters.q:
        ids = found(orders, filters.q, statuses=statuses, before=before, size=size).ids
        return list(Order.objects.filter(pk__in=ids).order_by("-pk").values(*COLUMNS))
    rows: Any = orders.values(*COLUMNS)
    page: Any = newest(rows, statuses, size, before=before)
    return list(page)


def _by_time(orders: OrderQuerySet, filters: OrderFilters) -> list[dict[str, Any]]:
    after = pages.decode_cursor(filters.cursor, str, int)
    if after:
        try:
            moment = datetime.fromisoformat(after[0])
        except ValueError:
            raise pages.bad_cursor(filters.cursor) from None
        place = RawSQL("(placed_at, orders_order.id) < (%s, %s)", (moment, after[1]))
        orders = orders.filter(placed_at__lte=moment).annotate(is_after=place).filter(is_after=True)
    if filters.status:
        orders = orders.filter(status__in=_wanted(filters))
    rows: Any = orders.order_by("-placed_at", "-pk").values(*COLUMNS)
    return list(rows[: filters.limit + 1])


def _id_key(row: dict[str, Any]) -> tuple[Any, ...]:
    return (row["id"],)


def _time_key(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["placed_at"].isoformat(), row["id"]
