"""The damage that the invariants of lots must notice; see `corruptions.py`."""

from typing import Any

_CUPS = "(SELECT s.id FROM inventory_stock s JOIN inventory_sku k ON k.id = s.sku_id WHERE k.code = 'CUP-1')"
_FIRST = f"(SELECT min(id) FROM inventory_stockmovement WHERE stock_id = {_CUPS})"
# The cups are tracked all at once: every piece is of one lot, told by each movement.
_TRACKED = (
    "UPDATE inventory_sku SET tracking = '{tracking}' WHERE code = 'CUP-1';"
    "WITH lot AS (INSERT INTO inventory_lot (sku_id, code) SELECT id, 'L1' FROM inventory_sku WHERE code = 'CUP-1'"
    " RETURNING id), told AS (INSERT INTO inventory_lotmovement (movement_id, lot_id, quantity)"
    f" SELECT m.id, lot.id, m.quantity FROM inventory_stockmovement m, lot WHERE m.stock_id = {_CUPS})"
    " INSERT INTO inventory_lotstock (stock_id, lot_id, on_hand, is_serial)"
    f" SELECT s.id, lot.id, s.on_hand, false FROM inventory_stock s, lot WHERE s.id = {_CUPS};"
)
_LOTS = _TRACKED.format(tracking="lot")

# name → statements, what the check must show, other invariants that break with it
LOT_DAMAGES: dict[str, tuple[str, dict[str, Any], tuple[str, ...]]] = {
    "lots_sum_to_on_hand": (
        f"{_LOTS} UPDATE inventory_lotstock SET on_hand = on_hand - 1",
        {"sku": "CUP-1", "warehouse": "HZ", "on_hand": 46, "in_lots": 45},
        ("lot_is_sum_of_its_movements",),
    ),
    "lot_is_sum_of_its_movements": (
        f"{_LOTS} UPDATE inventory_lotstock SET on_hand = on_hand - 1",
        {"lot": "L1", "on_hand": 45, "moved": 46},
        ("lots_sum_to_on_hand",),
    ),
    "serial_number_is_one_piece": (
        _TRACKED.format(tracking="serial"),
        {"sku": "CUP-1", "serial": "L1", "pieces": 46},
        (),
    ),
    "movement_is_told_in_lots": (
        f"{_LOTS} WITH other AS (INSERT INTO inventory_lot (sku_id, code) SELECT sku_id, 'L2' FROM inventory_lot"
        " RETURNING id), lies AS (INSERT INTO inventory_lotstock (stock_id, lot_id, on_hand)"
        f" SELECT {_CUPS}, id, 0 FROM other)"
        f" INSERT INTO inventory_lotmovement (movement_id, lot_id, quantity) SELECT {_FIRST}, id, 1 FROM other",
        {"sku": "CUP-1", "quantity": 49, "in_lots": 50},
        ("lot_is_sum_of_its_movements",),
    ),
    "blocked_pieces_of_a_lot_lie_there": (
        f"{_LOTS} INSERT INTO inventory_stockblock (stock_id, quantity, reason, lot_id)"
        f" SELECT {_CUPS}, 47, 'expired', id FROM inventory_lot",
        {"lot": "L1", "blocked": 47, "on_hand": 46},
        ("blocked_is_open_blocks",),
    ),
}
