"""What an invariant is, and how a set of them is asked: of everything, or of a range of stock or orders."""

from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from oms.sql import query
from orders.invariants.slices import Range, Slice

SHOWN_ROWS = 20


@dataclass(frozen=True, slots=True)
class Invariant:
    """Something that is always true. `sql` finds the rows for which it is not, with readable keys.

    `by` is what it can be asked of piece by piece (None: of everything only); `wide` names tables that are then seen
    whole all the same, because a row of the piece may point to any row of theirs.
    """

    name: str
    sql: str
    params: dict[str, Any] = field(default_factory=dict)
    by: Slice | None = None
    wide: tuple[str, ...] = ()

    def within(self, span: Range | None) -> str:
        """The statement that finds what is broken in this range; in everything without one."""
        if span is None or self.by is None:
            return self.sql
        return f"{self.by.narrowed(span, self.wide)} SELECT * FROM ({self.sql}) found"


@dataclass(frozen=True, slots=True)
class Violation:
    """An invariant that does not hold: how many rows break it, and the first of them."""

    name: str
    count: int
    rows: list[dict[str, Any]]

    def __str__(self) -> str:
        shown = "; ".join(_line(row) for row in self.rows)
        return f"{self.name} ({self.count}): {shown}"


def _line(row: dict[str, Any]) -> str:
    return ", ".join(f"{key} {value}" for key, value in row.items())


def check(invariants: Sequence[Invariant]) -> list[Violation]:
    """Ask for every invariant in one snapshot; returns those that do not hold."""
    with _snapshot():
        found = [violation_of(invariant) for invariant in invariants]
    return [violation for violation in found if violation.count]


def check_range(invariants: Sequence[Invariant], span: Range | None) -> list[Violation]:
    """Those of `invariants` that do not hold in this range. One statement when all of them do."""
    with connection.cursor() as cursor:
        asked = [
            cursor.mogrify(
                f"SELECT '{one.name}' WHERE EXISTS ({one.within(span)})", one.params
            ).decode()
            for one in invariants
        ]
    broken = {name for (name,) in query(" UNION ALL ".join(asked).replace("%", "%%"))}
    found = [violation_of(one, span) for one in invariants if one.name in broken]
    return [violation for violation in found if violation.count]


def violation_of(invariant: Invariant, span: Range | None = None) -> Violation:
    """How many rows break it, and the first of them."""
    counted = f"SELECT count(*) OVER (), broken.* FROM ({invariant.within(span)}) broken LIMIT {SHOWN_ROWS}"
    with connection.cursor() as cursor:
        cursor.execute(counted, invariant.params)
        names = [column.name for column in cursor.description][1:]
        rows = cursor.fetchall()
    shown = [dict(zip(names, row[1:], strict=True)) for row in rows]
    return Violation(invariant.name, rows[0][0] if rows else 0, shown)


@contextmanager
def _snapshot() -> Any:
    """All queries see one moment, and nothing can be written. Inside a transaction: as it stands."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SET LOCAL work_mem = '64MB'")
        # Whole tables are compared. Just after a large import their statistics are old, and a planner who
        # takes them for small would look up row by row: minutes instead of seconds.
        cursor.execute("SET LOCAL enable_nestloop = off")
        yield
