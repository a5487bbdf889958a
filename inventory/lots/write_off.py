"""What has expired leaves the books: its blocks end and its pieces are written off."""

from django.db import transaction
from django.utils.translation import gettext as _

from inventory.ledger import LotPieces, Posting, lock_stock, post, today, unblock
from inventory.models import LotStock, StockBlock, StockMovement
from oms.errors import NotPossible
from oms.models import User


def write_off_expired(lot_stock_id: int, *, actor: User | None) -> int:
    """Write off the pieces of an expired lot in one place, but for those that are reserved; returns how many.

    Raises NotPossible for a lot that is good, and where none of its pieces is free.
    """
    with transaction.atomic():
        places = LotStock.objects.filter(pk=lot_stock_id)
        lock_stock(list(places.values_list("stock__sku", flat=True)))
        row = LotStock.objects.select_related("lot", "stock").get(pk=lot_stock_id)
        ends = row.lot.expires_on
        if ends is None or ends >= today():
            words = _("Lot %s has not expired. Count it, or write it off with a reason.")
            raise NotPossible(words % row.lot.code, code="not_expired")
        blocks = StockBlock.objects.filter(stock=row.stock, lot=row.lot, released_at__isnull=True)
        unblock(list(blocks.values_list("pk", flat=True)))
        row.stock.refresh_from_db(fields=["available"])
        pieces = min(int(row.on_hand), int(row.stock.available))
        if pieces <= 0:
            words = _(
                "No piece of lot %s is free. Take the orders' goods out of their parcels first."
            )
            raise NotPossible(words % row.lot.code, code="not_free")
        kind = StockMovement.Kind.WRITE_OFF.value
        place = (row.stock.warehouse_id, row.stock.sku_id)
        lots = (LotPieces(row.lot.code, pieces),)
        post([Posting(*place, -pieces, kind, "expired", lots=lots)], actor=actor)
    return pieces
