"""The page of what must always be true: how each part stands, and what a person may see of what breaks it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from inventory.models import StockRepair, Warehouse
from oms.models import User
from orders.truth.look import STEPS, next_begins_at
from orders.truth.models import TruthPass, TruthState
from orders.truth.words import GROUPS, column_words, words_of

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

# When the next pass is so long overdue, nobody looks any more.
LATE_AFTER = timedelta(minutes=30)
SHOWN_PASSES = 12
SHOWN_REPAIRS = 20
REPAIRABLE = frozenset(
    {"on_hand_is_sum_of_movements", "reserved_is_open_reservations", "blocked_is_open_blocks"}
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of a row that breaks something; `url` leads to the thing it names."""

    label: str
    value: str
    url: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that must be true. `checked_at` is None as long as nobody looked."""

    name: str
    words: str
    checked_at: datetime | None
    broken: int
    since: datetime | None
    rows: list[list[Cell]]

    @property
    def status(self) -> str:
        """A name of `oms.status`."""
        if self.broken:
            return "broken"
        return "holds" if self.checked_at else "not_checked"


@dataclass(frozen=True, slots=True)
class FactGroup:
    title: "StrPromise"
    facts: list[Fact]


@dataclass(frozen=True, slots=True)
class Truth:
    groups: list[FactGroup]
    passes: list[TruthPass]

    @property
    def broken(self) -> list[Fact]:
        return [fact for group in self.groups for fact in group.facts if fact.broken]

    @property
    def can_be_repaired(self) -> bool:
        return any(fact.name in REPAIRABLE for fact in self.broken)

    @property
    def under_way(self) -> TruthPass | None:
        return next((one for one in self.passes if one.finished_at is None), None)

    @property
    def last(self) -> TruthPass | None:
        return next((one for one in self.passes if one.finished_at), None)

    @property
    def is_late(self) -> bool:
        """Nobody has finished a look for long: what is green may not be true any more."""
        newest = self.under_way or self.last
        return newest is None or next_begins_at(newest) + LATE_AFTER < timezone.now()

    @property
    def progress(self) -> str:
        """How far the pass under way has come."""
        return f"{self.under_way.step}/{len(STEPS)}" if self.under_way else ""


def truth_for(user: User, warehouses: Sequence[Warehouse]) -> Truth:
    """All groups, with the rows that this person may see. Two queries."""
    states = TruthState.objects.in_bulk()
    codes = {one.code for one in warehouses}
    groups = [
        FactGroup(
            group.title,
            [
                _fact(one.name, states, codes if user.has_perm(group.permission) else None)
                for one in group.invariants
            ],
        )
        for group in GROUPS
    ]
    passes = TruthPass.objects.select_related("asked_by").order_by("-pk")
    return Truth(groups, list(passes[:SHOWN_PASSES]))


def _fact(name: str, states: Mapping[str, TruthState], codes: Collection[str] | None) -> Fact:
    """`codes`: the warehouses whose rows are shown; None shows none."""
    state = states.get(name) or TruthState(name=name, broken=0, rows=[])
    rows = [
        [_cell(key, value, row) for key, value in row.items()]
        for row in map(dict, state.rows)
        if codes is not None and row.get("warehouse", next(iter(codes), None)) in codes
    ]
    return Fact(name, words_of(name), state.checked_at, state.broken, state.broken_since, rows)


def _cell(key: str, value: Any, row: Mapping[str, Any]) -> Cell:
    return Cell(column_words(key), "–" if value is None else str(value), _url(key, value, row))


def _url(key: str, value: Any, row: Mapping[str, Any]) -> str:
    try:
        if key in ("order", "goods_of"):
            return reverse("orders:detail", args=[value])
        if key == "sku" and value:
            narrowed = f"?warehouse={row['warehouse']}" if "warehouse" in row else ""
            return reverse("stock:item", args=[value]) + narrowed
    except NoReverseMatch:
        return ""
    return ""


def repairs_in(warehouses: Sequence[Warehouse]) -> QuerySet[StockRepair]:
    """What was repaired, newest first."""
    repairs = StockRepair.objects.select_related("stock__sku", "stock__warehouse", "actor")
    return repairs.filter(stock__warehouse__in=warehouses).order_by("-pk")[:SHOWN_REPAIRS]
