"""For each constraint on products, places and their stock a statement that only it stops."""

from tests.guards.twice import twice

_COMPONENT = (
    "INSERT INTO inventory_bundlecomponent (bundle_id, component_id, quantity)"
    " SELECT a.id, b.id, {quantity} FROM inventory_sku a JOIN inventory_sku b ON b.id {other} a.id,"
    " generate_series(1, {times})"
)
_KEPT = (
    "INSERT INTO inventory_channelkept (stock_id, channel_id, quantity)"
    " SELECT s.id, c.id, {quantity} FROM (SELECT min(id) AS id FROM inventory_stock) s,"
    " (SELECT min(id) AS id FROM oms_channel) c, generate_series(1, {times})"
)
_MOVEMENT = (
    "INSERT INTO inventory_stockmovement (stock_id, kind, quantity)"
    " SELECT stock_id, '{kind}', {quantity} FROM inventory_stockmovement LIMIT 1"
)
_PACK = (
    "INSERT INTO inventory_skupack (sku_id, name, pieces)"
    " SELECT k.id, {name}, {pieces} FROM (SELECT min(id) AS id FROM inventory_sku) k, generate_series(1, 2) AS n"
)
_REPAIR = (
    "INSERT INTO inventory_stockrepair (stock_id, on_hand_before, reserved_before, blocked_before, on_hand, reserved,"
    " blocked, reason) SELECT id, on_hand, reserved, blocked, {after}, reserved, blocked, '{reason}'"
    " FROM inventory_stock LIMIT 1"
)

STOCK_REFUSALS: dict[str, str] = {
    "repair_says_why": _REPAIR.format(after="on_hand + 1", reason=""),
    "repair_changes_something": _REPAIR.format(after="on_hand", reason="seen"),
    "sku_cost_not_negative": "UPDATE inventory_sku SET cost = -1",
    "sku_lowest_price_not_negative": "UPDATE inventory_sku SET price_floor = -1",
    "sku_code_is_upper_case": "UPDATE inventory_sku SET code = lower(code)",
    "sku_price_not_negative": "UPDATE inventory_sku SET price = -1",
    "sku_alias_once_per_channel": (
        "INSERT INTO inventory_skualias (sku_id, channel_id, code)"
        " SELECT k.id, c.id, 'A' FROM inventory_sku k, oms_channel c"
    ),
    "sku_alias_is_upper_case": (
        "INSERT INTO inventory_skualias (sku_id, channel_id, code)"
        " SELECT k.id, c.id, 'a' FROM inventory_sku k, oms_channel c LIMIT 1"
    ),
    "bin_once_per_warehouse": (
        "INSERT INTO inventory_bin (warehouse_id, code)"
        " SELECT id, 'A-01' FROM inventory_warehouse, generate_series(1, 2)"
    ),
    "bin_code_is_upper_case": (
        "INSERT INTO inventory_bin (warehouse_id, code) SELECT id, 'a-01' FROM inventory_warehouse"
    ),
    "warehouse_code_is_upper_case": "UPDATE inventory_warehouse SET code = lower(code)",
    "warehouse_staff_once": (
        "INSERT INTO inventory_warehousestaff (user_id, warehouse_id)"
        " SELECT u.id, w.id FROM oms_user u, inventory_warehouse w, generate_series(1, 2)"
    ),
    "stock_once_per_sku_and_warehouse": (
        "INSERT INTO inventory_stock (sku_id, warehouse_id) SELECT sku_id, warehouse_id FROM inventory_stock"
    ),
    "stock_reserved_within_on_hand": "UPDATE inventory_stock SET on_hand = 0",
    "movement_moves_something": _MOVEMENT.format(kind="receipt", quantity=0),
    "shipped_movement_takes_a_reservation_out": _MOVEMENT.format(kind="shipment", quantity=-1),
    "movement_event_once": (
        "INSERT INTO inventory_stockmovement (stock_id, kind, quantity, event_key)"
        " SELECT id, 'receipt', 1, 'A' FROM inventory_stock, generate_series(1, 2)"
    ),
    "movement_taken_back_once": (
        "INSERT INTO inventory_stockmovement (stock_id, kind, quantity, reverses_id)"
        " SELECT stock_id, 'receipt', -quantity, id FROM inventory_stockmovement "
        ", generate_series(1, 2) WHERE kind = 'receipt'"
    ),
    "movement_cost_not_negative": (
        "INSERT INTO inventory_stockmovement (stock_id, kind, quantity, unit_cost)"
        " SELECT id, 'receipt', 1, -1 FROM inventory_stock"
    ),
    "movement_that_can_be_taken_back": (
        "INSERT INTO inventory_stockmovement (stock_id, kind, quantity, reverses_id)"
        " SELECT stock_id, 'opening', -quantity, id FROM inventory_stockmovement LIMIT 1"
    ),
    "block_holds_something": (
        "INSERT INTO inventory_stockblock (stock_id, quantity, reason) SELECT id, 0, 'damaged' FROM inventory_stock"
    ),
    "reservation_in_a_parcel_does_not_end": "UPDATE inventory_reservation SET expires_at = now()",
    "component_once_per_bundle": _COMPONENT.format(other="<>", quantity=1, times=2),
    "component_quantity_positive": _COMPONENT.format(other="<>", quantity=0, times=1),
    "bundle_does_not_hold_itself": _COMPONENT.format(other="=", quantity=1, times=1),
    "component_line_is_goods_at_no_price": "UPDATE orders_orderline SET bundle_line_id = id",
    "kept_once_per_stock_and_channel": _KEPT.format(quantity=1, times=2),
    "kept_is_something": _KEPT.format(quantity=0, times=1),
    "pack_name_once_per_sku": _PACK.format(name="'box'", pieces="n + 1"),
    "pack_size_once_per_sku": _PACK.format(name="'box' || n", pieces="2"),
    "pack_holds_several_pieces": _PACK.format(name="'box' || n", pieces="n"),
    "stock_adjustment_reference_once": twice("inventory_stockadjustment", ', "movement_id": null'),
    "reservation_holds_something": "UPDATE inventory_reservation SET quantity = 0",
}
