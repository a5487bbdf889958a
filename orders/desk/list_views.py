"""The start page and the order list."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from oms.access import SignedInRequest, allowed
from oms.column import Column
from oms.navigation import NAV, NEW_ORDER, may_open
from orders.desk import listing
from orders.desk.asked import VIEW, VIEWS, Asked, asked_in, asked_text
from orders.desk.bulk.sight import recent_of
from orders.desk.clues import number_in
from orders.desk.columns.cells import row_template
from orders.desk.columns.registry import BY_NAME
from orders.desk.counts import Counts, count_of, many_words, status_counts
from orders.desk.query.chips import address, chips_of, cleared_url
from orders.desk.query.closest import closest
from orders.desk.saved.sight import Desk, Opened, desk_of, look_of, may_change, open_view
from orders.desk.saved.tabs import view_tabs
from orders.desk.tab import Tab
from orders.desk.today import today_of
from orders.models import Order
from orders.review.desk.forced import forced_lately

QUICK_LINKS = ("/orders/", "/review/", "/fulfilment/", "/stock/", "/import/", "/dashboard/")
FRAGMENT = "order-list"
"""The id of what a page's own script replaces, as htmx names it in its header."""
KEPT = ("q", "day_from", "day_to", "channel", "size")
KEPT_TYPING = (VIEW, "tab", "status", *KEPT[1:])


@require_GET
@allowed()
def today(request: SignedInRequest) -> HttpResponse:
    """The start page; without the right to see orders it only leads to the other rooms."""
    may_see = request.user.has_perm("orders.view_order")
    links = [NEW_ORDER, *(entry for entry in NAV if entry.url in QUICK_LINKS)]
    context = {
        "today": today_of(request.user) if may_see else None,
        "recent": recent_of(request.user) if may_see else [],
        "forced": forced_lately(request.user) if may_see else 0,
        "links": [entry for entry in links if may_open(request.user, entry)],
        "columns": [BY_NAME[name] for name in ("number", "customer", "status", "why")],
    }
    return render(request, "orders/today.html", context)


@require_GET
@allowed("orders.view_order")
def order_list(request: SignedInRequest) -> HttpResponse:
    """Orders, newest first; `orders.desk.asked` says what the address may ask for.

    A page's own script asks for the list alone: everything that depends on the query in one answer.
    """
    desk = desk_of(request.user)
    opened = open_view(request.GET, desk)
    asked = asked_in(opened.query)
    is_fragment = request.headers.get("HX-Target") == FRAGMENT
    number = "" if is_fragment else number_in(asked.text)
    if number:
        order = Order.objects.within(desk.warehouses).with_number(number).first()
        if order:
            return redirect(order)
    context = _shown(request, desk, opened, asked) | {"is_fragment": is_fragment}
    template = "orders/_list.html" if is_fragment else "orders/list.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Target"])
    if is_fragment and "HX-Boosted" not in request.headers:
        response["HX-Replace-Url"] = f"{request.path}{address(opened.query).lstrip('.')}"
    return response


def _shown(request: SignedInRequest, desk: Desk, opened: Opened, asked: Asked) -> dict[str, Any]:
    user, query = request.user, opened.query
    look = look_of(user, desk, opened.view)
    parts = [part for column in look.columns for part in column.parts]
    page = listing.page(user, asked, query, parts, visible=Order.objects.within(desk.warehouses))
    wanted = page.wanted
    # Without exact numbers a count beside a search would be the count of something else.
    counts = status_counts(user) if wanted.is_everything else page.counts or {}
    # On one page "all" is what the heading ticks.
    has_more = bool(page.pager.next_url or page.pager.previous_url or page.further_url)
    is_filtered = not wanted.is_everything or asked.tab != "all"
    list_count = count_of(counts, asked.statuses, is_exact=page.counts is not None)
    fixed = tabs(asked, counts, query, is_exact=page.counts is not None)
    return {
        "asked": asked,
        "page": page,
        "rows": page.rows,
        "row_template": row_template(look.columns),
        "look": look,
        "pager": page.pager,
        "chips": chips_of(asked, wanted, query),
        "problems": wanted.query.problems,
        "clear_url": cleared_url(query),
        "is_filtered": is_filtered,
        "kept": [(name, query[name]) for name in KEPT_TYPING if query.get(name)],
        "closest": closest(page) if is_filtered and not page.rows else [],
        "columns": [tick_column(hotkey="" if has_more else "* a"), *look.columns],
        "here": request.get_full_path(),
        "list_query": query.urlencode(),
        "list_asked": asked_text(query),
        "first_url": address(query),
        "from_list": f"?{urlencode({'list': query.urlencode()})}",
        "has_more": has_more,
        "list_count": list_count,
        "many_words": many_words(list_count),
        "opened": opened,
        "may_change_view": opened.view is not None and may_change(user, opened.view),
        **view_tabs(user, desk, opened, fixed),
    }


def tabs(asked: Asked, counts: Counts, query: QueryDict, *, is_exact: bool = False) -> list[Tab]:
    """The tabs keep what was searched for; a place in another tab's list would make no sense.

    A saved view is left by them, with all that it asks.
    """
    is_view = bool(query.get(VIEW))
    kept = {} if is_view else {name: query[name] for name in KEPT if query.get(name)}
    found = []
    for name, view in VIEWS.items():
        parts = ({"tab": name} if name != "all" else {}) | kept
        count = None if is_view else count_of(counts, view.statuses, is_exact=is_exact)
        found.append(
            Tab(
                label=str(view.label),
                url=f"?{urlencode(parts)}" if parts else ".",
                is_current=name == asked.tab and not is_view,
                count=many_words(count) or count,
                urgent=view.is_urgent,
            )
        )
    return found


def tick_column(*, hotkey: str = "") -> Column:
    """The check boxes; each is named after its order, and the one of the heading ticks them all."""
    box = '<input type="checkbox" class="form-check-input js-only" data-pick-all aria-label="{}"{}>'
    words = '<span class="visually-hidden">{}</span>'
    key = format_html(' data-hotkey="{}"', hotkey) if hotkey else ""
    return Column(format_html(words + box, _("Tick"), _("All on this page"), key), "cell-pick")
