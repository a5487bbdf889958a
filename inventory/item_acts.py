"""What is done with one SKU in one warehouse: received, counted, blocked, put in another bin."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from inventory.count import Count, apply_difference, record_count
from inventory.forms import BinForm, BlockForm, CountForm, ReceiveForm
from inventory.item_views import Conflict, Returned, item_page, to_item
from inventory.ledger import Blocking, block, unblock
from inventory.listing import warehouses_of
from inventory.models import Sku, Stock, StockBlock, Warehouse
from inventory.moves import moved_after
from inventory.own import own_warehouse
from inventory.packs import Pack, packs_of
from inventory.receive import Arrival, receive
from inventory.shelve import change_bin
from oms.access import SignedInRequest, allowed
from oms.errors import InvalidInput, NotPossible, Stale
from oms.ids import id_in
from oms.once import is_first_time


@require_POST
@allowed("inventory.adjust_stock")
def receive_stock(request: SignedInRequest, code: str) -> HttpResponse:
    sku, warehouse = _about(request, code)
    form = ReceiveForm(request.POST, warehouses=[warehouse], packs=_packs(sku), sku=sku)
    if not form.is_valid():
        return item_page(request, sku, Returned("receive_form", form, warehouse))
    values = form.cleaned_data
    arrival = Arrival(sku.pk, values["quantity"], values["bin_code"], lots=form.told)
    try:
        with transaction.atomic():
            if is_first_time(request.user, values["form_key"]):
                receive(
                    [arrival],
                    warehouse_id=warehouse.pk,
                    reference=values["reference"],
                    actor=request.user,
                )
    except InvalidInput as refusal:
        form.show(refusal)
        return item_page(request, sku, Returned("receive_form", form, warehouse))
    words = _("%(quantity)d × %(sku)s received in %(warehouse)s.")
    names = {"quantity": values["quantity"], "sku": sku.code, "warehouse": warehouse.name}
    messages.success(request, words % names)
    return to_item(sku, warehouse)


@require_POST
@allowed("inventory.adjust_stock")
def count_stock(request: SignedInRequest, code: str) -> HttpResponse:
    """Take over a counted quantity; when the book moved meanwhile, nothing is posted (409) unless `apply` says so."""
    sku, warehouse = _about(request, code)
    form = CountForm(request.POST, warehouses=[warehouse], packs=_packs(sku), sku=sku)
    if not form.is_valid():
        return item_page(request, sku, Returned("count_form", form, warehouse))
    try:
        difference = _count_once(request, sku, warehouse, form)
    except InvalidInput as refusal:
        form.show(refusal)
        return item_page(request, sku, Returned("count_form", form, warehouse))
    except NotPossible as refusal:
        form.add_error("counted", refusal.message)
        return item_page(request, sku, Returned("count_form", form, warehouse, 409))
    except Stale as refusal:
        conflict = _conflict(sku, warehouse, form.cleaned_data)
        form.add_error("counted", refusal.message)
        return item_page(request, sku, Returned("count_form", form, warehouse, 409, conflict))
    counted = form.cleaned_data["counted"]
    messages.success(request, _counted_words(sku, warehouse, counted, difference))
    return to_item(sku, warehouse)


def _count_once(
    request: SignedInRequest, sku: Sku, warehouse: Warehouse, form: CountForm
) -> int | None:
    """The difference posted; None when this form was sent before."""
    values = form.cleaned_data
    verb = apply_difference if request.POST.get("apply") else record_count
    count = Count(
        warehouse_id=warehouse.pk,
        sku_id=sku.pk,
        counted=values["counted"],
        book=values["book"],
        reason=": ".join(filter(None, (values["reason"], values["note"]))),
        lots=form.told,
    )
    with transaction.atomic():
        if not is_first_time(request.user, values["form_key"]):
            return None
        return verb(count, actor=request.user)


def _conflict(sku: Sku, warehouse: Warehouse, values: dict[str, Any]) -> Conflict:
    return Conflict(
        counted=values["counted"],
        book=values["book"],
        reason=values["reason"],
        note=values["note"],
        moved=moved_after(warehouse.pk, sku.pk, values["seen"] or 0) if values["seen"] else [],
    )


def _counted_words(sku: Sku, warehouse: Warehouse, counted: int, difference: int | None) -> str:
    if difference is None:
        words = _("%(sku)s in %(warehouse)s: this count of %(counted)d was saved before.")
        return words % {"sku": sku.code, "warehouse": warehouse.name, "counted": counted}
    words = (
        _("%(sku)s in %(warehouse)s: %(counted)d counted, %(difference)+d posted.")
        if difference
        else _("%(sku)s in %(warehouse)s: %(counted)d counted, as in the book. Nothing to post.")
    )
    names = {"sku": sku.code, "warehouse": warehouse.name}
    return words % {**names, "counted": counted, "difference": difference}


@require_POST
@allowed("inventory.adjust_stock")
def block_stock(request: SignedInRequest, code: str) -> HttpResponse:
    """Set free pieces apart."""
    sku, warehouse = _about(request, code)
    form = BlockForm(request.POST, warehouses=[warehouse], packs=_packs(sku))
    if not form.is_valid():
        return item_page(request, sku, Returned("block_form", form, warehouse))
    stock = get_object_or_404(Stock, sku=sku, warehouse=warehouse)
    values = form.cleaned_data
    wanted = Blocking(stock.pk, values["pieces"], values["why"], values["remark"])
    try:
        with transaction.atomic():
            if is_first_time(request.user, values["form_key"]):
                block([wanted], actor=request.user)
    except NotPossible as refusal:
        form.add_error("pieces", refusal.message)
        return item_page(request, sku, Returned("block_form", form, warehouse, 409))
    messages.success(request, _("%(pieces)d blocked.") % {"pieces": values["pieces"]})
    return to_item(sku, warehouse)


@require_POST
@allowed("inventory.adjust_stock")
def unblock_stock(request: SignedInRequest, code: str) -> HttpResponse:
    """Let blocked pieces be promised again; a block that ended before is left alone."""
    sku = get_object_or_404(Sku, code=code.upper())
    blocks = StockBlock.objects.filter(
        stock__sku=sku, stock__warehouse__in=warehouses_of(request.user)
    ).select_related("stock__warehouse")
    found = get_object_or_404(blocks, pk=id_in(request.POST.get("block", "")))
    done = unblock([found.pk])
    messages.success(
        request,
        _("%d pieces are free again.") % found.quantity
        if done
        else _("These pieces were freed before."),
    )
    return to_item(sku, found.stock.warehouse)


@require_POST
@allowed("inventory.adjust_stock")
def change_bin_of(request: SignedInRequest, code: str) -> HttpResponse:
    sku, warehouse = _about(request, code)
    form = BinForm(request.POST, warehouses=[warehouse])
    if not form.is_valid():
        return item_page(request, sku, Returned("bin_form", form, warehouse))
    stock = get_object_or_404(Stock, sku=sku, warehouse=warehouse)
    try:
        change_bin(stock.pk, form.cleaned_data["new_bin"], actor=request.user)
    except InvalidInput as refusal:
        form.add_error("new_bin", refusal.message)
        return item_page(request, sku, Returned("bin_form", form, warehouse))
    messages.success(request, _("The bin is changed."))
    return to_item(sku, warehouse)


def _packs(sku: Sku) -> list[Pack]:
    return packs_of([sku.code]).get(sku.code, [])


def _about(request: SignedInRequest, code: str) -> tuple[Sku, Warehouse]:
    """The SKU of the address and the warehouse of the form; 404 when the person has nothing to do there."""
    sku = get_object_or_404(Sku, code=code.upper())
    return sku, own_warehouse(request.user, request.POST.get("warehouse", ""))
