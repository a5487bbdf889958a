"""The stock list and the page of one SKU."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from inventory import listing
from inventory.count import record_count
from inventory.forms import CountForm, ReceiveForm
from inventory.item import item_of
from inventory.models import Sku, SkuBarcode, Warehouse
from inventory.receive import Arrival, receive
from oms.access import SignedInRequest, allowed
from oms.column import Column
from oms.errors import NotPossible, Stale
from oms.ids import id_in
from oms.keyset import page_of
from oms.once import is_first_time, new_form_key


@dataclass(frozen=True, slots=True)
class Tab:
    label: str
    url: str
    is_current: bool
    count: int | None


@require_GET
@allowed("inventory.view_stock")
def stock_list(request: SignedInRequest) -> HttpResponse:
    """Stock of every SKU by warehouse, keyset-paged: `tab`, `find` and `warehouse` narrow it."""
    warehouses = list(listing.warehouses_of(request.user))
    chosen = [one for one in warehouses if one.code == request.GET.get("warehouse")] or warehouses
    tab = request.GET.get("tab", "all")
    fragment = request.GET.get("find", "").replace("\x00", "").strip()[:80]
    rows = listing.list_rows(chosen, tab=tab, fragment=fragment)
    page = page_of(rows, request.GET, listing.ORDER)
    counts = {} if fragment else listing.tab_counts(chosen)
    names = {one.pk: one for one in warehouses}
    return render(
        request,
        "stock/list.html",
        {
            "rows": [{**row, "warehouse": names.get(row["warehouse_id"])} for row in page.rows],
            "pager": page.pager,
            "fragment": fragment,
            "warehouses": warehouses,
            "tabs": [_tab(request, name, tab, counts.get(name)) for name in listing.TABS],
            "columns": _columns(),
            "low_below": listing.LOW_BELOW,
        },
    )


def _tab(request: HttpRequest, name: str, current: str, count: int | None) -> Tab:
    query = request.GET.copy()
    for part in ("tab", "after", "before"):
        query.pop(part, None)
    if name != "all":
        query["tab"] = name
    is_current = name == (current if current in listing.TABS else "all")
    return Tab(
        str(listing.TABS[name]), f"?{query.urlencode()}" if query else ".", is_current, count
    )


def _columns() -> list[Column]:
    return [
        Column(_("SKU"), "cell-main"),
        Column(_("Name"), "cell-who"),
        Column(_("Warehouse"), "cell-more"),
        Column(_("On hand"), "cell-more num"),
        Column(_("Reserved"), "cell-more num"),
        Column(_("Available"), "cell-amount num"),
        Column(_("Bin"), "cell-more"),
        Column(_("Status"), "cell-status"),
    ]


@require_GET
@allowed("inventory.view_stock")
def stock_item(request: SignedInRequest, code: str) -> HttpResponse:
    """One SKU: why so many are available, what moved, for whom pieces are kept.

    A barcode in place of the code leads to its SKU, so that a scan opens the page.
    """
    sku = Sku.objects.filter(code=code.strip().upper()).select_related("product").first()
    if sku is None:
        barcode = get_object_or_404(
            SkuBarcode.objects.select_related("sku"), code=code.strip().upper()
        )
        return redirect("stock:item", barcode.sku.code)
    return _item_page(request, sku)


@require_POST
@allowed("inventory.adjust_stock")
def receive_stock(request: SignedInRequest, code: str) -> HttpResponse:
    sku = get_object_or_404(Sku, code=code.upper())
    warehouse = _own_warehouse(request)
    form = ReceiveForm(request.POST, warehouses=[warehouse])
    if not form.is_valid():
        return _item_page(request, sku, refused_in=warehouse, receive_form=form, status=422)
    values = form.cleaned_data
    with transaction.atomic():
        if is_first_time(request.user, values["form_key"]):
            receive(
                [Arrival(sku.pk, values["quantity"], values["bin_code"])],
                warehouse_id=warehouse.pk,
                reference=values["reference"],
                actor=request.user,
            )
    words = _("%(quantity)d × %(sku)s received in %(warehouse)s.")
    names = {"quantity": values["quantity"], "sku": sku.code, "warehouse": warehouse.name}
    messages.success(request, words % names)
    return _to_item(sku, warehouse)


@require_POST
@allowed("inventory.adjust_stock")
def count_stock(request: SignedInRequest, code: str) -> HttpResponse:
    """Take over a counted quantity; when the book moved meanwhile, nothing is posted (409)."""
    sku = get_object_or_404(Sku, code=code.upper())
    warehouse = _own_warehouse(request)
    form = CountForm(request.POST, warehouses=[warehouse])
    if not form.is_valid():
        return _item_page(request, sku, refused_in=warehouse, count_form=form, status=422)
    try:
        difference = _count_once(request, sku, warehouse, form.cleaned_data)
    except (Stale, NotPossible) as refusal:
        form.add_error("counted", refusal.message)
        return _item_page(request, sku, refused_in=warehouse, count_form=form, status=409)
    counted = form.cleaned_data["counted"]
    messages.success(request, _counted_words(sku, warehouse, counted, difference))
    return _to_item(sku, warehouse)


def _count_once(
    request: SignedInRequest, sku: Sku, warehouse: Warehouse, values: dict[str, Any]
) -> int | None:
    """The difference posted; None when this form was sent before."""
    with transaction.atomic():
        if not is_first_time(request.user, values["form_key"]):
            return None
        return record_count(
            warehouse_id=warehouse.pk,
            sku_id=sku.pk,
            counted=values["counted"],
            book=values["book"],
            reason=": ".join(filter(None, (values["reason"], values["note"]))),
            actor=request.user,
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


def _own_warehouse(request: SignedInRequest) -> Warehouse:
    """The warehouse that the form names, if the person works in it; 404 otherwise."""
    pk = id_in(request.POST.get("warehouse", ""))
    return get_object_or_404(listing.warehouses_of(request.user), pk=pk)


def _to_item(sku: Sku, warehouse: Warehouse) -> HttpResponse:
    return redirect(f"{_item_url(sku)}?warehouse={warehouse.code}")


def _item_url(sku: Sku) -> str:
    return reverse("stock:item", args=[sku.code])


def _item_page(
    request: SignedInRequest,
    sku: Sku,
    *,
    refused_in: Warehouse | None = None,
    receive_form: ReceiveForm | None = None,
    count_form: CountForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page with blank forms, or with the form that was `refused_in` a warehouse and what was typed in it."""
    warehouses = list(listing.warehouses_of(request.user))
    asked = request.GET.copy()
    if refused_in:
        asked["warehouse"] = refused_in.code
    item = item_of(sku, warehouses, asked, path=_item_url(sku))
    place = item.chosen or next((one for one in item.places if one.stock), None)
    place = place or (item.places[0] if item.places else None)
    first = {"warehouse": place.warehouse.pk} if place else {}
    active = [one.warehouse for one in item.places]
    blank = {**first, "form_key": new_form_key()}
    context = {
        "item": item,
        "sku": sku,
        "place": place,
        "barcodes": list(sku.barcodes.all()),
        "aliases": list(sku.aliases.select_related("channel")),
        "may_adjust": request.user.has_perm("inventory.adjust_stock"),
        "receive_form": receive_form or ReceiveForm(initial=blank, warehouses=active),
        "count_form": count_form
        or CountForm(
            initial=blank | {"book": place.on_hand if place else 0, "form_key": new_form_key()},
            warehouses=active,
        ),
        "form": receive_form or count_form,
    }
    return render(request, "stock/item.html", context, status=status)
