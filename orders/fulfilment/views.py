"""The board of the warehouse: shipments by how far they are, and the acts on many at once."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from inventory.listing import warehouses_of
from oms.access import SignedInRequest, allowed
from oms.column import Column
from oms.errors import InvalidInput, NotPossible
from oms.ids import id_in
from oms.keyset import page_of
from orders.desk.tab import Tab
from orders.fulfilment import board
from orders.fulfilment.deliver import deliver_shipments
from orders.fulfilment.forms import waybills_of, wrong_waybills
from orders.fulfilment.models import Shipment
from orders.fulfilment.pack import pack_shipments
from orders.fulfilment.pick import pick_shipments
from orders.fulfilment.ship import ship_shipments
from orders.fulfilment.step import together
from orders.outcome import Outcome
from orders.parcels.company import numbers_together
from orders.parcels.merge import merge_parcels
from orders.parcels.unmerge import unmerge_parcels

PLACE = ("tab", "warehouse", "size", "after", "before")

Words = Callable[[int], str]
"""Says in the active language that so many shipments were done."""


@require_GET
@allowed("orders.view_shipment")
def show_board(request: SignedInRequest) -> HttpResponse:
    """The shipments of one tab: `tab` (ready when left out) and `warehouse` narrow it."""
    return _board(request)


@require_POST
@allowed("orders.fulfil_order")
def pick(request: SignedInRequest) -> HttpResponse:
    ids = _chosen(request)
    outcome = pick_shipments(ids, actor=request.user)
    if outcome.done:
        link = f"{reverse('fulfilment:pick_list')}?ids={','.join(map(str, outcome.done))}"
        messages.info(request, format_html('<a href="{}">{}</a>', link, _("Print their pick list")))
    return _told(request, ids, outcome, _picked_words)


@require_POST
@allowed("orders.fulfil_order")
def pack(request: SignedInRequest) -> HttpResponse:
    ids = _chosen(request)
    return _told(request, ids, pack_shipments(ids, actor=request.user), _packed_words)


@require_POST
@allowed("orders.fulfil_order")
def ship(request: SignedInRequest) -> HttpResponse:
    """Hand over; a carrier or waybill that cannot be right stops all of them (422), nothing typed is lost."""
    ids = _chosen(request)
    if not ids:
        messages.error(request, _("Tick the shipments first."))
        return _board(request, status=422)
    waybills = waybills_of(request.POST, ids)
    try:
        outcome = ship_shipments(ids, actor=request.user, waybills=waybills)
    except InvalidInput as refusal:
        for words in wrong_waybills(refusal):
            messages.error(request, words)
        return _board(request, status=422)
    except NotPossible as refusal:
        messages.error(request, refusal.message)
        return _board(request, status=409)
    return _told(request, ids, outcome, _shipped_words)


@require_POST
@allowed("orders.fulfil_order")
def deliver(request: SignedInRequest) -> HttpResponse:
    ids = _chosen(request)
    return _told(request, ids, deliver_shipments(ids, actor=request.user), _delivered_words)


@require_POST
@allowed("orders.view_shipment")
def choose_pick_list(request: SignedInRequest) -> HttpResponse:
    """From the ticked shipments to the address of their pick list; changes nothing."""
    ids = _chosen(request)
    if not ids:
        return _told(request, ids, Outcome(), _picked_words)
    return redirect(f"{reverse('fulfilment:pick_list')}?ids={','.join(map(str, ids))}")


@require_GET
@allowed("orders.view_shipment")
def show_pick_list(request: SignedInRequest) -> HttpResponse:
    """What to fetch for the shipments in `ids`, to be printed. Printing changes no state."""
    ids = together(_own(request, request.GET.get("ids", "").split(",")))
    shipments = Shipment.objects.filter(pk__in=ids)
    fetches = board.pick_list(shipments)
    context = {
        "fetches": fetches,
        "shipments": list(
            shipments.select_related("order", "warehouse")
            .annotate(**numbers_together())
            .order_by("-order__priority", "id")
        ),
        "pieces": sum(fetch.quantity for fetch in fetches),
    }
    return render(request, "fulfilment/pick_list.html", context)


@require_POST
@allowed("orders.fulfil_order")
def merge(request: SignedInRequest) -> HttpResponse:
    """The ticked parcels become one, with what travels in them."""
    ids = _chosen(request)
    outcome = Outcome()
    try:
        outcome.done = merge_parcels(ids, actor=request.user) if ids else []
    except NotPossible as refusal:
        messages.error(request, refusal.message)
        return _board(request, status=409)
    return _told(request, ids, outcome, _merged_words)


@require_POST
@allowed("orders.fulfil_order")
def unmerge(request: SignedInRequest) -> HttpResponse:
    """Part the ticked parcels: each shipment travels alone again."""
    ids = together(_chosen(request))
    return _told(request, ids, unmerge_parcels(ids, actor=request.user), _parted_words)


def _chosen(request: SignedInRequest) -> list[int]:
    return _own(request, request.POST.getlist("pick"))


def _own(request: SignedInRequest, texts: list[str]) -> list[int]:
    """The ids; 404 when one is no shipment of a warehouse that the person works in."""
    ids = sorted({id_in(text) for text in texts})
    seen = Shipment.objects.filter(pk__in=ids, warehouse__in=warehouses_of(request.user))
    if seen.count() != len(ids):
        raise Http404
    return ids


def _told(request: SignedInRequest, ids: list[int], outcome: Outcome, words: Words) -> HttpResponse:
    """Back to the tab, saying what was done and, for each of the others, why not."""
    if not ids:
        messages.error(request, _("Tick the shipments first."))
    if outcome.done:
        messages.success(request, words(len(outcome.done)))
    if outcome.refused:
        items = format_html_join("", "<li>{}</li>", ((why,) for why in outcome.refused.values()))
        head = ngettext(
            "%d shipment was left as it is:",
            "%d shipments were left as they are:",
            len(outcome.refused),
        )
        messages.error(request, format_html("{}<ul>{}</ul>", head % len(outcome.refused), items))
    kept = {name: request.POST[name] for name in ("tab", "warehouse") if request.POST.get(name)}
    return redirect(f"{reverse('fulfilment:board')}?{urlencode(kept)}")


def _board(request: SignedInRequest, *, status: int = 200) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    tab = asked.get("tab", "")
    tab = tab if tab in board.TABS else "ready"
    halls = board.halls_of(request.user)
    chosen = [one for one in halls if one.warehouse.code == asked.get("warehouse")] or halls
    shipments, order = board.in_tab(board.shipments_in([one.warehouse for one in chosen]), tab)
    place = _place(asked, tab)
    shipments = shipments.select_related("order", "warehouse")
    is_head = not (place.get("after") or place.get("before"))
    urgent = list(board.urgent_in(shipments, tab)) if is_head else []
    page = page_of(
        shipments.exclude(pk__in=[one.pk for one in urgent]),
        place,
        order,
        path=reverse("fulfilment:board"),
    )
    parcels = board.parcels_of([*urgent, *page.rows])
    for parcel in parcels if asked is request.POST else []:
        pk = parcel.shipment.pk
        parcel.carrier = asked.get(f"carrier-{pk}", "")
        parcel.waybill = asked.get(f"waybill-{pk}", "")
        parcel.is_picked = str(pk) in asked.getlist("pick")
    context = {
        "parcels": parcels,
        "pager": page.pager,
        "tab": tab,
        "tabs": _tabs(tab, asked.get("warehouse", ""), chosen),
        "warehouses": [one.warehouse for one in halls],
        "warehouse_code": asked.get("warehouse", ""),
        "place": place,
        "columns": _columns(tab),
        "may_fulfil": request.user.has_perm("orders.fulfil_order"),
        "common_carrier": asked.get("carrier", ""),
        "has_errors": status != 200,  # noqa: PLR2004
    }
    return render(request, "fulfilment/board.html", context, status=status)


def _place(asked: QueryDict, tab: str) -> QueryDict:
    """Where on the board the person is: the part of an address or a form that a list needs."""
    place = QueryDict(mutable=True)
    for name in PLACE:
        if asked.get(name):
            place[name] = str(asked[name])
    place["tab"] = tab
    return place


def _tabs(current: str, warehouse: str, halls: list[board.Hall]) -> list[Tab]:
    tabs, url = [], reverse("fulfilment:board")
    for place, (name, label) in enumerate(board.TABS.items(), start=1):
        query = {"tab": name, "warehouse": warehouse} if warehouse else {"tab": name}
        shown = board.count_in(halls, name)
        address = f"{url}?{urlencode(query)}"
        tabs.append(Tab(str(label), address, name == current, shown, hotkey=str(place)))
    return tabs


def _columns(tab: str) -> list[Column]:
    has_waybill = tab in ("packed", "today", "on_the_way")
    last = [Column(_("Carrier and waybill"))] if has_waybill else []
    return [
        Column(_("Pick"), "cell-pick"),
        Column(_("Shipment"), "cell-main"),
        Column(_("Recipient"), "cell-who"),
        Column(_("Goods"), "cell-more"),
        Column(_("Pieces"), "cell-amount num"),
        Column(_("Warehouse"), "cell-more cell-full" if has_waybill else "cell-more cell-wide"),
        Column(_("Status"), "cell-status"),
        *last,
    ]


def _merged_words(count: int) -> str:
    return ngettext("%d shipment travels as one.", "%d shipments travel as one.", count) % count


def _parted_words(count: int) -> str:
    return ngettext("%d shipment travels alone.", "%d shipments travel alone.", count) % count


def _picked_words(count: int) -> str:
    return ngettext("%d shipment is being picked.", "%d shipments are being picked.", count) % count


def _packed_words(count: int) -> str:
    return ngettext("%d shipment packed.", "%d shipments packed.", count) % count


def _shipped_words(count: int) -> str:
    return ngettext("%d shipment handed over.", "%d shipments handed over.", count) % count


def _delivered_words(count: int) -> str:
    return ngettext("%d shipment delivered.", "%d shipments delivered.", count) % count
