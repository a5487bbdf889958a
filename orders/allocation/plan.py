"""Which stock serves which order: pure, from demand and supply to allotments with the reason for each.

An order is served whole from one warehouse when one can do it (the first by its policy); else split over as few as
possible, if its policy lets it; else it is short. A short order that is to ship complete takes nothing, so that
others can go; one that may ship in parts takes what there is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from inventory.ledger import Allotment, Supply
from oms.uncollected import uncollected
from orders.allocation.shelves import NO_FLOORS, Floors, Need, Shelves, most_kept
from orders.allocation.split import choose
from orders.allocation.terms import Book, Facts, Policy, Ships, Terms
from orders.allocation.why import Note, Other, Why

__all__ = ["Demand", "Need", "Result", "Served", "plan"]

_ANY_NUMBER = 10**6
_NOBODY = Facts()


@dataclass(slots=True)
class Demand:
    """An order that waits for goods; demands are served in the order in which they are given.

    `parcels` are those it has that have not left yet: they count against its policy's cap.
    """

    order_id: int
    ship_complete: bool
    needs: list[Need]
    facts: Facts = _NOBODY
    parcels: int = 0


class Result(StrEnum):
    WHOLE = "whole"  # everything, from one warehouse
    SPLIT = "split"  # everything, from several
    PART = "part"  # some of it; the rest is short
    SHORT = "short"  # nothing


@dataclass(slots=True)
class Served:
    """How one order fared. `missing` are the pieces lacking per SKU: empty only when it gets everything."""

    order_id: int
    result: Result
    why: Why
    allotments: list[Allotment] = field(default_factory=list)
    missing: dict[int, int] = field(default_factory=dict)


def plan(
    demands: Iterable[Demand],
    supplies: Iterable[Supply],
    warehouses: Sequence[int],
    policies: Sequence[Policy] = (),
    later: Mapping[int, date] | None = None,
) -> list[Served]:
    """Serve the demands in turn. `warehouses` lists them, the one to ask first in front; `later` says from which day
    a SKU may be reserved, for those that may not yet."""
    book, shelves = Book(policies, warehouses), Shelves(supplies, later or {})
    with uncollected():
        return [_serve(demand, book, shelves) for demand in demands]


def _serve(demand: Demand, book: Book, shelves: Shelves) -> Served:
    terms = book.terms_of(demand.facts)
    policy = terms.policy
    floors = (
        shelves.floors(demand.facts.channel_id, policy.keeps_safety)
        if shelves.guards
        else NO_FLOORS
    )
    if policy.parcel_cap is None or policy.parcel_cap > demand.parcels:
        for at, warehouse in enumerate(terms.ranked):
            taken = shelves.take_whole(warehouse, demand.needs, floors)
            if taken is not None:
                why = terms.served_by[at]
                if at:
                    look = _Look(demand, terms, shelves, floors, terms.ranked[:at])
                    why = Why(*why[:3], (*look.others(()), *why.others))
                return Served(demand.order_id, Result.WHOLE, why, taken)
    return _Look(demand, terms, shelves, floors, terms.ranked).serve()


class _Look:
    """The closer look at an order that the first warehouse does not serve alone.

    `wanted` are pieces per SKU of `skus`; `gives` says for each warehouse of `asked` what it has of them.
    """

    __slots__ = ("asked", "demand", "floors", "gives", "shelves", "skus", "terms", "wanted")

    def __init__(
        self, demand: Demand, terms: Terms, shelves: Shelves, floors: Floors, asked: Sequence[int]
    ) -> None:
        self.demand, self.terms, self.shelves, self.floors = demand, terms, shelves, floors
        wanted: dict[int, int] = {}
        for _line, sku, pieces in demand.needs:
            wanted[sku] = wanted.get(sku, 0) + pieces
        self.asked, self.skus, self.wanted = asked, list(wanted), list(wanted.values())
        if floors:
            self.gives = [self._above_floor(pk, wanted) for pk in asked]
        else:
            shelves_asked = map(shelves.shelf, asked)
            self.gives = [
                [
                    have if (have := shelf.get(sku, 0)) < pieces else pieces
                    for sku, pieces in wanted.items()
                ]
                for shelf in shelves_asked
            ]

    def _above_floor(self, warehouse: int, wanted: Mapping[int, int]) -> list[int]:
        shelf, floor = self.shelves.shelf(warehouse), self.floors.get(warehouse, {})
        return [
            max(0, min(pieces, shelf.get(sku, 0) - floor.get(sku, 0)))
            for sku, pieces in wanted.items()
        ]

    def serve(self) -> Served:
        policy = self.terms.policy
        there = list(map(sum, zip(*self.gives, strict=True))) or [0] * len(self.skus)
        missing = self._lacking(there)
        waits = policy.ships == Ships.COMPLETE or (
            policy.ships == Ships.AS_ORDERED and self.demand.ship_complete
        )
        if missing and (waits or not any(there)):
            return self._short(missing, sum(map(min, self.wanted, there)), [], waits)
        cap, limit = self._cap()
        chosen = choose(
            self.gives, self.wanted, cap=cap, costs=self.terms.cost_list,
            fewest=policy.fewest_parcels,
        )  # fmt: skip
        rows = [self.gives[at] for at in chosen]
        got = list(map(sum, zip(*rows, strict=True))) or [0] * len(self.skus)
        lacking = self._lacking(got)
        if not lacking:
            return self._take(chosen, Result.SPLIT, lacking, [])
        limits = [limit] if limit and lacking != missing else []
        if waits or not chosen:
            return self._short(lacking, sum(map(min, self.wanted, got)), limits, waits)
        return self._take(chosen, Result.PART, lacking, [*self._notes(), *limits])

    def _cap(self) -> tuple[int, Note | None]:
        """How many parcels the order may still get, and what limits them."""
        policy = self.terms.policy
        if policy.no_split_below is not None and self.demand.facts.total < policy.no_split_below:
            return max(0, 1 - self.demand.parcels), Note("below_amount", str(policy.no_split_below))
        if policy.parcel_cap is not None:
            return policy.parcel_cap - self.demand.parcels, Note("over_cap", policy.parcel_cap)
        return _ANY_NUMBER, None

    def _notes(self) -> list[Note]:
        later = self.shelves.later
        notes = (
            [Note("not_before", later[sku].isoformat(), sku) for sku in self.skus if sku in later]
            if later
            else []
        )
        if not self.terms.ranked and self.terms.excluded:
            notes.append(Note("forbidden"))
        return notes

    def _lacking(self, there: Sequence[int]) -> dict[int, int]:
        return {
            sku: pieces - have
            for sku, pieces, have in zip(self.skus, self.wanted, there, strict=True)
            if have < pieces
        }

    def _short(
        self, missing: dict[int, int], found: int, limits: list[Note], waits: bool
    ) -> Served:
        """Nothing is given; `found` pieces could have been."""
        notes = [*self._notes(), *limits]
        if waits and found:
            notes.append(Note("complete", found, sum(self.wanted)))
        policy = self.terms.policy
        why = Why(policy.id, policy.prefer, (), self._all_others(()), tuple(notes))
        return Served(self.demand.order_id, Result.SHORT, why, [], missing)

    def _take(
        self, chosen: tuple[int, ...], result: Result, missing: dict[int, int], notes: list[Note]
    ) -> Served:
        """The one that gives most first; the one preferred among equals (the sort is stable)."""
        policy, in_turn = self.terms.policy, chosen
        if policy.fewest_parcels:
            in_turn = tuple(sorted(chosen, key=lambda at: -sum(self.gives[at])))
        allotments, left = list[Allotment](), self.demand.needs
        for at in in_turn:
            taken, left = self.shelves.take(self.asked[at], left, self.floors)
            allotments += taken
        names = tuple([self.asked[at] for at in in_turn])
        why = Why(policy.id, policy.prefer, names, self._all_others(chosen), tuple(notes))
        return Served(self.demand.order_id, result, why, allotments, missing)

    def _all_others(self, chosen: tuple[int, ...]) -> tuple[Other, ...]:
        return (*self.others(chosen), *[Other(pk, "excluded") for pk in self.terms.excluded])

    def others(self, chosen: tuple[int, ...]) -> list[Other]:
        """Why each that is not chosen gives nothing: what it has, or keeps back where that made the difference."""
        total = sum(self.wanted)
        return [
            (self._held_back(at) if self.floors else None)
            or Other(self.asked[at], "covers", sum(row), total)
            for at, row in enumerate(self.gives)
            if at not in chosen
        ]

    def _held_back(self, at: int) -> Other | None:
        warehouse = self.asked[at]
        floor = self.floors.get(warehouse, {})
        for sku, pieces, have in zip(self.skus, self.wanted, self.gives[at], strict=True):
            if have < pieces and sku in floor:
                guard = self.shelves.guards[warehouse, sku]
                channel, kept = most_kept(guard.kept, self.demand.facts.channel_id)
                if kept:
                    return Other(warehouse, "kept", kept, channel)
                return Other(warehouse, "safety", guard.safety)
        return None
