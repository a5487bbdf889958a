"""Planning a batch of orders together: more of them complete, then fewer parcels, than one by one in their turn.

The solver (HiGHS) is an optional package. Without it, where its answer is no better or not right, the plan stays that
of `plan`. A younger order of a batch may get what an older one would have got: batches are small.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from typing import Any

from inventory.ledger import Allotment, Supply
from orders.allocation.audit import faults, worth
from orders.allocation.plan import Demand, Result, Served, plan
from orders.allocation.terms import Book, Policy
from orders.allocation.why import Note, Why

# An optional package without complete types.
highspy: Any
try:
    highspy = import_module("highspy")
except ImportError:
    highspy = None

# Larger batches find more and take far longer.
BATCH_LINES = 1500
_COMPLETE, _PARCEL = 100.0, 1.0
_NODES, _ITERATIONS, _GAP = 20, 20_000, 0.001


def is_available() -> bool:
    return highspy is not None


def plan_together(
    demands: Sequence[Demand],
    supplies: Sequence[Supply],
    warehouses: Sequence[int],
    policies: Sequence[Policy] = (),
    later: Mapping[int, date] | None = None,
) -> list[Served]:
    """As `plan`, but each batch of orders that follow one another is planned together where that is better."""
    left, served = {one.stock_id: one for one in supplies}, list[Served]()
    for batch in _batches(demands):
        free = list(left.values())
        found = plan(batch, free, warehouses, policies, later)
        if highspy is not None and not _is_best(found):
            better = _Model(batch, free, Book(policies, warehouses), later or {}).solve()
            rest = _after(left, better)
            others = [one for one in batch if one.order_id not in {won.order_id for won in better}]
            filled = plan(others, list(rest.values()), warehouses, policies, later)
            by_order = {one.order_id: one for one in (*better, *filled)}
            together = [by_order[one.order_id] for one in batch]
            if not faults(batch, free, together) and worth(together) > worth(found):
                found = together
        left = _after(left, found)
        served += found
    # What one batch wins may cost the later ones more.
    alone = plan(demands, supplies, warehouses, policies, later)
    return served if worth(served) > worth(alone) else alone


def _batches(demands: Sequence[Demand]) -> Iterator[list[Demand]]:
    batch, lines = list[Demand](), 0
    for demand in demands:
        batch.append(demand)
        lines += len(demand.needs)
        if lines >= BATCH_LINES:
            yield batch
            batch, lines = [], 0
    if batch:
        yield batch


def _is_best(served: Sequence[Served]) -> bool:
    """Every order complete, in one parcel."""
    return all(one.result == Result.WHOLE for one in served)


def _after(left: Mapping[int, Supply], served: Sequence[Served]) -> dict[int, Supply]:
    taken: dict[int, int] = defaultdict(int)
    for one in served:
        for allotment in one.allotments:
            taken[allotment.stock_id] += allotment.quantity
    return {
        pk: one._replace(available=one.available - taken[pk]) if pk in taken else one
        for pk, one in left.items()
    }


@dataclass(slots=True)
class _Rows:
    """The rows of the linear programme, one after the other."""

    start: list[int] = field(default_factory=lambda: [0])
    index: list[int] = field(default_factory=list)
    value: list[float] = field(default_factory=list)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)

    def add(self, terms: Sequence[tuple[int, float]], lower: float, upper: float) -> None:
        self.index += [column for column, _value in terms]
        self.value += [value for _column, value in terms]
        self.start.append(len(self.index))
        self.lower.append(lower)
        self.upper.append(upper)


class _Model:
    """Columns: per order whether it is complete, per order and warehouse whether a parcel goes, per line and stock the
    pieces. Only the first two need be whole numbers: with them fixed, the rest is a transport problem."""

    def __init__(
        self,
        demands: Sequence[Demand],
        supplies: Sequence[Supply],
        book: Book,
        later: Mapping[int, date],
    ) -> None:
        self.demands, self.book = demands, book
        self.stock = {
            (one.warehouse_id, one.sku_id): one for one in supplies if one.sku_id not in later
        }
        self.cost, self.upper, self.whole = list[float](), list[float](), list[bool]()
        self.rows = _Rows()
        self.takes: dict[int, list[tuple[int, float]]] = defaultdict(list)
        self.pieces: list[tuple[int, int, Supply, int]] = []  # order, line, stock, column
        self.complete = [self._order(at, demand) for at, demand in enumerate(demands)]
        for one in self.stock.values():
            if one.stock_id in self.takes:
                self.rows.add(self.takes[one.stock_id], 0, one.available)

    def _column(self, cost: float, upper: float, *, whole: bool) -> int:
        self.cost.append(cost)
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.cost) - 1

    def _order(self, at: int, demand: Demand) -> int:
        terms = self.book.terms_of(demand.facts)
        complete = self._column(_COMPLETE, 1, whole=True)
        parcels = {pk: self._column(-_PARCEL, 1, whole=True) for pk in terms.ranked}
        self.rows.add([(column, 1.0) for column in parcels.values()], 0, self._cap(demand))
        for line, sku, wanted in demand.needs:
            found = [(complete, -float(wanted))]
            for pk, parcel in parcels.items():
                supply = self.stock.get((pk, sku))
                # Orders that must leave something lying are not planned together with others.
                if supply and not (supply.kept or (supply.safety and terms.policy.keeps_safety)):
                    most = min(wanted, supply.available)
                    column = self._column(0, most, whole=False)
                    self.rows.add([(column, 1.0), (parcel, -float(most))], -float(most), 0)
                    self.takes[supply.stock_id].append((column, 1.0))
                    self.pieces.append((at, line, supply, column))
                    found.append((column, 1.0))
            self.rows.add(found, 0, 0)
        return complete

    def _cap(self, demand: Demand) -> float:
        policy = self.book.terms_of(demand.facts).policy
        if policy.no_split_below is not None and demand.facts.total < policy.no_split_below:
            return max(0, 1 - demand.parcels)
        if policy.parcel_cap is not None:
            return max(0, policy.parcel_cap - demand.parcels)
        return len(self.book.warehouses)

    def solve(self) -> list[Served]:
        """The orders that are complete in the solution."""
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", 1)
        solver.setOptionValue("mip_max_nodes", _NODES)
        solver.setOptionValue("simplex_iteration_limit", _ITERATIONS)
        solver.setOptionValue("mip_rel_gap", _GAP)
        solver.passModel(self._programme())
        solver.run()
        values = solver.getSolution().col_value
        if len(values) != len(self.cost):
            return []
        given: dict[int, list[Allotment]] = defaultdict(list)
        for at, line, supply, column in self.pieces:
            quantity = round(values[column])
            if quantity and round(values[self.complete[at]]):
                given[at].append(Allotment(line, supply.stock_id, supply.warehouse_id, quantity))
        return [self._served(self.demands[at], given[at]) for at in sorted(given)]

    def _programme(self) -> Any:
        programme = highspy.HighsLp()
        programme.num_col_, programme.num_row_ = len(self.cost), len(self.rows.lower)
        programme.sense_ = highspy.ObjSense.kMaximize
        programme.col_cost_, programme.col_upper_ = self.cost, self.upper
        programme.col_lower_ = [0.0] * len(self.cost)
        programme.row_lower_, programme.row_upper_ = self.rows.lower, self.rows.upper
        programme.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        programme.a_matrix_.start_ = self.rows.start
        programme.a_matrix_.index_, programme.a_matrix_.value_ = self.rows.index, self.rows.value
        kinds = highspy.HighsVarType
        programme.integrality_ = [
            kinds.kInteger if whole else kinds.kContinuous for whole in self.whole
        ]
        return programme

    def _served(self, demand: Demand, given: list[Allotment]) -> Served:
        policy = self.book.terms_of(demand.facts).policy
        chosen = tuple(sorted({one.warehouse_id for one in given}))
        why = Why(policy.id, policy.prefer, chosen, (), (Note("batch"),))
        result = Result.WHOLE if len(chosen) == 1 else Result.SPLIT
        return Served(demand.order_id, result, why, given)
