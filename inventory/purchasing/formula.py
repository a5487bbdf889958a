"""How much of a SKU to order: pure, so that each number can be shown to who asks why."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor

USUAL_LEAD_DAYS = 14
"""Stands in for an unknown lead time to decide whether a SKU is worth showing; never for how much to order."""
ENOUGH_RECEIPTS = 3
"""So many deliveries teach more than what the supplier says."""


class Missing(StrEnum):
    """What must be known before a quantity can be suggested."""

    LEAD_TIME = "lead_time"
    SUPPLIER = "supplier"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a SKU. `sold` pieces left within `days`; `pack` and `minimum` are the supplier's."""

    available: int = 0
    incoming: int = 0
    safety: int = 0
    waiting: int = 0
    sold: int = 0
    days: int = 30
    lead_days: int | None = None
    pack: int = 1
    minimum: int = 1
    has_supplier: bool = True

    @property
    def daily(self) -> Fraction:
        """Pieces that leave on a usual day."""
        return Fraction(self.sold, self.days)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`need` pieces are lacking; `quantity` is what to order for it.

    `quantity` is None where something is missing. `days_left`: days until it must be ordered, 0 is today.
    """

    need: int
    sales: int
    quantity: int | None
    days_left: int
    missing: tuple[Missing, ...] = ()


def lead_time(given: int | None, learnt: int | None, receipts: int) -> int | None:
    """Days from the order to the goods: as learnt from enough receipts, else as given, else not known."""
    return learnt if learnt is not None and receipts >= ENOUGH_RECEIPTS else given


def suggest(facts: Facts) -> Suggestion | None:
    """What to order; None where there is enough.

    What is not known is never taken for nothing: such a row comes without a quantity as soon as it would lack
    pieces with a usual lead time.
    """
    missing = []
    if facts.lead_days is None:
        missing.append(Missing.LEAD_TIME)
    if not facts.has_supplier:
        missing.append(Missing.SUPPLIER)
    lead_days = USUAL_LEAD_DAYS if facts.lead_days is None else facts.lead_days
    sales = ceil(lead_days * facts.daily)
    need = sales + facts.safety + facts.waiting - facts.available - facts.incoming
    if need <= 0:
        return None
    quantity = None if missing else round_up(need, facts.pack, facts.minimum)
    return Suggestion(need, sales, quantity, _days_left(facts, lead_days), tuple(missing))


def round_up(need: int, pack: int, minimum: int) -> int:
    """The least number of whole packs that covers `need` and the supplier's minimum."""
    return -(-max(need, minimum) // pack) * pack


def _days_left(facts: Facts, lead_days: int) -> int:
    spare = facts.available + facts.incoming - facts.waiting - facts.safety
    if spare <= 0 or not facts.daily:
        return 0
    return max(0, floor(spare / facts.daily) - lead_days)
