"""The ledger of some stock, newest first, with what was left after each movement."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Max, Sum
from django.http import QueryDict

from inventory.count import reason_words
from inventory.holders import Holder
from inventory.models import Stock, StockMovement
from inventory.references import page_of_reference
from oms.keyset import Page, page_of

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Moved:
    """A movement, the order it belongs to (None for receipts and counts), what was on hand after it, and of which lots
    its pieces were (for a SKU that has any)."""

    movement: StockMovement
    holder: Holder | None
    balance: int
    lots: list[str]

    @property
    def why(self) -> str:
        return reason_words(self.movement.reason)

    @property
    def label(self) -> str:
        """What caused it, in short: its number, else the order's."""
        return self.movement.reference or (self.holder.label if self.holder else "")

    @property
    def url(self) -> str:
        """The page of what caused it; empty when there is none."""
        return self.holder.url if self.holder else page_of_reference(self.movement.reference)


def moves_of(
    stocks: Sequence[Stock], asked: QueryDict, *, path: str
) -> tuple[Page[StockMovement], list[int]]:
    """A page of the movements, and the pieces on hand in all of `stocks` after each. Two queries."""
    moves = StockMovement.objects.filter(stock__in=stocks)
    page = page_of(
        moves.select_related("stock__warehouse", "actor", "reservation"),
        asked,
        ("-id",),
        path=path,
    )
    if not page.rows:
        return page, []
    # Down from what lies here now: the first page, which everybody opens, has nothing above it to be summed.
    later = moves.filter(pk__gt=page.rows[0].pk).aggregate(total=Sum("quantity"))["total"] or 0
    left = sum(stock.on_hand for stock in stocks) - later
    balances = []
    for one in page.rows:
        balances.append(left)
        left -= one.quantity
    return page, balances


def newest_move(stock: Stock) -> int:
    """The id of the stock's latest movement; 0 when nothing ever moved."""
    return StockMovement.objects.filter(stock=stock).aggregate(newest=Max("pk"))["newest"] or 0


def moved_after(warehouse_id: int, sku_id: int, seen_id: int) -> list[StockMovement]:
    """What moved in a place after the movement that somebody saw as its latest, the first of it first."""
    moves = StockMovement.objects.filter(
        stock__warehouse=warehouse_id, stock__sku=sku_id, pk__gt=seen_id
    )
    return list(moves.select_related("actor").order_by("pk")[:MOST_SHOWN])
