"""Splitting and merging the parcels of an order: a page to split, and buttons."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from inventory.listing import warehouses_of
from inventory.models import Warehouse
from oms.access import SignedInRequest, allowed
from oms.errors import InvalidInput, NotPossible, Refused
from oms.ids import id_in
from orders.desk.detail import parcel_contents
from orders.desk.door import order_action, order_of, way_back
from orders.desk.goods_acts import HANDS
from orders.exceptions.fixes import ship_only_whole, ship_what_is_there
from orders.models import Order, Shipment
from orders.outcome import require_all
from orders.parcels.choices import choices_for
from orders.parcels.company import same_recipient
from orders.parcels.forms import HERE, SplitForm, inside_of
from orders.parcels.merge import merge_parcels
from orders.parcels.split import move_parcel, rejoin_parcels, split_parcel
from orders.parcels.unmerge import unmerge_parcels


@require_http_methods(["GET", "POST"])
@allowed("orders.view_order", one_of=HANDS)
def split(request: SignedInRequest, number: str) -> HttpResponse:
    """The parcels that nobody has begun, each with the pieces that go into another one; what a short order can do."""
    order = order_of(request, number)
    if request.method == "GET":
        return _page(request, order)
    shipment = _own(request, order, id_in(request.POST.get("shipment", "")))
    found = _forms(request, order, request.POST, only=shipment.pk)
    if not found:
        messages.error(request, _("%s cannot be split any more.") % shipment.number)
        return redirect("orders:split", order.number)
    form = found[0]
    if not form.is_valid():
        return _page(request, order, typed=form, status=422)
    try:
        new = _split(request, form)
    except InvalidInput as refusal:
        form.show_errors(refusal.errors)
        return _page(request, order, typed=form, status=422)
    except NotPossible as refusal:
        messages.error(request, refusal.message)
        return _page(request, order, typed=form, status=409)
    words = _("%(number)s is split: %(new)s has the rest.")
    messages.success(request, words % {"number": shipment.number, "new": new.number})
    return redirect(order)


def _split(request: SignedInRequest, form: SplitForm) -> Shipment:
    to = form.cleaned_data["to"]
    if to == HERE:
        return split_parcel(form.shipment.pk, form.pieces, actor=request.user)
    return move_parcel(form.shipment.pk, form.pieces, int(to), actor=request.user)


def _own(request: SignedInRequest, order: Order, shipment_id: int) -> Shipment:
    """The shipment of the order, in a warehouse of the person; Http404 otherwise."""
    mine = order.shipments.filter(warehouse__in=warehouses_of(request.user))
    return get_object_or_404(mine, pk=shipment_id)


def _forms(
    request: SignedInRequest, order: Order, data: QueryDict | None = None, *, only: int = 0
) -> list[SplitForm]:
    mine = set(warehouses_of(request.user).values_list("pk", flat=True))
    targets = list(Warehouse.objects.filter(is_active=True, pk__in=mine))
    return [
        SplitForm(one.shipment, inside_of(one.lines), targets, data)
        for one in parcel_contents(order)
        if one.shipment.status == "ready"
        and not one.shipment.consignment_id
        and one.shipment.warehouse_id in mine
        and only in (0, one.shipment.pk)
    ]


def _page(
    request: SignedInRequest, order: Order, *, typed: SplitForm | None = None, status: int = 200
) -> HttpResponse:
    forms = _forms(request, order)
    shown = [typed if typed and typed.shipment.pk == one.shipment.pk else one for one in forms]
    warehouses = [one.shipment.warehouse_id for one in forms]
    context: dict[str, Any] = {
        "order": order,
        "forms": shown,
        "form": typed,
        "choices": choices_for(order, request.user),
        "can_rejoin": [pk for pk in set(warehouses) if warehouses.count(pk) > 1],
        "may_decide": request.user.has_perm("orders.place_order"),
    }
    return render(request, "orders/split.html", context, status=status)


@order_action("orders.place_order")
def ship_parts(request: SignedInRequest, order: Order) -> str:
    require_all(ship_what_is_there([order.pk], actor=request.user))
    return _("Order %s ships what is there; the rest follows.") % order.number


@order_action("orders.place_order")
def ship_whole(request: SignedInRequest, order: Order) -> str:
    require_all(ship_only_whole([order.pk], actor=request.user))
    return _("Order %s waits for all of its goods.") % order.number


def _on_parcel(request: SignedInRequest, number: str, shipment_id: int) -> Shipment:
    return _own(request, order_of(request, number), shipment_id)


@require_POST
@allowed("orders.view_order", one_of=HANDS)
def rejoin(request: SignedInRequest, number: str, shipment_id: int) -> HttpResponse:
    """Put the order's parcels of this warehouse together again."""
    shipment = _on_parcel(request, number, shipment_id)
    try:
        taken = rejoin_parcels(shipment.pk, actor=request.user)
        words = _("%(number)s now holds what was in %(others)s, too.")
        told = words % {"number": shipment.number, "others": ", ".join(taken)}
        messages.success(request, told)
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect(way_back(request, shipment.order.get_absolute_url()))


@require_POST
@allowed("orders.view_order", one_of=HANDS)
def merge(request: SignedInRequest, number: str, shipment_id: int) -> HttpResponse:
    """Merge the parcel with what else is ready for its recipient in its warehouse."""
    shipment = _on_parcel(request, number, shipment_id)
    try:
        company = [one.pk for one in same_recipient(shipment)]
        merged = merge_parcels([shipment.pk, *company], actor=request.user)
        words = _("%d parcels travel as one now.")
        messages.success(request, words % len(merged))
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect(way_back(request, shipment.order.get_absolute_url()))


@require_POST
@allowed("orders.view_order", one_of=HANDS)
def unmerge(request: SignedInRequest, number: str, shipment_id: int) -> HttpResponse:
    """Take the parcel out of the merged one."""
    shipment = _on_parcel(request, number, shipment_id)
    try:
        require_all(unmerge_parcels([shipment.pk], actor=request.user))
        messages.success(request, _("%s travels alone again.") % shipment.number)
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect(way_back(request, shipment.order.get_absolute_url()))
