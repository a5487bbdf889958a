"""The dashboard: what came in, how it stands, from where."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from oms.access import SignedInRequest, allowed
from oms.bars import About, Chart, Column, chart_of
from oms.display import money_text, time_text
from oms.money import round_amount
from orders.insights import figures
from orders.insights.figures import Bar, Share, Span
from orders.states import OrderStatus

RANGES = (7, 30, 90)
LONG_RANGE = 90


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several ways to look at the page."""

    label: str
    url: str
    is_current: bool
    hotkey: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A share with its list and its part of the whole in percent."""

    share: Share
    url: str
    percent: int


@dataclass(frozen=True, slots=True)
class Looked:
    """What the address asks for: so many days up to `until`, in bars of a day, week or month."""

    days: int
    until: date
    by: str

    @property
    def span(self) -> Span:
        return Span(self.until - timedelta(self.days - 1), self.until)

    def url(self, **changes: Any) -> str:
        asked = {"days": self.days, "by": self.by, "until": self.until.isoformat()} | changes
        if asked["until"] == _today().isoformat():
            del asked["until"]
        return f"{reverse('dashboard:show')}?{urlencode(asked)}"


@require_GET
@allowed("orders.view_dashboard")
def dashboard(request: SignedInRequest) -> HttpResponse:
    """Figures of the last `days` (7, 30, 90) up to `until`, in bars `by` day, week or month."""
    looked = _looked(request)
    span = looked.span
    now, earlier = figures.numbers(span), figures.numbers(span.before())
    last_day = None if now.orders else figures.last_day_with_orders()
    context = {
        "span": span,
        "ranges": [
            Choice(_("%d days") % days, looked.url(days=days), days == looked.days, str(at))
            for at, days in enumerate(RANGES, start=1)
        ],
        "periods": _periods(looked),
        "earlier_url": looked.url(until=span.before().last.isoformat()),
        "later_url": _later_url(looked),
        "tiles": _tiles(span, now, earlier),
        "chart": _chart(looked, figures.bars(span, by=looked.by)),
        "statuses": _parts(figures.by_status(span), span, "status"),
        "channels": _parts(figures.by_channel(span), span, "channel"),
        "last_day": last_day,
        "last_day_url": looked.url(until=last_day.isoformat()) if last_day else "",
        "is_empty": not now.orders,
    }
    return render(request, "dashboard/dashboard.html", context)


def _looked(request: SignedInRequest) -> Looked:
    asked = request.GET.get("days", "")
    days = next((one for one in RANGES if str(one) == asked), RANGES[1])
    by = request.GET.get("by", "")
    if by not in figures.BEGIN_OF:
        by = "week" if days == LONG_RANGE else "day"
    return Looked(days, _until(request.GET.get("until", "")), by)


def _until(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return _today()
    return day if date(2000, 1, 1) <= day <= _today() else _today()


def _today() -> date:
    return timezone.localdate(timezone=timezone.get_default_timezone())


def _later_url(looked: Looked) -> str:
    later = looked.span.after()
    return (
        looked.url(until=min(later.last, _today()).isoformat()) if looked.until < _today() else ""
    )


def _periods(looked: Looked) -> list[Choice]:
    words = {"day": _("By day"), "week": _("By week"), "month": _("By month")}
    return [Choice(words[by], looked.url(by=by), by == looked.by) for by in figures.BEGIN_OF]


def _orders_url(span: Span, **more: str) -> str:
    """The order list of just these days; it counts what the figure counts."""
    days = {"day_from": span.first.isoformat(), "day_to": span.last.isoformat()}
    return f"/orders/?{urlencode({**days, **more})}"


@dataclass(frozen=True, slots=True)
class Tile:
    number: str
    word: str
    url: str = ""
    change: str = ""


def _tiles(span: Span, now: figures.Numbers, earlier: figures.Numbers) -> list[Tile]:
    tiles = [
        Tile(f"{now.orders:,}", _("Orders"), _orders_url(span), _change(now.orders, earlier.orders))
    ]
    for currency, (sold, amount) in now.sold.items():
        was = earlier.sold.get(currency, (0, Decimal(0)))[1]
        tiles.append(Tile(money_text(amount, currency), _("Amount"), "", _change(amount, was)))
        average = round_amount(amount / sold, currency)
        tiles.append(Tile(money_text(average, currency), _("Average order")))
    cancelled = _orders_url(span, status=OrderStatus.CANCELLED.value)
    change = _change(now.cancelled, earlier.cancelled)
    return [*tiles, Tile(f"{now.cancelled:,}", _("Cancelled"), cancelled, change)]


def _change(now: int | Decimal, earlier: int | Decimal) -> str:
    """The change against the days before in percent; empty when there is nothing to compare."""
    return (
        f"{(now - earlier) * 100 / earlier:+.0f} %".replace("-", "\N{MINUS SIGN}")
        if earlier
        else ""
    )


def _parts(shares: list[Share], span: Span, name: str) -> list[Part]:
    whole = sum(share.orders for share in shares)
    return [
        Part(share, _orders_url(span, **{name: share.key}), round(share.orders * 100 / whole))
        for share in shares
    ]


def _chart(looked: Looked, bars: list[Bar]) -> Chart:
    """The number of orders; the table adds their money."""
    currencies = sorted({currency for bar in bars for currency in bar.amounts})
    is_open = looked.until == _today()
    columns = [
        Column(
            label=_label(bar.span, looked.by),
            tick=f"{bar.span.first:%Y-%m}" if looked.by == "month" else f"{bar.span.first:%m-%d}",
            values=(bar.orders,),
            url=_orders_url(bar.span),
            cells=(f"{bar.orders:,}", *(_money(bar, one) for one in currencies)),
            is_open=is_open and bar is bars[-1],
        )
        for bar in bars
    ]
    about = About(
        "orders-by-period",
        _("Orders placed"),
        series=(_("Orders"),),
        heads=(_("Orders"), *(_("Amount %s") % one for one in currencies)),
        note=_note(is_open=is_open),
    )
    return chart_of(about, columns, has_scale=True)


def _money(bar: Bar, currency: str) -> str:
    return money_text(bar.amounts.get(currency, 0), currency)


def _label(span: Span, by: str) -> str:
    if by == "month":
        return f"{span.first:%Y-%m}"
    if span.first == span.last:
        return f"{span.first:%m-%d}"
    return f"{span.first:%m-%d} – {span.last:%m-%d}"


def _note(*, is_open: bool) -> str:
    told = {"zone": timezone.get_default_timezone_name(), "time": time_text(timezone.now())}
    if is_open:
        return _("Days begin at midnight in %(zone)s; weeks on Monday. As of %(time)s.") % told
    return _("Days begin at midnight in %(zone)s; weeks on Monday.") % told
