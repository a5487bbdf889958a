"""Reading count sheets: who sees which, and how far each is."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet

from inventory.counting.models import NUMBER, CountLine, CountSheet
from inventory.counting.moved import lines_of, moved_since
from inventory.counting.post import needs_second, value_of
from inventory.listing import warehouses_of
from inventory.models import SkuBarcode, StockMovement
from oms.ids import id_in
from oms.models import User


@dataclass(frozen=True, slots=True)
class Row:
    """A line as the page shows it: what moved since it was handed out, and whether another person must post it."""

    line: CountLine
    moved: list[StockMovement]
    value: Decimal | None
    needs_second: bool
    codes: str

    @property
    def is_ready(self) -> bool:
        return self.line.state == CountLine.State.COUNTED

    @property
    def moved_pieces(self) -> int:
        return sum(one.quantity for one in self.moved)


def sheets_of(user: User) -> QuerySet[CountSheet]:
    """Those of a warehouse that `user` works in."""
    return CountSheet.objects.filter(warehouse__in=warehouses_of(user).values("pk"))


def id_of(number: str) -> int:
    """The id in a number like CS000012; 0 when it is none."""
    text = number.strip().upper()
    return id_in(text[len(NUMBER) :]) if text.startswith(NUMBER) else 0


def list_rows(user: User, status: str) -> QuerySet[CountSheet]:
    """The sheets of one status with how many lines they have, are counted and are posted."""
    shown = sheets_of(user).filter(status=status) if status else sheets_of(user)
    return shown.select_related("warehouse", "created_by").annotate(
        line_count=Count("lines"),
        counted_count=Count("lines", filter=~Q(lines__state="open")),
        posted_count=Count("lines", filter=Q(lines__state="posted")),
    )


def rows_of(sheet: CountSheet, user: User) -> list[Row]:
    """Every line of the sheet. Four queries, however many there are."""
    lines = lines_of(sheet.pk)
    moved = moved_since(sheet.pk)
    barcodes = SkuBarcode.objects.filter(sku__in=[line.stock.sku_id for line in lines])
    codes: dict[int, list[str]] = {}
    for sku, code in barcodes.values_list("sku", "code"):
        codes.setdefault(sku, []).append(code)
    return [
        Row(
            line=line,
            moved=moved.get(line.pk, []),
            value=value_of(line),
            needs_second=needs_second(sheet, line, user),
            codes=" ".join([line.stock.sku.code, *codes.get(line.stock.sku_id, [])]),
        )
        for line in lines
    ]
