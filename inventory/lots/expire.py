"""What has expired is not promised: its free pieces are set apart."""

from django.db import transaction

from inventory.ledger import Blocking, Shelf, block, lock_stock, shelves_of, today
from inventory.models import Stock, StockBlock
from oms.sql import query

# Only lots that lie somewhere are looked at, however many there were.
_EXPIRED = """
SELECT DISTINCT s.sku_id FROM inventory_lotstock h
JOIN inventory_lot l ON l.id = h.lot_id AND l.expires_on < %s
JOIN inventory_stock s ON s.id = h.stock_id AND s.available > 0
WHERE h.on_hand > coalesce((
  SELECT sum(b.quantity) FROM inventory_stockblock b
  WHERE b.stock_id = h.stock_id AND b.lot_id = h.lot_id AND b.released_at IS NULL), 0) AND h.on_hand > 0
ORDER BY 1
"""


def block_expired() -> int:
    """Block the free pieces of lots whose day has passed; returns how many. Reserved ones are shown on their orders."""
    day = today()
    skus = [row[0] for row in query(_EXPIRED, [day])]
    if not skus:
        return 0
    with transaction.atomic():
        lock_stock(skus)
        free = dict(
            Stock.objects.filter(sku__in=skus, available__gt=0).values_list("pk", "available")
        )
        wanted = [
            one
            for stock_id, shelves in sorted(shelves_of(free).items())
            for one in _blockings(
                stock_id, free[stock_id], [s for s in shelves if not s.is_good(day)]
            )
        ]
        block(wanted, actor=None)
    return sum(one.quantity for one in wanted)


def _blockings(stock_id: int, free: int, expired: list[Shelf]) -> list[Blocking]:
    found = []
    for one in expired:
        pieces = min(one.free, free)
        if pieces > 0:
            free -= pieces
            reason = StockBlock.Reason.EXPIRED.value
            found.append(Blocking(stock_id, pieces, reason, one.code, one.lot_id))
    return found
