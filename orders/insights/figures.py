"""The dashboard's figures, read from the roll-up that every placement and move keeps up."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from oms.sql import query
from orders.states import OrderStatus

NOT_SOLD = (OrderStatus.CANCELLED.value, OrderStatus.DRAFT.value)
"""Orders in these are counted, but their money is not."""


@dataclass(frozen=True, slots=True)
class Span:
    """Days of the store's time zone, both ends included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def before(self) -> "Span":
        """As many days, ending the day before."""
        return Span(self.first - timedelta(self.days), self.first - timedelta(1))

    def after(self) -> "Span":
        return Span(self.last + timedelta(1), self.last + timedelta(self.days))


@dataclass(slots=True)
class Bar:
    """The orders placed in `span`. `amounts`: currency → money of those not cancelled."""

    span: Span
    orders: int = 0
    amounts: dict[str, Decimal] = field(default_factory=dict)


@dataclass(slots=True)
class Numbers:
    """Totals of a span. `sold`: currency → (orders not cancelled, their money)."""

    orders: int = 0
    cancelled: int = 0
    sold: dict[str, tuple[int, Decimal]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the span's orders under one key (a status, a channel's code)."""

    key: str
    label: str
    orders: int


def _monday(day: date) -> date:
    return day - timedelta(day.weekday())


def _first_of_month(day: date) -> date:
    return day.replace(day=1)


BEGIN_OF: Mapping[str, Callable[[date], date]] = {
    "day": lambda day: day,
    "week": _monday,
    "month": _first_of_month,
}

_BY_DAY = """
SELECT day, currency, sum(orders), coalesce(sum(amount) FILTER (WHERE status <> ALL(%s)), 0)
FROM orders_ordertally WHERE day BETWEEN %s AND %s GROUP BY 1, 2
"""


def bars(span: Span, *, by: str) -> list[Bar]:
    """One bar for each day, week or month that `span` touches, empty ones too.

    The first and the last are cut at the ends of the span, so that a bar counts just its own days.
    """
    begin_of = BEGIN_OF[by]
    found: dict[date, Bar] = {}
    day = span.first
    while day <= span.last:
        bar = found.setdefault(begin_of(day), Bar(Span(day, day)))
        bar.span = Span(bar.span.first, day)
        day += timedelta(1)
    for placed_on, currency, orders, amount in query(
        _BY_DAY, [list(NOT_SOLD), span.first, span.last]
    ):
        bar = found[begin_of(placed_on)]
        bar.orders += int(orders)
        bar.amounts[currency] = bar.amounts.get(currency, Decimal(0)) + amount
    return list(found.values())


_NUMBERS = """
SELECT currency, sum(orders), coalesce(sum(orders) FILTER (WHERE status = 'cancelled'), 0),
  coalesce(sum(orders) FILTER (WHERE status <> ALL(%s)), 0),
  coalesce(sum(amount) FILTER (WHERE status <> ALL(%s)), 0)
FROM orders_ordertally WHERE day BETWEEN %s AND %s GROUP BY 1 ORDER BY 2 DESC, 1
"""


def numbers(span: Span) -> Numbers:
    """Totals of the span; the currency with the most orders comes first."""
    total = Numbers()
    rows = query(_NUMBERS, [list(NOT_SOLD), list(NOT_SOLD), span.first, span.last])
    for currency, orders, cancelled, sold, amount in rows:
        total.orders += int(orders)
        total.cancelled += int(cancelled)
        if sold:
            total.sold[currency] = (int(sold), amount)
    return total


_BY_STATUS = """
SELECT status, sum(orders) FROM orders_ordertally WHERE day BETWEEN %s AND %s
GROUP BY 1 HAVING sum(orders) <> 0
"""


def by_status(span: Span) -> list[Share]:
    """How the span's orders stand now, in the order of an order's life."""
    found = defaultdict(int, query(_BY_STATUS, [span.first, span.last]))
    return [
        Share(status.value, str(status.label), int(found[status.value]))
        for status in OrderStatus
        if found[status.value]
    ]


_BY_CHANNEL = """
SELECT c.code, c.name, sum(t.orders)
FROM orders_ordertally t JOIN oms_channel c ON c.id = t.channel_id
WHERE t.day BETWEEN %s AND %s GROUP BY 1, 2 HAVING sum(t.orders) <> 0 ORDER BY 3 DESC, 1
"""


def by_channel(span: Span) -> list[Share]:
    """Where the span's orders came from, the largest first."""
    rows = query(_BY_CHANNEL, [span.first, span.last])
    return [Share(code, name, int(orders)) for code, name, orders in rows]


def last_day_with_orders() -> date | None:
    """For a span in which nothing happened: where to look instead."""
    return query("SELECT max(day) FROM orders_ordertally WHERE orders > 0")[0][0]  # type: ignore[no-any-return]
