"""Which purchase serves which waiting line: pure. First who is served first, with what comes first."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from inventory.demand import Waiting


@dataclass(frozen=True, slots=True)
class Incoming:
    """Pieces of a SKU that a purchase order still brings; `expected_on` is empty when nobody knows."""

    number: str
    sku_id: int
    pieces: int
    expected_on: date | None


@dataclass(frozen=True, slots=True)
class Expected:
    """What serves a waiting line: pieces that lie there, parts of purchases, and what nobody has ordered."""

    from_stock: int
    parts: tuple[Incoming, ...]
    lacking: int

    @property
    def on(self) -> date | None:
        """The day the last of its pieces comes; None when not known, or when nothing has to come."""
        days = [part.expected_on for part in self.parts]
        known = [day for day in days if day]
        return max(known) if known and len(known) == len(days) and not self.lacking else None

    @property
    def numbers(self) -> list[str]:
        return list(dict.fromkeys(part.number for part in self.parts))


def match(
    waiting: Sequence[Waiting], free: Mapping[int, int], incoming: Iterable[Incoming]
) -> dict[int, Expected]:
    """By order line what it can expect. `waiting` stands in the order of service.

    Stock goes first, then purchases by their day; those without a day come last.
    """
    left = dict(free)
    coming: dict[int, list[Incoming]] = defaultdict(list)
    for one in sorted(incoming, key=lambda one: (one.expected_on or date.max, one.number)):
        if one.pieces > 0:
            coming[one.sku_id].append(one)
    return {
        line.order_line_id: _serve(line, left, coming[line.sku_id])
        for line in waiting
        if line.pieces > 0
    }


def _serve(line: Waiting, left: dict[int, int], coming: list[Incoming]) -> Expected:
    """Take what `line` gets off `left` and off the front of `coming`."""
    from_stock = min(line.pieces, max(0, left.get(line.sku_id, 0)))
    left[line.sku_id] = left.get(line.sku_id, 0) - from_stock
    lacking, parts = line.pieces - from_stock, []
    while lacking and coming:
        first = coming[0]
        taken = min(lacking, first.pieces)
        parts.append(Incoming(first.number, first.sku_id, taken, first.expected_on))
        lacking -= taken
        if taken == first.pieces:
            coming.pop(0)
        else:
            coming[0] = Incoming(
                first.number, first.sku_id, first.pieces - taken, first.expected_on
            )
    return Expected(from_stock, tuple(parts), lacking)
