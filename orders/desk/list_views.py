"""The start page and the order list."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from oms.access import SignedInRequest, allowed
from oms.navigation import NAV, NEW_ORDER, may_open
from orders.desk import listing
from orders.desk.asked import VIEWS, Asked, asked_in
from orders.desk.bulk.sight import recent_of
from orders.desk.clues import number_in
from orders.desk.counts import Counts, count_of, status_counts
from orders.desk.query.chips import address, chips_of, cleared_url
from orders.desk.query.closest import closest
from orders.desk.today import today_of
from orders.models import Order

QUICK_LINKS = ("/orders/", "/review/", "/fulfilment/", "/stock/", "/import/", "/dashboard/")
FRAGMENT = "order-list"
"""The id of what a page's own script replaces, as htmx names it in its header."""
KEPT = ("q", "day_from", "day_to", "channel", "size")
KEPT_TYPING = ("tab", "status", *KEPT[1:])


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    css: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab as `parts/tabs_counts.html` shows it; `count` None when it is not known."""

    label: str
    url: str
    is_current: bool
    count: int | None = None
    urgent: bool = False


@require_GET
@allowed()
def today(request: SignedInRequest) -> HttpResponse:
    """The start page; without the right to see orders it only leads to the other rooms."""
    may_see = request.user.has_perm("orders.view_order")
    links = [NEW_ORDER, *(entry for entry in NAV if entry.url in QUICK_LINKS)]
    context = {
        "today": today_of(request.user) if may_see else None,
        "recent": recent_of(request.user) if may_see else [],
        "links": [entry for entry in links if may_open(request.user, entry)],
        "columns": [columns()[place] for place in (1, 3, 6, 7)],
    }
    return render(request, "orders/today.html", context)


@require_GET
@allowed("orders.view_order")
def order_list(request: SignedInRequest) -> HttpResponse:
    """Orders, newest first; `orders.desk.asked` says what the address may ask for.

    A page's own script asks for the list alone: everything that depends on the query in one answer.
    """
    asked = asked_in(request.GET)
    is_fragment = request.headers.get("HX-Target") == FRAGMENT
    number = "" if is_fragment else number_in(asked.text)
    if number:
        order = Order.objects.visible_to(request.user).with_number(number).first()
        if order:
            return redirect(order)
    context = _shown(request, asked) | {"is_fragment": is_fragment}
    template = "orders/_list.html" if is_fragment else "orders/list.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Target"])
    if is_fragment and "HX-Boosted" not in request.headers:
        response["HX-Replace-Url"] = f"{request.path}{address(request.GET).lstrip('.')}"
    return response


def _shown(request: SignedInRequest, asked: Asked) -> dict[str, Any]:
    page = listing.page(request.user, asked, request.GET)
    wanted = page.wanted
    # Without exact numbers a count beside a search would be the count of something else.
    counts = status_counts(request.user) if wanted.is_everything else page.counts or {}
    is_filtered = not wanted.is_everything or asked.tab != "all"
    return {
        "asked": asked,
        "page": page,
        "rows": page.rows,
        "pager": page.pager,
        "chips": chips_of(asked, wanted, request.GET),
        "problems": wanted.query.problems,
        "clear_url": cleared_url(request.GET),
        "is_filtered": is_filtered,
        "kept": [(name, request.GET[name]) for name in KEPT_TYPING if request.GET.get(name)],
        "closest": closest(page) if is_filtered and not page.rows else [],
        "tabs": tabs(asked, counts, request.GET, is_exact=page.counts is not None),
        "columns": columns(),
        "may_see_money": request.user.has_perm("orders.view_payment"),
        "here": request.get_full_path(),
        "list_query": request.GET.urlencode(),
        "from_list": f"?{urlencode({'list': request.GET.urlencode()})}",
        "has_more": bool(page.pager.next_url or page.pager.previous_url or page.further_url),
        "list_count": count_of(counts, asked.statuses, is_exact=page.counts is not None),
    }


def tabs(asked: Asked, counts: Counts, query: QueryDict, *, is_exact: bool = False) -> list[Tab]:
    """The tabs keep what was searched for; a place in another tab's list would make no sense."""
    kept = {name: query[name] for name in KEPT if query.get(name)}
    found = []
    for name, view in VIEWS.items():
        parts = ({"tab": name} if name != "all" else {}) | kept
        found.append(
            Tab(
                label=str(view.label),
                url=f"?{urlencode(parts)}" if parts else ".",
                is_current=name == asked.tab,
                count=count_of(counts, view.statuses, is_exact=is_exact),
                urgent=view.is_urgent,
            )
        )
    return found


def tick_column() -> Column:
    """The check boxes; each is named after its order, the column for screen readers only."""
    return Column(format_html('<span class="visually-hidden">{}</span>', _("Tick")), "cell-pick")


def columns() -> list[Column]:
    return [
        tick_column(),
        Column(_("Order"), "cell-main"),
        Column(_("Placed"), "cell-wide"),
        Column(_("Customer"), "cell-who"),
        Column(_("Goods"), "cell-more"),
        Column(_("Amount"), "cell-amount num"),
        Column(_("Status"), "cell-status"),
        Column(_("Reason, next step"), "cell-why"),
    ]
