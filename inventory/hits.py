from django.urls import reverse

from inventory.listing import matching
from inventory.models import Sku
from oms.finding import MOST_OF_A_KIND, Hit
from oms.models import User


def sku_hits(_user: User, text: str) -> list[Hit]:
    """SKUs whose code, barcode or name has what was typed."""
    found = Sku.objects.filter(pk__in=matching(text)).only("code", "name").order_by("code")
    return [
        Hit(sku.code, sku.name, reverse("stock:item", args=[sku.code]))
        for sku in found[:MOST_OF_A_KIND]
    ]
