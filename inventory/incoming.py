"""What is on its way to a warehouse. Who sends it tells through here: transfers, purchase orders."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Incoming:
    """Pieces of a SKU that are to arrive, and the page that says more; `due_on` None: nobody knows when."""

    sku_id: int
    warehouse_id: int
    quantity: int
    label: str
    url: str
    detail: str = ""
    due_on: date | None = None


IncomingSource = Callable[[Sequence[int]], Sequence[Incoming]]
"""Takes ids of SKUs; gives what is on its way of them."""

_sources: list[IncomingSource] = []


def provide_incoming(source: IncomingSource) -> None:
    """Register who knows of goods on their way; called once, in AppConfig.ready()."""
    if source not in _sources:
        _sources.append(source)


def incoming_of(sku_ids: Sequence[int]) -> list[Incoming]:
    """All that is on its way of these SKUs; one query per source."""
    return [one for source in _sources for one in source(sku_ids)] if sku_ids else []
