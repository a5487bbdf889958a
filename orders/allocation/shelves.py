"""Free pieces by warehouse and SKU, going down as orders take them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from inventory.ledger import Allotment, Supply


class Need(NamedTuple):
    """Pieces that an order line still lacks."""

    order_line_id: int
    sku_id: int
    quantity: int


Floors = Mapping[int, Mapping[int, int]]
"""warehouse → SKU → pieces that must stay."""
NO_FLOORS: Floors = {}
_NOTHING: Mapping[int, int] = {}


class Shelves:
    """`later` are SKUs that may not be reserved yet: nothing of them is on any shelf."""

    __slots__ = ("_floors", "free", "guards", "later", "stock")

    def __init__(self, supplies: Iterable[Supply], later: Mapping[int, date]) -> None:
        self.free: dict[int, dict[int, int]] = defaultdict(dict)
        self.stock: dict[int, dict[int, int]] = defaultdict(dict)
        self.later = later
        self.guards: dict[tuple[int, int], Supply] = {}
        self._floors: dict[tuple[int, bool], Floors] = {}
        for supply in supplies:
            stock_id, warehouse, sku, available, safety, kept = supply
            if sku in later:
                continue
            self.free[warehouse][sku] = available
            self.stock[warehouse][sku] = stock_id
            if safety or kept:
                self.guards[warehouse, sku] = supply

    def floors(self, channel_id: int, keeps_safety: bool) -> Floors:
        """What an order of this channel must leave lying."""
        if not self.guards:
            return NO_FLOORS
        key = (channel_id, keeps_safety)
        if key not in self._floors:
            floors: dict[int, dict[int, int]] = defaultdict(dict)
            for one in self.guards.values():
                pieces = kept_for_others(one.kept, channel_id) + one.safety * keeps_safety
                if pieces:
                    floors[one.warehouse_id][one.sku_id] = pieces
            self._floors[key] = floors
        return self._floors[key]

    def shelf(self, warehouse: int) -> Mapping[int, int]:
        return self.free.get(warehouse, _NOTHING)

    def take_whole(
        self, warehouse: int, needs: Sequence[Need], floors: Floors
    ) -> list[Allotment] | None:
        """Everything from this warehouse, or nothing and None. The hot path: most orders end here."""
        shelf = self.free.get(warehouse)
        if shelf is None:
            return None
        floor = floors.get(warehouse) if floors else None
        for at, (_line, sku, wanted) in enumerate(needs):
            have = shelf.get(sku, 0)
            if have - wanted < (floor.get(sku, 0) if floor else 0):
                for need in needs[:at]:
                    shelf[need.sku_id] += need.quantity
                return None
            shelf[sku] = have - wanted
        stock = self.stock[warehouse]
        return [Allotment(line, stock[sku], warehouse, wanted) for line, sku, wanted in needs]

    def take(
        self, warehouse: int, needs: Sequence[Need], floors: Floors
    ) -> tuple[list[Allotment], list[Need]]:
        """Take what this warehouse has of the needs; returns the allotments and what is left to find."""
        shelf, stock = self.free[warehouse], self.stock[warehouse]
        floor, taken, left = floors.get(warehouse, _NOTHING), [], []
        for need in needs:
            line, sku, wanted = need
            have = shelf.get(sku, 0)
            pieces = min(wanted, have - floor.get(sku, 0) if floor else have)
            if pieces > 0:
                shelf[sku] = have - pieces
                taken.append(Allotment(line, stock[sku], warehouse, pieces))
                if pieces < wanted:
                    left.append(Need(line, sku, wanted - pieces))
            else:
                left.append(need)
        return taken, left


def kept_for_others(kept: Mapping[int, int] | None, channel_id: int) -> int:
    return sum(pieces for channel, pieces in kept.items() if channel != channel_id) if kept else 0


def most_kept(kept: Mapping[int, int] | None, channel_id: int) -> tuple[int, int]:
    """The other channel that keeps most, and how much; (0, 0) when none does."""
    others = [one for one in (kept or {}).items() if one[0] != channel_id]
    return max(others, key=lambda one: (one[1], -one[0]), default=(0, 0))
