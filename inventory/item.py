"""Everything that is known of one SKU's stock."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

from inventory.count import reason_words
from inventory.holders import Holder, holders_of
from inventory.listing import stock_in
from inventory.models import Reservation, Sku, Stock, StockMovement, Warehouse
from oms.keyset import Page, page_of

SHOWN_RESERVATIONS = 50


@dataclass(frozen=True, slots=True)
class Place:
    """A SKU's stock in one warehouse; `stock` is None where it never lay."""

    warehouse: Warehouse
    stock: Stock | None

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


@dataclass(frozen=True, slots=True)
class Kept:
    """A reservation and whom it is for (None when nobody tells)."""

    reservation: Reservation
    holder: Holder | None


@dataclass(frozen=True, slots=True)
class Moved:
    """A movement and the order it belongs to (None for receipts and counts)."""

    movement: StockMovement
    holder: Holder | None

    @property
    def why(self) -> str:
        return reason_words(self.movement.reason)


@dataclass(frozen=True, slots=True)
class Item:
    """`chosen` narrows the sums and both lists to one warehouse; None is all of the person's."""

    sku: Sku
    places: list[Place]
    chosen: Place | None
    kept: list[Kept]
    moved: list[Moved]
    page: Page[StockMovement]

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


def item_of(sku: Sku, warehouses: Sequence[Warehouse], asked: QueryDict, *, path: str) -> Item:
    """The item as `asked` wants it: `warehouse` chooses one, `after` and `before` turn the ledger."""
    found = {
        stock.warehouse_id: stock
        for stock in stock_in(warehouses).filter(sku=sku).select_related("bin")
    }
    places = [
        Place(one, found.get(one.pk)) for one in warehouses if one.pk in found or one.is_active
    ]
    chosen = next((one for one in places if one.warehouse.code == asked.get("warehouse")), None)
    stocks = [one.stock for one in ([chosen] if chosen else places) if one.stock]
    page = page_of(
        StockMovement.objects.filter(stock__in=stocks).select_related(
            "stock__warehouse", "actor", "reservation"
        ),
        asked,
        ("-id",),
        path=path,
    )
    open_ones = list(
        Reservation.objects.filter(stock__in=stocks, status=Reservation.Status.OPEN)
        .select_related("stock__warehouse")
        .order_by("id")[:SHOWN_RESERVATIONS]
    )
    lines = [one.order_line_id for one in open_ones]
    lines += [one.reservation.order_line_id for one in page.rows if one.reservation]
    holders = holders_of(lines)
    return Item(
        sku=sku,
        places=places,
        chosen=chosen,
        kept=[Kept(one, holders.get(one.order_line_id)) for one in open_ones],
        moved=[
            Moved(one, holders.get(one.reservation.order_line_id) if one.reservation else None)
            for one in page.rows
        ],
        page=page,
    )
