"""Reading stock: what somebody may see of it, the tabs and the search of the list."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce, NullIf
from django.db.models.lookups import Contains
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from inventory.availability import available
from inventory.models import Lot, Sku, SkuBarcode, Stock, Warehouse, WarehouseStaff
from inventory.pace import SALES_DAYS
from oms.folded import Folded
from oms.models import User
from oms.search import fold, grams_of_query

LOW_BELOW = 10
"""The safety line of a place that has none of its own (`Stock.safety_stock` is 0)."""
OVERSTOCK_DAYS = 90
"""Free pieces for more days of sales than this are too many."""
SLOW_DAYS = 90
"""What lies here for so many days without a sale moves slowly."""

MOST_RARE = 1000
"""More hits than this make a search text common."""

TABS = {
    "all": _("All"),
    "short": _("Short"),
    "low": _("Low"),
    "overstock": _("Overstock"),
    "slow": _("Slow movers"),
}
ORDER = ("code", "place_id")

# Conditions name these columns, not the joined table: a condition on `place` would join it once more.
_COLUMNS = {
    "on_hand": F("place__on_hand"),
    "reserved": F("place__reserved"),
    "blocked": F("place__blocked"),
    "available": Coalesce(F("place__available"), 0),
    "line": Coalesce(NullIf(F("place__safety_stock"), 0), LOW_BELOW),
    "sold": Coalesce(F("place__pace__sold"), 0),
    "last_sold_at": F("place__pace__last_sold_at"),
    "first_at": F("place__pace__first_at"),
    "warehouse_id": F("place__warehouse_id"),
    "bin_code": F("place__bin__code"),
}
_SHORT = Q(available__lte=0, is_active=True, kind=Sku.Kind.GOODS)
_LOW = Q(available__gt=0, available__lt=F("line"), is_active=True)
_OVER = Q(sold__gt=0, available__gt=F("sold") * OVERSTOCK_DAYS / SALES_DAYS) & ~_LOW


def _slow(days: int) -> Q:
    """Something lies there for longer than that, and none of it was sold since."""
    since = timezone.now() - timedelta(days)
    unsold = Q(last_sold_at__isnull=True) | Q(last_sold_at__lt=since)
    return Q(on_hand__gt=0, first_at__lt=since) & unsold


def _of_tab(tab: str, days: int = SLOW_DAYS) -> Q:
    """The condition of a row to be in a tab; none for one that is unknown."""
    found = {"short": _SHORT, "low": _LOW, "overstock": _OVER, "slow": _slow(days)}
    return found.get(tab, Q())


def _standing() -> Case:
    """The status of a row: the first tab that it is in, so that both always say the same."""
    cases = [When(_of_tab(tab), then=Value(tab)) for tab in TABS if tab != "all"]
    return Case(*cases, default=Value("normal"), output_field=CharField())


def warehouses_of(user: User) -> QuerySet[Warehouse]:
    """The warehouses `user` works in: all, or those they are limited to."""
    limits = WarehouseStaff.objects.filter(user=user)
    return Warehouse.objects.filter(
        ~Exists(limits) | Exists(limits.filter(warehouse=OuterRef("pk")))
    )


def stock_in(warehouses: Sequence[Warehouse]) -> QuerySet[Stock]:
    return Stock.objects.filter(warehouse__in=warehouses)


def list_rows(
    warehouses: Sequence[Warehouse], *, tab: str = "all", fragment: str = "", days: int = SLOW_DAYS
) -> Any:
    """Rows of the list: one per SKU and warehouse, and one for a SKU that lies nowhere.

    Gives dicts: code, name, is_active, kind, sku_id, standing and the names of `_COLUMNS` (None: lies nowhere).
    """
    rows = _placed(warehouses).filter(_of_tab(tab, days)).annotate(standing=_standing())
    if fragment:
        rows = rows.filter(fits(fragment))
    return rows.values(
        "code", "name", "is_active", "kind", "place_id", "standing", *_COLUMNS, sku_id=F("pk")
    )


def with_bundles(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows; those of bundles, which lie nowhere, say how many their components allow."""
    codes = [row["code"] for row in rows if row["kind"] == Sku.Kind.BUNDLE]
    if not codes:
        return list(rows)
    ids = dict(Sku.objects.filter(code__in=codes).values_list("code", "pk"))
    free = available(ids.values())
    return [
        {**row, "available": free[ids[row["code"]]]} if row["code"] in ids else row for row in rows
    ]


def tab_counts(warehouses: Sequence[Warehouse]) -> dict[str, int]:
    """How many rows each tab has; goes over all of them, see `inventory.tallies`."""
    filters = {tab: Count("code", filter=_of_tab(tab)) for tab in TABS if tab != "all"}
    return _placed(warehouses).aggregate(all=Count("code"), **filters)


def places_of_tab(warehouse: Warehouse, tab: str, *, most: int) -> list[int]:
    """Ids of the stock that a tab shows of one warehouse, by bin; what lies nowhere has none."""
    rows: Any = _placed([warehouse])
    rows = rows.filter(_of_tab(tab), place_id__gt=0)
    return list(rows.order_by("bin_code", "code").values_list("place_id", flat=True)[:most])


def _placed(warehouses: Sequence[Warehouse]) -> QuerySet[Sku]:
    """Each SKU once for each of `warehouses` it lies in, and once with nothing when in none."""
    place = FilteredRelation("stock", condition=Q(stock__warehouse__in=warehouses))
    return Sku.objects.annotate(place=place, place_id=Coalesce(F("place__id"), 0), **_COLUMNS)


def matching(fragment: str) -> Any:
    """Ids of the SKUs whose code or name contains every word, or whose code or barcode begins so.

    The whole code of a lot or a serial number finds its SKU.
    """
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
    lots = Lot.objects.filter(code=fragment.strip().upper())
    found: list[Any] = [barcodes.values(found=F("sku")), lots.values(found=F("sku"))]
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
