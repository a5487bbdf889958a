"""The report of what the stock is worth."""

from collections.abc import Iterator
from datetime import date

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from inventory.listing import warehouses_of
from inventory.own import SEE_COST
from inventory.value import Worth, stock_value, totals
from oms.access import SignedInRequest, allowed
from oms.display import time_text
from oms.money import round_amount
from oms.tables.writing import CSV_TYPE, csv_lines


@require_GET
@allowed("inventory.view_stock", SEE_COST)
def value(request: SignedInRequest) -> HttpResponse:
    """By warehouse and category, now or at the end of the day `on`."""
    day, wrong = _day(request)
    worths = _worths(request, day)
    context = {
        "worths": worths,
        "totals": sorted(totals(worths).items()),
        "day": day,
        "asked": request.GET.get("on", ""),
        "wrong": wrong,
        "has_errors": bool(wrong),
        "today": _today(),
        "uncosted": sum(one.uncosted for one in worths),
    }
    return render(request, "stock/value.html", context, status=422 if wrong else 200)


@require_GET
@allowed("inventory.view_stock", SEE_COST)
def export(request: SignedInRequest) -> HttpResponseBase:
    """The same as CSV; a day that is none gives what there is now."""
    day, _wrong = _day(request)
    lines = csv_lines(_table(_worths(request, day), day))
    answer = StreamingHttpResponse(lines, content_type=CSV_TYPE)
    name = f"{_('stock-value')}-{(day or _today()).isoformat()}.csv"
    answer["Content-Disposition"] = content_disposition_header(True, name) or ""
    return answer


def _worths(request: SignedInRequest, day: date | None) -> list[Worth]:
    return stock_value(list(warehouses_of(request.user)), day)


def _table(worths: list[Worth], day: date | None) -> Iterator[list[str]]:
    yield [
        _("As of"), _("Warehouse"), _("Category"), _("Pieces"), _("Currency"), _("Value"), _("Pieces without a cost"),
    ]  # fmt: skip
    moment = day.isoformat() if day else time_text(timezone.now())
    for one in worths:
        amount = round_amount(one.value, one.currency)
        yield [
            moment, one.warehouse, one.category, str(one.pieces), one.currency, str(amount), str(one.uncosted),
        ]  # fmt: skip


def _day(request: SignedInRequest) -> tuple[date | None, str]:
    """The past day that is asked for (None: now), and what is wrong with what was typed."""
    text = request.GET.get("on", "").strip()
    if not text:
        return None, ""
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None or not date(2000, 1, 1) <= day <= _today():
        return None, _("Give a day up to today, as %s.") % _today().isoformat()
    return (None, "") if day == _today() else (day, "")


def _today() -> date:
    return timezone.localdate(timezone=timezone.get_default_timezone())
