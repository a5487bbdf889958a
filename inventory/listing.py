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
from django.db.models.lookups import Contains
from django.utils.translation import gettext_lazy as _

from inventory.models import Sku, SkuBarcode, Stock, Warehouse, WarehouseStaff
from oms.folded import Folded
from oms.models import User
from oms.search import fold, grams_of_query

LOW_BELOW = 10
"""Fewer free pieces than this are "low" (until each SKU has a line of its own)."""

MOST_RARE = 1000
"""More hits than this make a search text common."""

TABS = {"all": _("All"), "short": _("Short"), "low": _("Low")}
ORDER = ("code", "place_id")

# Conditions name these columns, not the joined table: a condition on `place` would join it once more.
_COLUMNS = {
    "on_hand": F("place__on_hand"),
    "reserved": F("place__reserved"),
    "available": Coalesce(F("place__available"), 0),
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
        rows = rows.filter(fits(fragment))
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
    return _found(fragment, repeats=False)


def fits(fragment: str) -> Q:
    """The condition that a SKU is one of `matching`. One query.

    What is rare is named by its ids; what is common is met soon on the way through the list, and
    reading all of it from the indexes first would only cost.
    """
    rare = {row["found"] for row in _found(fragment, repeats=True)[: MOST_RARE + 1]}
    if len(rare) <= MOST_RARE:
        return Q(pk__in=rare)
    inside = _inside(fragment)
    return _begins(fragment) | inside if inside else _begins(fragment)


def _found(fragment: str, *, repeats: bool) -> Any:
    barcodes = SkuBarcode.objects.filter(_begins(fragment))
    found: list[Any] = [barcodes.values(found=F("sku"))]
    if inside := _inside(fragment):
        found.append(Sku.objects.filter(inside).order_by().values(found=F("pk")))
    begins = Sku.objects.filter(_begins(fragment)).order_by().values(found=F("pk"))
    return begins.union(*found, all=repeats)


def _begins(fragment: str) -> Q:
    return Q(code__startswith=fragment.strip().upper())


def _inside(fragment: str) -> Q | None:
    """Every word in code or name; None when the words are too short for the index."""
    words = fold(fragment).split()
    wanted = sorted({gram for word in words for gram in grams_of_query(word)})
    if not wanted:
        return None
    condition = Q(search_grams__contains=wanted)
    for word in words:
        condition &= Q(Contains(Folded("code"), word)) | Q(Contains(Folded("name"), word))
    return condition
