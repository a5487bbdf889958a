"""Of which lots the pieces of a posting are: told with what comes in, first expired first out where nobody says.

Everything here runs in the transaction of the movement and under the lock of its stock.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from inventory.ledger.shelves import Share, Shelf, book, day_words, shelves_of, take_first, today
from oms.errors import FieldError, InvalidInput, NotPossible
from oms.sql import int_array, query, rows_json

LOT_CODE_LENGTH = 40


@dataclass(frozen=True, slots=True)
class LotPieces:
    """So many pieces (above zero, also of what leaves) of a lot or a serial number."""

    code: str
    quantity: int = 1
    expires_on: date | None = None


class Tracked(NamedTuple):
    """A stock whose pieces are told in lots."""

    stock_id: int
    sku_id: int
    sku: str
    is_serial: bool


@dataclass(frozen=True, slots=True)
class _Move:
    """A movement that was written, and what was told of its lots; `at` is its place among the postings."""

    at: int
    movement_id: int
    stock: Tracked
    quantity: int
    kind: str
    lots: tuple[LotPieces, ...]
    reverses_id: int | None

    def wrong(self, code: str, words: str, lot: str = "") -> FieldError:
        return FieldError(f"lines[{self.at}].lots", code, words, lot)

    def share(self, lot_id: int, quantity: int) -> Share:
        stock = self.stock
        return Share(self.movement_id, stock.stock_id, lot_id, quantity, stock.is_serial)


_Known = dict[tuple[int, str], tuple[int, date | None]]


def clean_lot(text: str) -> str:
    """How the code of a lot is spelt: no blanks around it, upper case."""
    return text.strip().upper()


def tell_lots(
    rows: Sequence[dict[str, Any]],
    movement_ids: Sequence[int],
    tracked: Mapping[tuple[int, int], Tracked],
) -> None:
    """Book the lots of postings that were just written; `tracked` by SKU and warehouse.

    Pieces that come in name their lots; those that go and name none are of the lots that expire first. Raises
    InvalidInput (fields are named `lines[0].lots`), NotPossible where an inverse finds its lot gone or blocked.
    """
    moves = [
        _Move(
            at, movement, tracked[key], row["quantity"], row["kind"],
            tuple(LotPieces(**one) for one in row.get("lots", ())), row.get("reverses_id"),
        )
        for at, (row, movement) in enumerate(zip(rows, movement_ids, strict=True))
        if (key := (row["sku_id"], row["warehouse_id"])) in tracked
    ]  # fmt: skip
    _require(error for move in moves if not move.reverses_id for error in _faults(move))
    known = _open_lots(moves)
    shelves = shelves_of({move.stock.stock_id for move in moves})
    shares = _inverse(moves, shelves)
    lying = _serials_lying(moves, known)
    for move in moves:
        if not move.reverses_id:
            shares += _shares(move, known, shelves[move.stock.stock_id], lying)
    book(shares)


def _require(errors: Any) -> None:
    if found := list(errors):
        raise InvalidInput(found)


def _faults(move: _Move) -> list[FieldError]:
    """What is wrong with the lots that were told, as such."""
    pieces, told = abs(move.quantity), sum(one.quantity for one in move.lots)
    codes = [clean_lot(one.code) for one in move.lots]
    for code in codes:
        if not 0 < len(code) <= LOT_CODE_LENGTH or not code.isprintable():
            words = _("A lot or serial number has 1 to %d characters.") % LOT_CODE_LENGTH
            return [move.wrong("bad_code", words, ascii(code)[:80])]
    if not codes:
        words = (
            _("%s has serial numbers: name one for each piece.")
            if move.stock.is_serial
            else _("%s is kept in lots: name the lot of these pieces.")
        )
        return [move.wrong("missing", words % move.stock.sku)] if move.quantity > 0 else []
    if len(set(codes)) < len(codes):
        twice = next(code for code in codes if codes.count(code) > 1)
        words = _("%s is named twice. Write each lot or serial number once.")
        return [move.wrong("twice", words % twice, twice)]
    if move.stock.is_serial and any(one.quantity != 1 for one in move.lots):
        return [move.wrong("not_one", _("A serial number is one piece. Name one for each piece."))]
    if told != pieces or any(one.quantity < 1 for one in move.lots):
        words = _("The lots are %(told)d pieces together, the line has %(pieces)d. Correct either.")
        return [move.wrong("sum", words % {"told": told, "pieces": pieces})]
    return []


_ADD_LOTS = """
INSERT INTO inventory_lot (sku_id, code, expires_on)
SELECT DISTINCT ON (sku_id, code COLLATE "C") sku_id, code, expires_on
FROM json_to_recordset(%s) AS l(sku_id bigint, code text, expires_on date) ORDER BY sku_id, code COLLATE "C"
ON CONFLICT (sku_id, code) DO NOTHING
"""
# Where a serial number lies is only sure while nobody else takes it in elsewhere.
_LOCK_LOTS = """
SELECT l.sku_id, l.code, l.id, l.expires_on FROM inventory_lot l
WHERE (l.sku_id, l.code) IN (SELECT sku_id, code FROM json_to_recordset(%s) AS w(sku_id bigint, code text))
ORDER BY l.id FOR NO KEY UPDATE
"""


def _open_lots(moves: Sequence[_Move]) -> _Known:
    """The lots that are named, locked; those that come for the first time are written."""
    named = [
        {"sku_id": move.stock.sku_id, "code": clean_lot(one.code), "expires_on": one.expires_on,
         "comes": move.quantity > 0}
        for move in moves for one in move.lots
    ]  # fmt: skip
    if not named:
        return {}
    query(_ADD_LOTS, [rows_json([one for one in named if one["comes"]])])
    rows = query(_LOCK_LOTS, [rows_json(named)])
    known = {(sku, code): (pk, expires_on) for sku, code, pk, expires_on in rows}
    _require(error for move in moves for one in move.lots for error in _at_odds(move, one, known))
    return known


def _at_odds(move: _Move, told: LotPieces, known: _Known) -> list[FieldError]:
    """What does not fit what is known of a lot."""
    code = clean_lot(told.code)
    found = known.get((move.stock.sku_id, code))
    if found is None:
        words = _("There is no lot %(lot)s of %(sku)s. Check its code.")
        return [move.wrong("unknown", words % {"lot": code, "sku": move.stock.sku}, code)]
    expires_on = found[1]
    names = {"lot": code, "day": day_words(expires_on)}
    if told.expires_on not in (None, expires_on):
        words = _("Lot %(lot)s is known with the expiry %(day)s. Check it, or use another code.")
        return [move.wrong("other_expiry", words % names, code)]
    if move.kind == "receipt" and expires_on and expires_on < today():
        words = _("Lot %(lot)s expired on %(day)s. Send it back, or check the day.")
        return [move.wrong("expired", words % names, code)]
    return []


_LYING = """
SELECT h.lot_id, w.code FROM inventory_lotstock h
JOIN inventory_stock s ON s.id = h.stock_id JOIN inventory_warehouse w ON w.id = s.warehouse_id
WHERE h.lot_id = ANY(%s::bigint[]) AND h.is_serial AND h.on_hand > 0
"""


def _serials_lying(moves: Sequence[_Move], known: _Known) -> dict[int, str]:
    """The serial numbers among what is named that lie somewhere: the warehouse by lot."""
    serials = {move.stock.sku_id for move in moves if move.stock.is_serial}
    lots = [pk for (sku, _code), (pk, _expires_on) in known.items() if sku in serials]
    return dict(query(_LYING, [int_array(lots)])) if lots else {}


def _shares(move: _Move, known: _Known, shelves: list[Shelf], lying: dict[int, str]) -> list[Share]:
    """The lots of one movement; `shelves` and `lying` are then as it leaves them."""
    if not move.lots:
        taken = take_first(shelves, -move.quantity)
        return [move.share(one.lot_id, -pieces) for one, pieces in taken]
    sign = 1 if move.quantity > 0 else -1
    found = []
    for told in move.lots:
        code = clean_lot(told.code)
        shelf = _shelf(shelves, code, *known[move.stock.sku_id, code])
        if sign > 0 and shelf.lot_id in lying:
            words = _("Serial number %(lot)s lies in %(warehouse)s already. Check it.")
            names = {"lot": code, "warehouse": lying[shelf.lot_id]}
            _require([move.wrong("lies_already", words % names, code)])
        if sign < 0 and shelf.free < told.quantity:
            words = _("Lot %(lot)s: %(free)d lie here free. Name as many or another lot.")
            _require([move.wrong("too_few", words % {"lot": code, "free": shelf.free}, code)])
        shelf.free += sign * told.quantity
        found.append(move.share(shelf.lot_id, sign * told.quantity))
        if sign < 0:
            lying.pop(shelf.lot_id, None)
    return found


def _shelf(shelves: list[Shelf], code: str, lot_id: int, expires_on: date | None) -> Shelf:
    found = next((one for one in shelves if one.lot_id == lot_id), None)
    if found is None:
        found = Shelf(lot_id, code, expires_on, 0)
        shelves.append(found)
        shelves.sort(key=lambda one: one.turn)
    return found


_MOVED = """
SELECT m.movement_id, m.lot_id, m.quantity, l.code, l.expires_on
FROM inventory_lotmovement m JOIN inventory_lot l ON l.id = m.lot_id
WHERE m.movement_id = ANY(%s::bigint[]) ORDER BY m.id
"""


def _inverse(moves: Sequence[_Move], shelves: Mapping[int, list[Shelf]]) -> list[Share]:
    """What takes movements back is of the same lots."""
    by_reversed = {move.reverses_id: move for move in moves if move.reverses_id}
    if not by_reversed:
        return []
    found = []
    for movement, lot_id, quantity, code, expires_on in query(
        _MOVED, [int_array(pk for pk in by_reversed if pk)]
    ):
        move = by_reversed[movement]
        shelf = _shelf(shelves[move.stock.stock_id], code, lot_id, expires_on)
        if shelf.free < quantity:
            words = _("Lot %(lot)s: only %(free)d of %(pieces)d pieces lie here free.")
            names = {"lot": code, "free": shelf.free, "pieces": quantity}
            raise NotPossible(words % names, code="lot_gone")
        shelf.free -= quantity
        found.append(move.share(lot_id, -quantity))
    return found
