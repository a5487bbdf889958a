"""Reading stock: what somebody may see of it, the tabs and the search of the list."""

from collections.abc import Sequence
from typing import Any

from django.db.models import (
    Count,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from inventory.models import Sku, SkuBarcode, Stock, Warehouse, WarehouseStaff
from oms.folded import Folded
from oms.models import User
from oms.search import fold, grams_of_query

LOW_BELOW = 10
"""Fewer free pieces than this are "low" (until each SKU has a line of its own)."""

TABS = {"all": _("All"), "short": _("Short"), "low": _("Low")}
ORDER = ("code", "place_id")

# Conditions name these columns, not the joined table: a condition on `place` would join it once more.
_COLUMNS = {
    "on_hand": F("place__on_hand"),
    "reserved": F("place__reserved"),
    "available": Coalesce(F("place__on_hand") - F("place__reserved"), 0),
    "warehouse_id": F("place__warehouse_id"),
    "bin_code": F("place__bin__code"),
}
_SHORT = Q(available=0, is_active=True, kind=Sku.Kind.GOODS)
_LOW = Q(available__gt=0, available__lt=LOW_BELOW, is_active=True)
_OF_TAB = {"short": _SHORT, "low": _LOW}


def warehouses_of(user: User) -> QuerySet[Warehouse]:
    """The warehouses `user` works in: all, or those they are limited to."""
    limits = WarehouseStaff.objects.filter(user=user)
    return Warehouse.objects.filter(
        ~Exists(limits) | Exists(limits.filter(warehouse=OuterRef("pk")))
    )


def stock_in(warehouses: Sequence[Warehouse]) -> QuerySet[Stock]:
    return Stock.objects.filter(warehouse__in=warehouses)


def list_rows(warehouses: Sequence[Warehouse], *, tab: str = "all", fragment: str = "") -> Any:
    """Rows of the list: one per SKU and warehouse, and one for a SKU that lies nowhere.

    Gives dicts: code, name, is_active, kind and the names of `_COLUMNS` (None: lies nowhere).
    """
    rows = _placed(warehouses).filter(_OF_TAB.get(tab, Q()))
    if fragment:
        rows = rows.filter(pk__in=matching(fragment))
    return rows.values("code", "name", "is_active", "kind", "place_id", *_COLUMNS)


def tab_counts(warehouses: Sequence[Warehouse]) -> dict[str, int]:
    """How many rows the short and the low tab have."""
    rows = _placed(warehouses)
    return rows.aggregate(short=Count("code", filter=_SHORT), low=Count("code", filter=_LOW))


def _placed(warehouses: Sequence[Warehouse]) -> QuerySet[Sku]:
    """Each SKU once for each of `warehouses` it lies in, and once with nothing when in none."""
    place = FilteredRelation("stock", condition=Q(stock__warehouse__in=warehouses))
    return Sku.objects.annotate(place=place, place_id=Coalesce(F("place__id"), 0), **_COLUMNS)


def matching(fragment: str) -> Any:
    """Ids of the SKUs whose code or name contains every word, or whose code or barcode begins so."""
    words = fold(fragment).split()
    start = fragment.strip().upper()
    found = Sku.objects.filter(code__startswith=start).values("pk")
    found = found.union(SkuBarcode.objects.filter(code__startswith=start).values("sku"))
    wanted = sorted({gram for word in words for gram in grams_of_query(word)})
    if not wanted:
        return found
    inside = Sku.objects.filter(search_grams__contains=wanted)
    inside = inside.annotate(folded_code=Folded("code"), folded_name=Folded("name"))
    for word in words:
        inside = inside.filter(Q(folded_code__contains=word) | Q(folded_name__contains=word))
    return found.union(inside.values("pk"))
