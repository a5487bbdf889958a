"""A page with every shared part in every state, to be looked at and to be checked by axe.

`DJANGO_SETTINGS_MODULE=tests.shell.specimen_settings bin/manage runserver` shows it at /specimen/.
"""

import datetime as dt
from decimal import Decimal
from pathlib import Path

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.template import RequestContext, Template
from django.urls import include, path
from django.utils import timezone
from django.utils.translation import gettext as _

from oms.bars import About, Chart, Column, chart_of
from oms.status import STATUS

TEMPLATE = Path(__file__).with_name("specimen.html")
ROW_TEMPLATE = Path(__file__).with_name("_specimen_row.html")


class SpecimenForm(forms.Form):
    phone = forms.CharField(
        label="Phone", help_text="11 digits, or a relay number: 13800000000-1234"
    )
    weight = forms.DecimalField(label="Weight")
    reason = forms.ChoiceField(label="Reason", choices=[("", ""), ("1", "Call the customer")])
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea({"rows": 2}))
    whole = forms.BooleanField(label="Ship complete only", required=False)


def _rows() -> list[dict[str, object]]:
    names = [
        "张伟",
        "Hangzhou Blue Lake Trading Co., Ltd",
        "王芳",
        "O’Connor & Sons",
        "李娜",
        "陈晨",
    ]
    whys = [
        "可发货",
        "Address lacks a house number",
        "缺货 1/3",
        "",
        "Amount ≥ 2,000 and first order",
        "",
    ]
    statuses = [
        "pending_review",
        "on_hold",
        "backordered",
        "in_fulfilment",
        "allocated",
        "completed",
    ]
    return [
        {
            "number": f"SO261122{n:04}",
            "at": timezone.now() - dt.timedelta(hours=7 * n),
            "name": names[n % 6],
            "phone": f"1380013{8000 + n}",
            "items": "不锈钢保温杯 500 ml ×2, +1",
            "total": Decimal("38.40") * (n + 1) ** 3,
            "status": statuses[n % 6],
            "why": whys[n % 6],
        }
        for n in range(14)
    ]


def _event(hours: int, kind: str, text: str, **more: str) -> dict[str, object]:
    return {"at": timezone.now() - dt.timedelta(hours=hours), "kind": kind, "text": text, **more}


def _tab(label: str, count: int | str | None, **more: bool) -> dict[str, object]:
    return {"label": label, "url": "?", "is_current": False, "count": count, **more}


def _chart() -> Chart:
    placed = [41, 38, 52, 47, 60, 31, 28, 44, 49, 55, 58, 63, 35, 12]
    columns = [
        Column(f"11-{day:02}", (value,), url=f"/orders/?day=11-{day:02}", is_open=day == 22)
        for day, value in enumerate(placed, start=9)
    ]
    note = "Asia/Shanghai · 11-22 14:05"
    about = About("chart-orders", _("Orders"), series=(_("Orders"),), note=note)
    return chart_of(about, columns, has_scale=True)


def _parts() -> dict[str, object]:
    yesterday = timezone.now() - dt.timedelta(days=1)
    return {
        "steps": [
            {"label": _("Placed"), "state": "done", "at": yesterday},
            {"label": _("Review"), "state": "done", "at": yesterday},
            {"label": _("Allocation"), "state": "blocked", "note": "1/3"},
            {"label": _("Picking"), "state": "todo"},
            {"label": _("Shipped"), "state": "todo"},
            {"label": _("Delivered"), "state": "todo"},
        ],
        "events": [
            _event(0, "person", "Held", actor="王芳", detail="地址缺门牌"),
            _event(1, "system", "Rule R12 asked for a person"),
            _event(2, "stock", "2 of A-01 reserved in 杭州"),
            _event(50, "customer", "Order placed", actor="张伟"),
        ],
        "tabs": [
            _tab(_("All"), "200k+"),
            _tab(_("To review"), 12, is_current=True),
            _tab(_("Exception"), 3, urgent=True),
            _tab(_("Ready to ship"), 148),
            _tab(_("Shipped"), None),
            _tab(_("Done"), None),
        ],
        "reasons": ["地址缺门牌", {"text": "Amount ≥ 2,000 and first order", "detail": "rule R12"}],
        "fixes": [
            {"label": "Ship available", "url": "#", "hotkey": "s", "primary": True},
            {"label": "Wait for all", "url": "#", "method": "get", "hotkey": "1"},
            {"label": "Cancel 1 order and refund ¥384.00", "url": "#", "danger": True},
            {"label": "Approve", "url": "#", "why_not": "already shipped"},
        ],
        "pager": {
            **dict.fromkeys(["first_url", "previous_url", "next_url"], "?"),
            "shown": 14,
            "total": 3021,
            "sizes": [(50, "?", True), (100, "?", False), (200, "?", False)],
        },
        "columns": [
            {"label": _("Order"), "css": "cell-main"},
            {"label": _("Time"), "css": "cell-wide", "sort_url": "?", "sort": "descending"},
            {"label": _("Customer"), "css": "cell-who"},
            {"label": _("Goods"), "css": "cell-wide"},
            {"label": _("Amount"), "css": "cell-amount num"},
            {"label": _("Status"), "css": "cell-status"},
            {"label": _("Next step"), "css": "cell-why"},
        ],
        "chart": _chart(),
        "chips": [("城市: 上海", "?"), ("> ¥500", "?")],
    }


@login_required
def specimen(request: HttpRequest) -> HttpResponse:
    form = SpecimenForm({"phone": "138", "weight": "x", "note": "typed text stays"})
    if "clean" in request.GET:
        form = SpecimenForm()
    else:
        messages.success(request, "Order SO2611220007 approved.")
        messages.error(request, "SO2611220008 was cancelled by 王芳 a minute ago.")
    context = {"form": form, "rows": _rows(), "statuses": STATUS, "row_template": ROW, **_parts()}
    page = Template(TEMPLATE.read_text(encoding="utf-8"))
    return HttpResponse(page.render(RequestContext(request, context)))


ROW = Template(ROW_TEMPLATE.read_text(encoding="utf-8"))


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("The specimen of a bug")


urlpatterns = [
    path("specimen/", specimen),
    path("specimen/broken/", broken),
    path("", include("oms.urls")),
]
handler500 = "oms.views.server_error"
