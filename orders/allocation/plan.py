"""Which stock serves which order: pure, from demand and supply to allotments with the reason for each.

An order is served whole from one warehouse when one can do it (the first by priority); else split over as few as a
greedy choice finds; else it is short. A short order that is to ship complete takes nothing, so that others can go;
one that may ship in parts takes what there is.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from inventory.ledger import Allotment, Supply


@dataclass(frozen=True, slots=True)
class Need:
    """Pieces that an order line still lacks."""

    order_line_id: int
    sku_id: int
    quantity: int


@dataclass(slots=True)
class Demand:
    """An order that waits for goods; demands are served in the order in which they are given."""

    order_id: int
    ship_complete: bool
    needs: list[Need]


class Result(StrEnum):
    WHOLE = "whole"  # everything, from one warehouse
    SPLIT = "split"  # everything, from several
    PART = "part"  # some of it; the rest is short
    SHORT = "short"  # nothing


@dataclass(slots=True)
class Served:
    """How one order fared. `missing` are the pieces lacking per SKU."""

    order_id: int
    result: Result
    allotments: list[Allotment] = field(default_factory=list)
    missing: dict[int, int] = field(default_factory=dict)


class _Shelves:
    """Free pieces by warehouse and SKU, going down as orders take them."""

    def __init__(self, supplies: Iterable[Supply], priority: Sequence[int]) -> None:
        self.free: dict[int, dict[int, list[int]]] = defaultdict(
            dict
        )  # warehouse → sku → [stock id, pieces]
        for supply in supplies:
            self.free[supply.warehouse_id][supply.sku_id] = [supply.stock_id, supply.available]
        self.warehouses = [pk for pk in priority if pk in self.free]

    def covered(self, warehouse: int, wanted: dict[int, int]) -> int:
        """How many of the wanted pieces this warehouse could give."""
        shelf = self.free[warehouse]
        return sum(min(pieces, shelf[sku][1]) for sku, pieces in wanted.items() if sku in shelf)

    def take(self, warehouse: int, needs: list[Need]) -> tuple[list[Allotment], list[Need]]:
        """Take what this warehouse has of the needs; returns the allotments and what is left to find."""
        shelf, taken, left = self.free[warehouse], [], []
        for need in needs:
            slot = shelf.get(need.sku_id)
            pieces = min(need.quantity, slot[1]) if slot else 0
            if slot and pieces:
                slot[1] -= pieces
                taken.append(Allotment(need.order_line_id, slot[0], warehouse, pieces))
            if pieces < need.quantity:
                left.append(Need(need.order_line_id, need.sku_id, need.quantity - pieces))
        return taken, left


def plan(
    demands: Sequence[Demand], supplies: Iterable[Supply], priority: Sequence[int]
) -> list[Served]:
    """Serve the demands in turn. `priority` lists the warehouses, the one to ask first in front."""
    shelves = _Shelves(supplies, priority)
    return [_serve(demand, shelves) for demand in demands]


def _serve(demand: Demand, shelves: _Shelves) -> Served:
    wanted: dict[int, int] = {}
    for need in demand.needs:
        wanted[need.sku_id] = wanted.get(need.sku_id, 0) + need.quantity
    total = sum(wanted.values())
    covered = {warehouse: shelves.covered(warehouse, wanted) for warehouse in shelves.warehouses}
    for warehouse in shelves.warehouses:
        if covered[warehouse] == total:
            return Served(demand.order_id, Result.WHOLE, shelves.take(warehouse, demand.needs)[0])
    missing = _missing(wanted, shelves)
    if missing and (demand.ship_complete or not any(covered.values())):
        return Served(demand.order_id, Result.SHORT, missing=missing)
    return _split(demand, shelves, covered, missing)


def _missing(wanted: dict[int, int], shelves: _Shelves) -> dict[int, int]:
    lacking = {}
    for sku, pieces in wanted.items():
        free = sum(shelf[sku][1] for shelf in shelves.free.values() if sku in shelf)
        if free < pieces:
            lacking[sku] = pieces - free
    return lacking


def _split(
    demand: Demand, shelves: _Shelves, covered: dict[int, int], missing: dict[int, int]
) -> Served:
    """Most-covering warehouse first; ties go to the warehouse with priority (the sort is stable)."""
    allotments, left = list[Allotment](), demand.needs
    for warehouse in sorted(shelves.warehouses, key=lambda pk: -covered[pk]):
        taken, left = shelves.take(warehouse, left)
        allotments += taken
        if not left:
            break
    return Served(demand.order_id, Result.PART if missing else Result.SPLIT, allotments, missing)
