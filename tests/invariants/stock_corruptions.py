"""The damage to what lies in the warehouses, for each invariant about it."""

from tests.invariants.named import BIG, CUPS, Damage, line, order

STOCK_DAMAGES: dict[str, Damage] = {
    "reserved_within_on_hand": Damage(
        f"INSERT INTO inventory_stockmovement (stock_id, kind, quantity) "
        f"SELECT id, 'adjustment', 1 - on_hand FROM inventory_stock WHERE id = {CUPS};"
        f"UPDATE inventory_stock SET on_hand = 1 WHERE id = {CUPS}",
        {"sku": "CUP-1", "warehouse": "HZ", "on_hand": 1, "reserved": 2, "blocked": 0},
        drop=("inventory_stock", "stock_reserved_within_on_hand"),
    ),
    "on_hand_is_sum_of_movements": Damage(
        f"UPDATE inventory_stock SET on_hand = on_hand + 5 WHERE id = {CUPS}",
        {"sku": "CUP-1", "warehouse": "HZ", "on_hand": 51, "movements": 46},
    ),
    "reserved_is_open_reservations": Damage(
        f"UPDATE inventory_stock SET reserved = reserved + 1 WHERE id = {CUPS}",
        {"sku": "CUP-1", "warehouse": "HZ", "reserved": 3, "open_reservations": 2},
    ),
    "blocked_is_open_blocks": Damage(
        f"INSERT INTO inventory_stockblock (stock_id, quantity, reason) VALUES ({CUPS}, 3, 'damaged')",
        {"sku": "CUP-1", "warehouse": "HZ", "blocked": 0, "open_blocks": 3},
    ),
    "taken_back_in_full": Damage(
        "INSERT INTO inventory_stockmovement (stock_id, kind, quantity, reverses_id) "
        f"SELECT stock_id, kind, -1, id FROM inventory_stockmovement WHERE stock_id = {CUPS} AND kind = 'receipt' "
        "LIMIT 1;"
        f"UPDATE inventory_stock SET on_hand = on_hand - 1 WHERE id = {CUPS}",
        {"taken_back": -1},
    ),
    "ended_holds_were_swept": Damage(
        "UPDATE inventory_reservation SET expires_at = now() - interval '1 hour', shipment_id = NULL "
        f"WHERE order_line_id = {line('allocated')};"
        f"INSERT INTO orders_orderevent (order_id, kind) VALUES ({order('waiting')}, 'hold_expired')",
        {"order": "{allocated}", "line": 1},
        also=("status_follows_from_parcels",),
    ),
    "components_fit_their_bundle": Damage(
        f"UPDATE orders_orderline SET bundle_line_id = {line('waiting')} WHERE id = {line('short')}",
        {"order": "{short}", "bundle": 1, "quantity": 100},
        drop=("orders_orderline", "component_line_is_goods_at_no_price"),
    ),
    "balance_never_below_zero": Damage(
        f"INSERT INTO inventory_stockmovement (stock_id, kind, quantity) "
        f"VALUES ({BIG}, 'adjustment', -7), ({BIG}, 'adjustment', 7)",
        {"sku": "BIG-1", "warehouse": "HZ", "balance": -2},
    ),
    "applied_adjustment_has_its_movement": Damage(
        "UPDATE inventory_stockadjustment SET quantity = -3",
        {"adjustment": "WRITE-OFF-1", "status": "applied", "quantity": -3, "moved": -1},
    ),
    "missing_in_transfers_is_in_transit": Damage(
        "INSERT INTO inventory_stockmovement (stock_id, kind, quantity) "
        f"VALUES ({CUPS}, 'transfer', -1), ({CUPS}, 'adjustment', 1)",
        {"sku": "CUP-1", "moved": -1, "in_transit": 0},
    ),
    "counted_difference_is_its_movement": Damage(
        "WITH sheet AS (INSERT INTO inventory_countsheet (warehouse_id, is_blind, chosen_by)"
        " SELECT id, false, 'bins' FROM inventory_warehouse RETURNING id)"
        " INSERT INTO inventory_countline (sheet_id, stock_id, bin_code, state, book, counted, posted_at)"
        f" SELECT id, {CUPS}, '', 'posted', 5, 3, now() FROM sheet",
        {"sku": "CUP-1", "difference": -2, "moved": None},
    ),
}
