"""The page of one bin: what lies in it. A scan of its label leads here."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from inventory.listing import warehouses_of
from inventory.models import Bin
from inventory.places import clean_place
from oms.access import SignedInRequest, allowed
from oms.keyset import page_of


@require_GET
@allowed("inventory.view_stock")
def bin_page(request: SignedInRequest, warehouse_code: str, bin_code: str) -> HttpResponse:
    """The stock of one bin, keyset-paged; 404 in a warehouse that the person does not work in."""
    places = Bin.objects.filter(warehouse__in=warehouses_of(request.user))
    place = get_object_or_404(
        places.select_related("warehouse"),
        warehouse__code=warehouse_code,
        code=clean_place(bin_code),
    )
    stock = place.stock.select_related("sku")
    page = page_of(stock, request.GET, ("sku__code", "id"))
    return render(
        request, "stock/bin.html", {"bin": place, "stock": page.rows, "pager": page.pager}
    )
