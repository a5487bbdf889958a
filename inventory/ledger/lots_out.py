"""Of which lots the pieces are that leave the house: of those that expire first, never of one that has expired."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from inventory.ledger.lots import LotPieces, clean_lot
from inventory.ledger.shelves import Share, Shelf, book, day_words, shelves_of, take_first, today
from oms.errors import NotPossible
from oms.sql import int_array, query

_LEFT = """
SELECT m.reservation_id, m.id, m.stock_id, -m.quantity, k.code, k.tracking = 'serial'
FROM inventory_stockmovement m JOIN inventory_stock s ON s.id = m.stock_id JOIN inventory_sku k ON k.id = s.sku_id
WHERE m.reservation_id = ANY(%s::bigint[]) ORDER BY m.id
"""


def ship_lots(reservation_ids: Sequence[int], told: Mapping[int, Sequence[LotPieces]]) -> None:
    """Book the lots of shipments that were just written; `told` by reservation is what somebody packed.

    Raises NotPossible, naming the lot, when only expired pieces are left or the packed ones do not lie there.
    """
    left = query(_LEFT, [int_array(reservation_ids)])
    shelves, day = shelves_of({row[2] for row in left}), today()
    shares = []
    for reservation, movement, stock_id, pieces, sku, is_serial in left:
        shelf = shelves[stock_id]
        if reservation in told:
            taken = _packed(shelf, pieces, told[reservation])
        else:
            taken = take_first(shelf, pieces, good_on=day)
        if sum(part for _one, part in taken) != pieces:
            raise NotPossible(no_good_words(sku, shelf), code="lots_expired")
        shares += [Share(movement, stock_id, one.lot_id, -part, is_serial) for one, part in taken]
    book(shares)


def _packed(
    shelves: Sequence[Shelf], pieces: int, told: Sequence[LotPieces]
) -> list[tuple[Shelf, int]]:
    by_code = {one.code: one for one in shelves}
    taken = []
    for one in told:
        shelf = by_code.get(clean_lot(one.code))
        if shelf is None or shelf.free < one.quantity:
            words = _("Lot %(lot)s does not lie here with %(pieces)d free pieces.")
            raise NotPossible(words % {"lot": one.code, "pieces": one.quantity}, code="lot_gone")
        if not shelf.is_good(today()):
            raise NotPossible(expired_words(shelf), code="lots_expired")
        shelf.free -= one.quantity
        taken.append((shelf, one.quantity))
    if sum(part for _shelf, part in taken) != pieces:
        raise NotPossible(_("The packed lots are not %d pieces.") % pieces, code="lots_differ")
    return taken


def expired_words(shelf: Shelf) -> str:
    words = _("lot %(lot)s expired on %(day)s")
    return words % {"lot": shelf.code, "day": day_words(shelf.expires_on)}


def no_good_words(sku: str, shelves: Sequence[Shelf]) -> str:
    """Why no more pieces of a SKU may leave: the lots that have expired."""
    gone = ", ".join(expired_words(one) for one in shelves if not one.is_good(today()))
    words = _(
        "%(sku)s: %(lots)s, and too few good pieces lie here. Take it out, or wait for others."
    )
    return words % {"sku": sku, "lots": gone or _("no lot is free")}
