"""What a customer ordered. Orders lie above customers, so they tell it through here."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from oms.money import round_amount

if TYPE_CHECKING:
    # Read while the apps are being set up, before any model may be imported.
    from oms.models import User


@dataclass(frozen=True, slots=True)
class PastOrder:
    """One order in the customer’s table."""

    number: str
    url: str
    placed_at: datetime
    channel: str
    status: str
    total: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Spent:
    """Orders that were not cancelled, in one currency."""

    currency: str
    orders: int
    amount: Decimal

    @property
    def average(self) -> Decimal:
        return round_amount(self.amount / self.orders, self.currency)


@dataclass(frozen=True, slots=True)
class PastReturn:
    """One document by which the customer gave something back; `is_waiting`: a person must look at it."""

    number: str
    happened_at: datetime
    pieces: int
    amount: Decimal
    currency: str
    is_waiting: bool


@dataclass(slots=True)
class History:
    """`orders` and `returns` are the newest; `has_more` says that there are older orders."""

    order_count: int = 0
    spent: list[Spent] = field(default_factory=list)
    orders: list[PastOrder] = field(default_factory=list)
    returns: list[PastReturn] = field(default_factory=list)
    last_placed_at: datetime | None = None

    @property
    def is_new(self) -> bool:
        return self.order_count <= 1

    @property
    def has_more(self) -> bool:
        return self.order_count > len(self.orders)


HistorySource = Callable[[int, "User"], History]
"""Takes a customer's id and the person who looks; gives what that person may see."""

_sources: list[HistorySource] = []


def provide_history(source: HistorySource) -> None:
    """Register who knows the orders; called once, in AppConfig.ready()."""
    if source not in _sources:
        _sources.append(source)


def history_of(customer_id: int, user: "User") -> History:
    """The customer's orders, or an empty history where nobody tells."""
    return _sources[0](customer_id, user) if _sources else History()
