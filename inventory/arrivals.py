"""Goods of a purchase order have come in. Who waits for them registers here to be told."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from oms.models import User


@dataclass(frozen=True, slots=True)
class GoodsArrived:
    """`pieces` by SKU lie in the warehouse, free for whoever waits; they came with `receipt` of `purchase_order`."""

    purchase_order: str
    receipt: str
    pieces: Mapping[int, int]
    actor: "User | None"


Listener = Callable[[GoodsArrived], Sequence[str]]
"""Called in the transaction that took the goods in, after they were posted; names the orders that can get on now."""

_listeners: list[Listener] = []


def hear_arrivals(listener: Listener) -> None:
    """Register who is told of arrivals; called once, in AppConfig.ready()."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell_arrival(arrived: GoodsArrived) -> list[str]:
    """Tell everybody who registered; gives the numbers of the orders that can get on now."""
    return [number for listener in _listeners for number in listener(arrived)]
