"""Everything that is known of one SKU's stock."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.http import QueryDict

from inventory.demand import Waiting, waiting_for
from inventory.holders import Holder, holders_of
from inventory.incoming import Incoming, incoming_of
from inventory.listing import LOW_BELOW, stock_in
from inventory.lots.sight import LotHere, lots_here, lots_of_movements
from inventory.models import (
    BinChange,
    Reservation,
    Sku,
    Stock,
    StockBlock,
    StockMovement,
    Warehouse,
)
from inventory.moves import Moved, moves_of
from inventory.sales import sales_chart
from oms.bars import Chart
from oms.keyset import Page

SHOWN_RESERVATIONS = 50
SHOWN_WAITING = 50
SHOWN_BLOCKS = 50
SHOWN_BIN_CHANGES = 10


@dataclass(frozen=True, slots=True)
class Place:
    """A SKU's stock in one warehouse; `stock` is None where it never lay."""

    warehouse: Warehouse
    stock: Stock | None
    in_transit: int = 0

    @property
    def on_hand(self) -> int:
        return self.stock.on_hand if self.stock else 0

    @property
    def reserved(self) -> int:
        return self.stock.reserved if self.stock else 0

    @property
    def blocked(self) -> int:
        return self.stock.blocked if self.stock else 0

    @property
    def available(self) -> int:
        return self.on_hand - self.reserved - self.blocked

    @property
    def line(self) -> int:
        """Fewer available pieces than this are low."""
        return (self.stock.safety_stock if self.stock else 0) or LOW_BELOW


@dataclass(frozen=True, slots=True)
class Kept:
    """A reservation and whom it is for (None when nobody tells)."""

    reservation: Reservation
    holder: Holder | None


@dataclass(frozen=True, slots=True)
class Item:
    """`chosen` narrows the sums and all lists to one warehouse; None is all of the person's."""

    sku: Sku
    places: list[Place]
    chosen: Place | None
    kept: list[Kept]
    blocks: list[StockBlock]
    moved: list[Moved]
    page: Page[StockMovement]
    waiting: list[Waiting]
    incoming: list[Incoming]
    bin_changes: list[BinChange]
    sales: Chart
    lots: list[LotHere]

    @property
    def counted_places(self) -> list[Place]:
        return [self.chosen] if self.chosen else self.places

    @property
    def on_hand(self) -> int:
        return sum(place.on_hand for place in self.counted_places)

    @property
    def reserved(self) -> int:
        return sum(place.reserved for place in self.counted_places)

    @property
    def blocked(self) -> int:
        return sum(place.blocked for place in self.counted_places)

    @property
    def available(self) -> int:
        return self.on_hand - self.reserved - self.blocked

    @property
    def in_transit(self) -> int:
        return sum(one.quantity for one in self.incoming)

    @property
    def value(self) -> Decimal | None:
        """What lies here at the average cost; None when nobody knows the cost."""
        return None if self.sku.cost is None else self.sku.cost * self.on_hand


def item_of(sku: Sku, warehouses: Sequence[Warehouse], asked: QueryDict, *, path: str) -> Item:
    """The item as `asked` wants it: `warehouse` chooses one, `after` and `before` turn the ledger."""
    incoming = incoming_of([sku.pk])
    places = _places(sku, warehouses, incoming)
    chosen = next((one for one in places if one.warehouse.code == asked.get("warehouse")), None)
    shown = [chosen] if chosen else places
    stocks = [one.stock for one in shown if one.stock]
    page, balances = moves_of(stocks, asked, path=path)
    open_ones = _reservations(stocks)
    lines = [one.order_line_id for one in open_ones]
    lines += [one.reservation.order_line_id for one in page.rows if one.reservation]
    holders = holders_of(lines)
    here = {one.warehouse.pk for one in shown}
    has_lots = sku.tracking != Sku.Tracking.NONE
    told = lots_of_movements(one.pk for one in page.rows) if has_lots else {}
    return Item(
        sku=sku,
        places=places,
        chosen=chosen,
        kept=[Kept(one, holders.get(one.order_line_id)) for one in open_ones],
        blocks=_blocks(stocks),
        moved=[
            Moved(
                one,
                holders.get(one.reservation.order_line_id) if one.reservation else None,
                left,
                told.get(one.pk, []),
            )
            for one, left in zip(page.rows, balances, strict=True)
        ],
        page=page,
        waiting=waiting_for([sku.pk], most=SHOWN_WAITING),
        incoming=[one for one in incoming if one.warehouse_id in here],
        bin_changes=_bin_changes(stocks),
        sales=sales_chart(stocks),
        lots=lots_here(stocks) if has_lots else [],
    )


def _places(sku: Sku, warehouses: Sequence[Warehouse], incoming: Sequence[Incoming]) -> list[Place]:
    found = {
        stock.warehouse_id: stock
        for stock in stock_in(warehouses).filter(sku=sku).select_related("bin")
    }
    coming: dict[int, int] = {}
    for one in incoming:
        coming[one.warehouse_id] = coming.get(one.warehouse_id, 0) + one.quantity
    return [
        Place(one, found.get(one.pk), coming.get(one.pk, 0))
        for one in warehouses
        if one.pk in found or one.is_active
    ]


def _reservations(stocks: Sequence[Stock]) -> list[Reservation]:
    found = Reservation.objects.filter(stock__in=stocks, status=Reservation.Status.OPEN)
    return list(found.select_related("stock__warehouse").order_by("id")[:SHOWN_RESERVATIONS])


def _blocks(stocks: Sequence[Stock]) -> list[StockBlock]:
    found = StockBlock.objects.filter(stock__in=stocks, released_at__isnull=True)
    return list(found.select_related("stock__warehouse", "actor").order_by("id")[:SHOWN_BLOCKS])


def _bin_changes(stocks: Sequence[Stock]) -> list[BinChange]:
    found = BinChange.objects.filter(stock__in=stocks).select_related("stock__warehouse", "actor")
    return list(found.order_by("-id")[:SHOWN_BIN_CHANGES])
