"""The lots of what is on its way between warehouses: they arrive as they left."""

from collections.abc import Iterable

from inventory.ledger import LotPieces, Shelf, take_first
from inventory.models import Sku
from oms.sql import int_array, query

# By what names the movements of a transfer: `TR-7:out:12`, `TR-7:in:3:12`.
_ON_THE_WAY = """
SELECT s.sku_id, l.id, l.code, l.expires_on, -sum(x.quantity)::int
FROM inventory_stockmovement m JOIN inventory_stock s ON s.id = m.stock_id
JOIN inventory_lotmovement x ON x.movement_id = m.id JOIN inventory_lot l ON l.id = x.lot_id
WHERE m.event_key LIKE %s AND m.kind = 'transfer' AND s.sku_id = ANY(%s::bigint[])
GROUP BY 1, 2 HAVING sum(x.quantity) < 0 ORDER BY 1, l.expires_on NULLS LAST, l.id
"""


class OnTheWay:
    """The lots of one transfer that have left and not arrived; what is taken from it arrives next."""

    def __init__(self, number: str, skus: Iterable[Sku]) -> None:
        tracked = [sku.pk for sku in skus if sku.tracking != Sku.Tracking.NONE]
        self._shelves: dict[int, list[Shelf]] = {pk: [] for pk in tracked}
        rows = query(_ON_THE_WAY, [f"{number}:%", int_array(tracked)]) if tracked else []
        for sku_id, *columns in rows:
            self._shelves[sku_id].append(Shelf(*columns))

    def take(self, sku_id: int, pieces: int) -> tuple[LotPieces, ...]:
        """The lots of so many pieces, those that expire first; none for a SKU without lots."""
        taken = take_first(self._shelves.get(sku_id, ()), pieces)
        return tuple(LotPieces(one.code, part) for one, part in taken)
