from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db.models import Count, Sum

from oms.models import Channel
from orders.desk.cancel import cancel_orders
from orders.insights.figures import (
    NOT_SOLD,
    Span,
    bars,
    by_channel,
    by_status,
    last_day_with_orders,
    numbers,
)
from orders.models import Order
from orders.tally import fold

pytestmark = pytest.mark.django_db

OCTOBER = Span(date(2026, 10, 1), date(2026, 10, 31))


def at(day: int, hour: int = 12) -> datetime:
    """An hour of a day in October 2026, in the store's time zone."""
    return datetime(2026, 10, day, hour, tzinfo=ZoneInfo(settings.TIME_ZONE))


@pytest.fixture
def october(place):
    """Five orders through two channels in two currencies, one cancelled; the tally half folded."""
    Channel.objects.create(code="phone", name="Telephone")
    place(("CUP-1", 1), placed_at=at(1, 0))
    place(("CUP-1", 2), placed_at=at(1, 23))
    fold()
    place(("CUP-1", 3), placed_at=at(7), channel="phone")
    place(("CUP-1", 4), placed_at=at(31), currency="USD")
    gone = place(("CUP-1", 5), placed_at=at(31))
    cancel_orders([gone.pk], actor=None, reason="changed mind")


def test_each_day_has_a_bar_also_without_orders(october) -> None:
    found = bars(OCTOBER, by="day")

    assert len(found) == 31
    assert [(bar.span.first.day, bar.orders) for bar in found if bar.orders] == [
        (1, 2),
        (7, 1),
        (31, 2),
    ]


def test_the_day_begins_at_midnight_of_the_store(place) -> None:
    place(placed_at=datetime(2026, 10, 4, 15, 59, tzinfo=UTC))
    place(placed_at=datetime(2026, 10, 4, 16, 1, tzinfo=UTC))

    found = bars(Span(date(2026, 10, 4), date(2026, 10, 5)), by="day")

    assert [bar.orders for bar in found] == [1, 1]


def test_weeks_begin_on_monday_and_are_cut_at_the_ends(october) -> None:
    found = bars(OCTOBER, by="week")

    days = [(bar.span.first.day, bar.span.last.day, bar.orders) for bar in found]
    assert days == [(1, 4, 2), (5, 11, 1), (12, 18, 0), (19, 25, 0), (26, 31, 2)]


def test_months(october) -> None:
    found = bars(Span(date(2026, 9, 30), date(2026, 11, 1)), by="month")

    assert [(bar.span.first.isoformat(), bar.orders) for bar in found] == [
        ("2026-09-30", 0),
        ("2026-10-01", 5),
        ("2026-11-01", 0),
    ]


def test_the_money_of_cancelled_orders_is_left_out(october) -> None:
    total = numbers(OCTOBER)

    assert (total.orders, total.cancelled) == (5, 1)
    assert total.sold == {"CNY": (3, Decimal(60)), "USD": (1, Decimal(40))}
    assert bars(OCTOBER, by="day")[-1].amounts == {"CNY": Decimal(0), "USD": Decimal(40)}


def test_shares_by_status_and_channel(october) -> None:
    statuses = [(one.key, one.orders) for one in by_status(OCTOBER)]
    assert statuses == [("pending_review", 4), ("cancelled", 1)]
    assert [(one.key, one.label, one.orders) for one in by_channel(OCTOBER)] == [
        ("web", "Web shop", 4),
        ("phone", "Telephone", 1),
    ]


def test_the_figures_equal_a_recomputation_from_the_orders(october) -> None:
    orders = Order.objects.filter(placed_at__gte=at(1, 0), placed_at__lt=at(31).replace(hour=23))
    sold = orders.exclude(status__in=NOT_SOLD).values("currency")

    total = numbers(OCTOBER)

    assert total.orders == orders.count()
    recomputed = sold.annotate(n=Count("pk"), amount=Sum("total_amount"))
    assert total.sold == {row["currency"]: (row["n"], row["amount"]) for row in recomputed}
    assert sum(bar.orders for bar in bars(OCTOBER, by="week")) == total.orders


def test_a_span_before_the_first_order_is_empty(october) -> None:
    assert numbers(OCTOBER.before()).orders == 0
    assert by_status(OCTOBER.before()) == []
    assert last_day_with_orders() == date(2026, 10, 31)


def test_there_is_no_last_day_without_orders() -> None:
    assert last_day_with_orders() is None


def test_the_spans_beside_a_span_touch_it() -> None:
    assert OCTOBER.before() == Span(date(2026, 8, 31), date(2026, 9, 30))
    assert OCTOBER.after() == Span(date(2026, 11, 1), date(2026, 12, 1))
