from dataclasses import dataclass

from oms.errors import Stale
from orders.desk.history import Happening, field_words, timeline
from orders.models import Order


@dataclass(frozen=True, slots=True)
class Clash:
    """A field as one person typed it and as it stands now."""

    label: str
    yours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Why a save was refused: what happened last to the order, and the fields in question."""

    text: str
    latest: Happening | None
    clashes: list[Clash]


def conflict_of(order: Order, stale: Stale) -> Conflict:
    clashes = [
        Clash(field_words(name), yours, stale.theirs[name]) for name, yours in stale.yours.items()
    ]
    latest = timeline(order.events.order_by("-pk")[:1])
    return Conflict(stale.message, latest[0] if latest else None, clashes)
