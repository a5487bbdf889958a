"""Whom reserved stock is for. Orders lie above inventory, so they tell it through here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Holder:
    """What a reservation's order line belongs to: its name, its page, where it stands."""

    label: str
    url: str
    status: str
    detail: str = ""


HolderSource = Callable[[Sequence[int]], Mapping[int, Holder]]
"""Takes ids of order lines; gives the holder of each that it knows."""

_sources: list[HolderSource] = []


def provide_holders(source: HolderSource) -> None:
    """Register who knows the holders; called once, in AppConfig.ready()."""
    if source not in _sources:
        _sources.append(source)


def holders_of(order_line_ids: Sequence[int]) -> dict[int, Holder]:
    """The holder of each order line that some source knows."""
    found: dict[int, Holder] = {}
    if order_line_ids:
        for source in _sources:
            found.update(source(order_line_ids))
    return found
