"""For each named constraint of lots a statement that only it stops; see `refusals.py`."""

_LOT = (
    "INSERT INTO inventory_lot (sku_id, code) SELECT k.id, {code} FROM inventory_sku k, generate_series(1, {times}) n"
    " WHERE k.code = 'CUP-1'"
)
_ONE = _LOT.format(code="'L1'", times=1)
_LIES = (
    f"WITH lot AS ({_ONE} RETURNING id), other AS ("
    "INSERT INTO inventory_warehouse (code, name, priority, is_active) VALUES ('X', 'X', 9, true) RETURNING id),"
    " place AS (INSERT INTO inventory_stock (warehouse_id, sku_id) SELECT other.id, k.id FROM other, inventory_sku k"
    " WHERE k.code = 'CUP-1' RETURNING id)"
    " INSERT INTO inventory_lotstock (stock_id, lot_id, on_hand, is_serial)"
    " SELECT s.id, lot.id, {values} FROM lot, (SELECT id FROM place UNION ALL SELECT s.id FROM inventory_stock s"
    " JOIN inventory_sku k ON k.id = s.sku_id WHERE k.code = 'CUP-1') s, generate_series(1, {times})"
)
_MOVED = (
    f"WITH lot AS ({_ONE} RETURNING id)"
    " INSERT INTO inventory_lotmovement (movement_id, lot_id, quantity)"
    " SELECT m.id, lot.id, {quantity} FROM lot, (SELECT min(id) AS id FROM inventory_stockmovement) m,"
    " generate_series(1, {times})"
)

LOT_REFUSALS: dict[str, str] = {
    "tracked_sku_is_goods": "UPDATE inventory_sku SET tracking = 'lot', kind = 'service'",
    "lot_once_per_sku": _LOT.format(code="'L1'", times=2),
    "lot_code_is_upper_case": _LOT.format(code="'l1'", times=1),
    "lot_has_a_code": _LOT.format(code="''", times=1),
    "lot_once_per_stock": _LIES.format(values="1, false", times=2),
    "lot_pieces_not_negative": _LIES.format(values="-1, false", times=1),
    "serial_is_one_piece": _LIES.format(values="2, true", times=1),
    "serial_lies_in_one_place": _LIES.format(values="1, true", times=1),
    "lot_once_per_movement": _MOVED.format(quantity=1, times=2),
    "lot_movement_moves_something": _MOVED.format(quantity=0, times=1),
}
