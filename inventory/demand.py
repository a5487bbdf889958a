"""What orders wait for. Orders lie above inventory, so they tell it through here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Demand:
    """Pieces of a SKU that orders wait for; `oldest` is the first moment that one of them was promised for."""

    pieces: int
    orders: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """Pieces that an order line waits for: of which order, whose, where it stands, since when, promised for when."""

    order_line_id: int
    sku_id: int
    pieces: int
    label: str
    url: str
    status: str
    customer: str
    promised_at: datetime | None
    since: datetime


@dataclass(frozen=True, slots=True)
class DemandSource:
    """`totals` gives the demand per SKU; `lines` those that wait for some SKUs, in the order they are served, so many
    at most (None: all)."""

    totals: Callable[[], Mapping[int, Demand]]
    lines: Callable[[Sequence[int], int | None], Sequence[Waiting]]


_sources: list[DemandSource] = []


def provide_demand(source: DemandSource) -> None:
    """Register who knows what is waited for; called once, in AppConfig.ready()."""
    if source not in _sources:
        _sources.append(source)


def demand_per_sku() -> dict[int, Demand]:
    """By SKU what orders wait for."""
    found: dict[int, Demand] = {}
    for source in _sources:
        found.update(source.totals())
    return found


def waiting_for(sku_ids: Sequence[int], *, most: int | None = None) -> list[Waiting]:
    """The order lines that wait for these SKUs, of each source `most` at most; who is served first comes first."""
    return [line for source in _sources if sku_ids for line in source.lines(sku_ids, most)]
