"""Everything that must always be true, checkable at any time: `violations()` is empty.

Each module holds one group. Not here, because the schema makes it impossible to be otherwise: what
was paid and refunded: only payment rows say it.
"""

from orders.invariants import (
    bulk,
    counters,
    exceptions,
    history,
    intake,
    lots,
    merged,
    money,
    named,
    notes,
    parcels,
    people,
    promises,
    purchases,
    reviews,
    rules,
    stock,
)
from orders.invariants.invariant import Invariant, Violation, check

INVARIANTS: list[Invariant] = [
    *stock.INVARIANTS,
    *lots.INVARIANTS,
    *purchases.INVARIANTS,
    *promises.INVARIANTS,
    *parcels.INVARIANTS,
    *merged.INVARIANTS,
    *money.INVARIANTS,
    *history.INVARIANTS,
    *named.INVARIANTS,
    *intake.INVARIANTS,
    *notes.INVARIANTS,
    *people.INVARIANTS,
    *counters.INVARIANTS,
    *bulk.INVARIANTS,
    *exceptions.INVARIANTS,
    *reviews.INVARIANTS,
    *rules.INVARIANTS,
]

__all__ = ["INVARIANTS", "Invariant", "Violation", "violations"]


def violations() -> list[Violation]:
    """Every invariant that does not hold now; in one read-only snapshot."""
    return check(INVARIANTS)
