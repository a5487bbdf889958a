"""Which earlier order lines a credit takes back. Pure.

A credit names a customer, a SKU and a number of pieces, but not the order. An order line that has exactly that many
pieces left is taken first, the newest of several; otherwise the newest lines are used up one after the other. A credit
that the lines cannot cover to the last piece covers nothing: a person decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(slots=True)
class Coverable:
    """An order line of the customer and SKU. `left` pieces of it are not given back yet; `cover` uses them up."""

    order_line_id: int
    order_id: int
    placed_at: datetime
    left: int


@dataclass(frozen=True, slots=True)
class Piece:
    """So many pieces of one order line that a credit takes back."""

    order_line_id: int
    order_id: int
    quantity: int


def cover(
    quantity: int, lines: Sequence[Coverable], *, until: datetime, before_order_id: int | None
) -> list[Piece]:
    """The pieces that make up `quantity`, or none. Only orders placed by `until` and with a lower id count.

    `lines` stand newest first; what is taken is subtracted from their `left`.
    """
    earlier = [
        line
        for line in lines
        if line.left > 0
        and line.placed_at <= until
        and (before_order_id is None or line.order_id < before_order_id)
    ]
    exact = next((line for line in earlier if line.left == quantity), None)
    if exact is not None:
        return [_take(exact, quantity)]
    if sum(line.left for line in earlier) < quantity:
        return []
    pieces = []
    for line in earlier:
        pieces.append(_take(line, min(quantity, line.left)))
        quantity -= pieces[-1].quantity
        if not quantity:
            break
    return pieces


def _take(line: Coverable, quantity: int) -> Piece:
    line.left -= quantity
    return Piece(line.order_line_id, line.order_id, quantity)
