"""SKUs that a clerk may mean while typing: by code, barcode, a piece of the name or its pinyin initials."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from inventory.models import Sku, Stock
from oms.search import fold, grams_of_query

MOST = 12


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A SKU that is sold, with the pieces that are free in all warehouses together."""

    code: str
    name: str
    unit: str
    price: Decimal
    currency: str
    available: int


def suggest(text: str) -> list[Suggestion]:
    """At most a dozen SKUs for `text`, by code; those whose code begins so come first."""
    text = text.replace("\x00", "").strip()[:80]
    if not text:
        return []
    ids = _ids(text)
    free = Stock.objects.filter(sku=OuterRef("pk"), warehouse__is_active=True).order_by()
    pieces = free.values("sku").annotate(pieces=Sum("available")).values("pieces")
    rows = Sku.objects.filter(pk__in=ids).annotate(
        available=Coalesce(Subquery(pieces, output_field=IntegerField()), 0)
    )
    found = sorted(rows, key=lambda sku: (ids.index(sku.pk), sku.code))
    return [
        Suggestion(sku.code, sku.name, sku.unit, sku.price, sku.currency, sku.available)
        for sku in found
    ]


def _ids(text: str) -> Sequence[int]:
    sold = Sku.objects.filter(is_active=True)
    code = text.upper()
    ids = _few(sold.filter(code__startswith=code)) + _few(sold.filter(barcodes__code=code))
    wanted = grams_of_query(text)
    if len(ids) < MOST and wanted:
        found = list(sold.filter(search_grams__contains=wanted).order_by("code")[: MOST * 8])
        folded = fold(text)
        ids += [sku.pk for sku in found if folded in fold(f"{sku.name} {sku.code}")]
        by_sound = [sku for sku in found if folded in sku.initials]
        # Whole names are typed from their beginning.
        by_sound.sort(key=lambda sku: f" {folded}" not in f" {sku.initials}")
        ids += [sku.pk for sku in by_sound]
    return list(dict.fromkeys(ids))[:MOST]


def _few(skus: QuerySet[Sku]) -> list[int]:
    return list(skus.order_by("code").values_list("pk", flat=True)[:MOST])
