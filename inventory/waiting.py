"""Who waits for goods that are not there. Orders lie above inventory, so they tell it through here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """An order that waits for so many pieces of a SKU, and when it was promised."""

    label: str
    url: str
    status: str
    detail: str
    quantity: int
    promised_at: datetime | None = None


WaitingSource = Callable[[int], Sequence[Waiting]]
"""Takes the id of a SKU; gives who waits for it, the first promise first, a bounded number."""

_sources: list[WaitingSource] = []


def provide_waiting(source: WaitingSource) -> None:
    """Register who knows who waits; called once, in AppConfig.ready()."""
    if source not in _sources:
        _sources.append(source)


def waiting_for(sku_id: int) -> list[Waiting]:
    """Everybody who waits for pieces of this SKU."""
    return [one for source in _sources for one in source(sku_id)]
