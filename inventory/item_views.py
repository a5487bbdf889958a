"""The page of one SKU."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from inventory.extras import extras_of
from inventory.forms import BinForm, BlockForm, CountForm, ReceiveForm
from inventory.item import Item, Place, item_of
from inventory.listing import warehouses_of
from inventory.models import Lot, Sku, SkuBarcode, StockMovement, Warehouse
from inventory.moves import newest_move
from inventory.own import SEE_COST
from oms.access import SignedInRequest, allowed
from oms.once import new_form_key


@dataclass(frozen=True, slots=True)
class Conflict:
    """A count whose book moved meanwhile: what was sent, and the movements since."""

    counted: int
    book: int
    reason: str
    note: str
    moved: list[StockMovement]

    @property
    def difference(self) -> int:
        return self.counted - self.book


@dataclass(frozen=True, slots=True)
class Returned:
    """A form that was refused, its name in the template, and the warehouse it was about."""

    name: str
    form: Form
    warehouse: Warehouse
    status: int = 422
    conflict: Conflict | None = None


@require_GET
@allowed("inventory.view_stock")
def stock_item(request: SignedInRequest, code: str) -> HttpResponse:
    """One SKU: why so many are available, what moved, for whom pieces are kept.

    A barcode, lot or serial number in place of the code leads to its SKU, so that a scan opens the page.
    """
    sku = Sku.objects.filter(code=code.strip().upper()).select_related("product").first()
    if sku is None:
        return redirect("stock:item", _scanned(code.strip().upper()).code)
    return item_page(request, sku)


def _scanned(code: str) -> Sku:
    """The SKU that a barcode, or a lot or serial number of one SKU alone, leads to; 404 without."""
    barcode = SkuBarcode.objects.select_related("sku").filter(code=code).first()
    if barcode:
        return barcode.sku
    lots = list(Lot.objects.select_related("sku").filter(code=code)[:2])
    if len(lots) != 1:
        raise Http404
    return lots[0].sku


def to_item(sku: Sku, warehouse: Warehouse) -> HttpResponse:
    return redirect(f"{item_url(sku)}?warehouse={warehouse.code}")


def item_url(sku: Sku) -> str:
    return reverse("stock:item", args=[sku.code])


_FORMS: dict[str, Callable[..., Form]] = {
    "receive_form": ReceiveForm,
    "count_form": CountForm,
    "block_form": BlockForm,
    "bin_form": BinForm,
}


def item_page(request: SignedInRequest, sku: Sku, returned: Returned | None = None) -> HttpResponse:
    """The page with blank forms, or with the one that was refused and what was typed in it."""
    warehouses = list(warehouses_of(request.user))
    asked = request.GET.copy()
    if returned:
        asked["warehouse"] = returned.warehouse.code
    item = item_of(sku, warehouses, asked, path=item_url(sku))
    place = item.chosen or next((one for one in item.places if one.stock), None)
    place = place or (item.places[0] if item.places else None)
    may_keep = request.user.has_perm("inventory.add_channelkept")
    context = {
        "item": item,
        "sku": sku,
        "place": place,
        "newest_move": newest_move(place.stock) if place and place.stock else 0,
        "barcodes": list(sku.barcodes.all()),
        "aliases": list(sku.aliases.select_related("channel")),
        "extras": extras_of(sku, warehouses, item.available, may_keep=may_keep),
        "may_keep": may_keep,
        "may_adjust": request.user.has_perm("inventory.adjust_stock"),
        "may_see_cost": request.user.has_perm(SEE_COST),
        **_forms(item, place, returned),
        "form": returned.form if returned else None,
        "conflict": returned.conflict if returned else None,
    }
    return render(request, "stock/item.html", context, status=returned.status if returned else 200)


def _forms(item: Item, place: Place | None, returned: Returned | None) -> dict[str, Form]:
    active = [one.warehouse for one in item.places]
    first: dict[str, Any] = {"warehouse": place.warehouse.pk} if place else {}
    stock = place.stock if place else None
    first |= {"book": place.on_hand if place else 0}
    first |= {"new_bin": stock.bin.code if stock and stock.bin else ""}
    return {
        name: returned.form
        if returned and returned.name == name
        else make(
            initial=first | {"form_key": new_form_key()}, warehouses=active, **_about(name, item)
        )
        for name, make in _FORMS.items()
    }


def _about(name: str, item: Item) -> dict[str, Sku]:
    """Forms in which pieces come or go ask for their lots."""
    return {"sku": item.sku} if name in ("receive_form", "count_form") else {}
