"""What a customer ordered. Orders lie above customers, so they tell it through here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from oms.money import round_amount

if TYPE_CHECKING:
    # Read while the apps are being set up, before any model may be imported.
    from django.http import QueryDict

    from customers.models import Customer
    from oms.keyset import Pager
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


@dataclass(frozen=True, slots=True)
class Month:
    """How many orders a month brought (`2026-05`)."""

    name: str
    orders: int


@dataclass(frozen=True, slots=True)
class Twin:
    """Another customer who may be the same one, and what says so."""

    customer: "Customer"
    why: Sequence[str]


@dataclass(slots=True)
class History:
    """`orders` are one page of them, of `month` only when one was asked for; `returns` are the newest.

    `is_capped`: the figures are of the newest `order_count` orders, and there are older ones. `returned` orders
    are those of which something came back.
    """

    order_count: int = 0
    is_capped: bool = False
    spent: list[Spent] = field(default_factory=list)
    unpaid: list[Spent] = field(default_factory=list)
    return_percent: int = 0
    returned: int = 0
    months: list[Month] = field(default_factory=list)
    month: str = ""
    orders: list[PastOrder] = field(default_factory=list)
    pager: "Pager | None" = None
    returns: list[PastReturn] = field(default_factory=list)
    twins: list[Twin] = field(default_factory=list)
    last_placed_at: datetime | None = None

    @property
    def is_new(self) -> bool:
        return self.order_count <= 1


HistorySource = Callable[[int, "User", "QueryDict"], History]
"""Takes a customer's id, the person who looks and what the address asks for; gives what that person may see."""

PersonalSource = Callable[[int], dict[str, Any]]
"""Takes a customer's id; gives all that is kept about the person, to be handed to them."""

_sources: list[HistorySource] = []
_personal: list[PersonalSource] = []


def provide_history(source: HistorySource) -> None:
    """Register who knows the orders; called once, in AppConfig.ready()."""
    if source not in _sources:
        _sources.append(source)


def provide_personal_data(source: PersonalSource) -> None:
    """Register who keeps more about a person; called once, in AppConfig.ready()."""
    if source not in _personal:
        _personal.append(source)


def history_of(customer_id: int, user: "User", asked: "QueryDict") -> History:
    """The customer's orders, or an empty history where nobody tells."""
    return _sources[0](customer_id, user, asked) if _sources else History()


def more_personal_data(customer_id: int) -> dict[str, Any]:
    """What others keep about the customer."""
    return {name: value for source in _personal for name, value in source(customer_id).items()}
