"""The lots that lie in a stock, first expired first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from oms.sql import int_array, query


@dataclass(slots=True)
class Shelf:
    """A lot in a stock: `free` of its pieces are not blocked as pieces of this lot."""

    lot_id: int
    code: str
    expires_on: date | None
    free: int

    def is_good(self, day: date) -> bool:
        return self.expires_on is None or self.expires_on >= day

    @property
    def turn(self) -> tuple[date, int]:
        return (self.expires_on or date.max, self.lot_id)


class Share(NamedTuple):
    """So many pieces of a movement, below zero for those that leave, are of this lot."""

    movement_id: int
    stock_id: int
    lot_id: int
    quantity: int
    is_serial: bool


def today() -> date:
    """The day by which goods expire: that of the store."""
    return timezone.localdate(timezone=timezone.get_default_timezone())


def day_words(day: date | None) -> str:
    return date_format(day, "Y-m-d") if day else _("no day")


_SHELVES = """
SELECT h.stock_id, h.lot_id, l.code, l.expires_on, h.on_hand - coalesce((
  SELECT sum(b.quantity) FROM inventory_stockblock b
  WHERE b.stock_id = h.stock_id AND b.lot_id = h.lot_id AND b.released_at IS NULL), 0)::int
FROM inventory_lotstock h JOIN inventory_lot l ON l.id = h.lot_id
WHERE h.stock_id = ANY(%s::bigint[]) AND h.on_hand > 0 ORDER BY h.stock_id, l.expires_on NULLS LAST, h.lot_id
"""


def shelves_of(stock_ids: Iterable[int]) -> dict[int, list[Shelf]]:
    """The lots that lie in each of these stocks, those that go first at the head."""
    found: dict[int, list[Shelf]] = {pk: [] for pk in stock_ids}
    for stock_id, *columns in query(_SHELVES, [int_array(found)]):
        found[stock_id].append(Shelf(*columns))
    return found


def take_first(
    shelves: Sequence[Shelf], pieces: int, *, good_on: date | None = None
) -> list[tuple[Shelf, int]]:
    """`pieces` from the head of the shelves, fewer where there are not so many; with `good_on` none that expired."""
    taken = []
    for one in shelves:
        part = 0 if good_on and not one.is_good(good_on) else min(pieces, one.free)
        if part > 0:
            one.free -= part
            pieces -= part
            taken.append((one, part))
    return taken


# A row with fewer pieces than none cannot be proposed, so every row is there before it is counted.
_OPEN = """
INSERT INTO inventory_lotstock (stock_id, lot_id, is_serial)
SELECT DISTINCT stock_id, lot_id, is_serial FROM unnest(%s::bigint[], %s::bigint[], %s::boolean[])
  AS c(stock_id, lot_id, is_serial) ORDER BY 1, 2
ON CONFLICT (stock_id, lot_id) DO NOTHING
"""
_BOOK = """
WITH told AS MATERIALIZED (
  SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::int[])
    WITH ORDINALITY AS t(movement_id, stock_id, lot_id, quantity, place)
), counted AS (
  UPDATE inventory_lotstock h SET on_hand = h.on_hand + c.quantity
  FROM (SELECT stock_id, lot_id, sum(quantity) AS quantity FROM told GROUP BY 1, 2) c
  WHERE (h.stock_id, h.lot_id) = (c.stock_id, c.lot_id)
)
INSERT INTO inventory_lotmovement (movement_id, lot_id, quantity)
SELECT movement_id, lot_id, quantity FROM told ORDER BY place
"""


def book(shares: Sequence[Share]) -> None:
    """Count the lots and write what moved of them."""
    come = [one for one in shares if one.quantity > 0]
    if come:
        query(
            _OPEN,
            [
                int_array(one.stock_id for one in come),
                int_array(one.lot_id for one in come),
                [one.is_serial for one in come],
            ],
        )
    if shares:
        query(
            _BOOK,
            [
                int_array(one.movement_id for one in shares),
                int_array(one.stock_id for one in shares),
                int_array(one.lot_id for one in shares),
                int_array(one.quantity for one in shares),
            ],
        )
