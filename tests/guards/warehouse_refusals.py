"""Statements that only the constraints of transfers and count sheets stop; see `refusals.py`."""

_TRANSFER = (
    "WITH other AS (INSERT INTO inventory_warehouse (code, name, priority, is_active) VALUES ('X', 'X', 9, true)"
    " RETURNING id), transfer AS (INSERT INTO inventory_transfer (source_id, target_id, sent_at)"
    " SELECT w.id, o.id, {sent_at} FROM inventory_warehouse w, other o RETURNING id)"
    " INSERT INTO inventory_transferline (transfer_id, sku_id, quantity, received)"
    " SELECT t.id, k.id, {quantity}, {received} FROM transfer t, inventory_sku k, generate_series(1, {times})"
    " WHERE k.code = 'CUP-1'"
)
_SHEET = (
    "INSERT INTO inventory_countsheet (warehouse_id, is_blind, chosen_by{more})"
    " SELECT id, false, 'bins'{values} FROM inventory_warehouse"
)
_COUNT_LINE = (
    f"WITH sheet AS ({_SHEET.format(more='', values='')} RETURNING id)"
    " INSERT INTO inventory_countline (sheet_id, stock_id, bin_code, book, state)"
    " SELECT h.id, s.id, '', 1, '{state}' FROM sheet h, inventory_stock s, generate_series(1, {times})"
)

WAREHOUSE_REFUSALS: dict[str, str] = {
    # transfers and counts
    "transfer_between_two_warehouses": (
        "INSERT INTO inventory_transfer (source_id, target_id) SELECT id, id FROM inventory_warehouse"
    ),
    "transfer_times_fit_its_status": _TRANSFER.format(
        sent_at="now()", quantity=1, received=0, times=1
    ),
    "transfer_line_once_per_sku": _TRANSFER.format(
        sent_at="NULL::timestamptz", quantity=1, received=0, times=2
    ),
    "transfer_line_moves_something": _TRANSFER.format(
        sent_at="NULL::timestamptz", quantity=0, received=0, times=1
    ),
    "transfer_line_arrives_once": _TRANSFER.format(
        sent_at="NULL::timestamptz", quantity=1, received=2, times=1
    ),
    "closed_count_sheet_says_when": _SHEET.format(more=", status", values=", 'closed'"),
    "count_limit_not_negative": _SHEET.format(more=", second_above", values=", -1"),
    "count_line_once_per_stock": _COUNT_LINE.format(state="open", times=2),
    "count_line_state_fits_what_is_known": _COUNT_LINE.format(state="counted", times=1),
}
