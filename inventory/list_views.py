"""The stock list, and what is done with many of its rows."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from inventory import listing
from inventory.asked import Asked, asked_of
from inventory.export import table_of
from inventory.forms import SafetyForm
from inventory.own import own_stock
from inventory.rows import columns, shown_rows
from inventory.safety import set_safety_stock
from inventory.tab import Tab
from inventory.tallies import counts_of
from oms.access import SignedInRequest, allowed
from oms.keyset import page_of
from oms.tables.writing import CSV_TYPE, csv_lines

PLACE = ("tab", "find", "warehouse", "days", "size", "after", "before")


@require_GET
@allowed("inventory.view_stock")
def stock_list(request: SignedInRequest) -> HttpResponse:
    """Stock of every SKU by warehouse, keyset-paged: `tab`, `find`, `warehouse` and `days` narrow it."""
    return _list(request)


@require_POST
@allowed("inventory.adjust_stock")
def set_safety(request: SignedInRequest) -> HttpResponse:
    """Give the ticked places one safety stock."""
    ids = own_stock(request.user, request.POST.getlist("pick"))
    form = SafetyForm(request.POST)
    if not ids:
        messages.error(request, _("Tick the places first."))
        return _list(request, form=form, status=422)
    if not form.is_valid():
        return _list(request, form=form, status=422)
    done = set_safety_stock(ids, form.cleaned_data["level"])
    words = ngettext(
        "Safety stock of %(done)d place is now %(level)d.",
        "Safety stock of %(done)d places is now %(level)d.",
        done,
    )
    messages.success(request, words % {"done": done, "level": form.cleaned_data["level"]})
    kept = request.POST.copy()
    for name in [name for name in kept if name not in PLACE or not kept[name]]:
        del kept[name]
    return redirect(f"{reverse('stock:list')}?{kept.urlencode()}")


@require_POST
@allowed("inventory.view_stock")
def choose_labels(request: SignedInRequest) -> HttpResponse:
    """From the ticked places to the address of their bin labels; changes nothing."""
    return _go_on(request, "stock:bin_labels")


@require_POST
@allowed("inventory.count_stock")
def choose_sheet(request: SignedInRequest) -> HttpResponse:
    """From the ticked places to the form of a new count sheet; changes nothing."""
    return _go_on(request, "stock:sheet_new")


def _go_on(request: SignedInRequest, name: str) -> HttpResponse:
    ids = own_stock(request.user, request.POST.getlist("pick"))
    if not ids:
        messages.error(request, _("Tick the places first."))
        return _list(request, status=422)
    return redirect(f"{reverse(name)}?ids={','.join(map(str, ids))}")


@require_GET
@allowed("inventory.view_stock")
def export(request: SignedInRequest) -> HttpResponseBase:
    """All rows of the list as the address narrows it, as CSV."""
    asked = asked_of(request.GET, request.user)
    lines = csv_lines(table_of(asked))
    response = StreamingHttpResponse(lines, content_type=CSV_TYPE)
    name = f"{_('stock')}-{timezone.localtime():%Y%m%d-%H%M}.csv"
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response


def _list(
    request: SignedInRequest, *, form: SafetyForm | None = None, status: int = 200
) -> HttpResponse:
    parts = request.POST if request.method == "POST" else request.GET
    asked = asked_of(parts, request.user)
    path = reverse("stock:list")
    here = parts.copy()
    for name in [name for name in here if name not in PLACE]:
        del here[name]
    back = path if request.method == "POST" else ""
    page = page_of(asked.rows(), here, listing.ORDER, path=back)
    counts = {} if asked.fragment else counts_of(asked.chosen)
    context: dict[str, Any] = {
        "rows": shown_rows(page.rows, asked.warehouses),
        "pager": page.pager,
        "asked": asked,
        "fragment": asked.fragment,
        "warehouses": asked.warehouses,
        "tabs": [_tab(path, here, name, asked, counts.get(name)) for name in listing.TABS],
        "columns": columns(),
        "low_below": listing.LOW_BELOW,
        "overstock_days": listing.OVERSTOCK_DAYS,
        "place": {name: here[name] for name in PLACE if here.get(name)},
        "query": here.urlencode(),
        "safety_form": form or SafetyForm(),
        "form": form,
        "may_adjust": request.user.has_perm("inventory.adjust_stock"),
        "may_count": request.user.has_perm("inventory.count_stock"),
    }
    return render(request, "stock/list.html", context, status=status)


def _tab(path: str, here: QueryDict, name: str, asked: Asked, count: int | None) -> Tab:
    query = here.copy()
    for part in ("tab", "after", "before", "days"):
        query.pop(part, None)
    if name != "all":
        query["tab"] = name
    url = f"{path}?{query.urlencode()}" if query else path
    return Tab(str(listing.TABS[name]), url, name == asked.tab, None if name == "all" else count)
