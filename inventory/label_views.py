"""Labels for bins and goods, as PDF."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from inventory.labels import MOST_LABELS, PDF_TYPE, Label, labels_pdf
from inventory.models import Bin, Sku
from inventory.own import own_stock
from oms.access import SignedInRequest, allowed
from oms.ids import id_in


@require_GET
@allowed("inventory.view_stock")
def bin_labels(request: SignedInRequest) -> HttpResponse:
    """A label for every bin in which the stock of `ids` lies, each bin once, in the order of the walk."""
    ids = own_stock(request.user, request.GET.get("ids", "").split(",")[:MOST_LABELS])
    bins = Bin.objects.filter(stock__in=ids).select_related("warehouse").distinct()
    labels = [
        Label(f"{one.warehouse.code}/{one.code}", one.code, one.warehouse.name)
        for one in bins.order_by("warehouse__code", "code")
    ]
    return _pdf(labels, "bins")


@require_GET
@allowed("inventory.view_stock")
def item_labels(request: HttpRequest, code: str) -> HttpResponse:
    """`copies` labels of one SKU: its first barcode, else its code."""
    sku = get_object_or_404(Sku, code=code.upper())
    barcode = sku.barcodes.order_by("pk").first()
    copies = min(max(id_in(request.GET.get("copies", "1")), 1), MOST_LABELS)
    scanned = barcode.code if barcode and barcode.code.isascii() else sku.code
    return _pdf([Label(scanned, sku.code, sku.name)] * copies, sku.code)


def _pdf(labels: list[Label], name: str) -> HttpResponse:
    answer = HttpResponse(labels_pdf(labels), content_type=PDF_TYPE)
    safe = "".join(letter if letter.isalnum() and letter.isascii() else "-" for letter in name)
    answer["Content-Disposition"] = f'inline; filename="labels-{safe}.pdf"'
    return answer
