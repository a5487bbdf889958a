from django.urls import reverse

from inventory.listing import matching, warehouses_of
from inventory.models import Bin, Sku
from inventory.places import PLACE_LENGTH, clean_place
from oms.finding import MOST_OF_A_KIND, Hit
from oms.models import User


def sku_hits(_user: User, text: str) -> list[Hit]:
    """SKUs whose code, barcode or name has what was typed."""
    found = Sku.objects.filter(pk__in=matching(text)).only("code", "name").order_by("code")
    return [
        Hit(sku.code, sku.name, reverse("stock:item", args=[sku.code]))
        for sku in found[:MOST_OF_A_KIND]
    ]


def bin_hits(user: User, text: str) -> list[Hit]:
    """Bins whose code begins with what was typed or scanned; a label says HZ/A-01, which names the warehouse too."""
    warehouse, slash, code = text.partition("/")
    if not slash:
        warehouse, code = "", text
    code = clean_place(code)
    if not code or len(code) > PLACE_LENGTH:
        return []
    found = Bin.objects.filter(warehouse__in=warehouses_of(user), code__startswith=code)
    if warehouse:
        found = found.filter(warehouse__code=clean_place(warehouse))
    return [
        Hit(one.code, one.warehouse.name, reverse("stock:bin", args=[one.warehouse.code, one.code]))
        for one in found.select_related("warehouse").order_by("code", "pk")[:MOST_OF_A_KIND]
    ]
