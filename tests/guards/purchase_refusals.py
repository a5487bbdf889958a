"""For each named constraint of purchasing a statement that only it stops."""

_SUPPLIERS = (
    "INSERT INTO inventory_supplier (code, name, contact, email, currency, minimum_amount, tolerance_percent, language,"
    " is_active) SELECT {code}, 'S', '', '', 'CNY', {minimum}, 10, 'en', true FROM generate_series(1, {times}) n"
)
_NUMBERED = _SUPPLIERS.format(code="'S' || n", minimum=0, times="{suppliers}")
_ONE = _SUPPLIERS.format(code="'S'", minimum=0, times=1)
_ITEM = (
    f"WITH s AS ({_NUMBERED} RETURNING id)"
    " INSERT INTO inventory_supplieritem (supplier_id, sku_id, code, price, pack_size, minimum_quantity, is_preferred)"
    " SELECT s.id, (SELECT min(id) FROM inventory_sku), '', {values} FROM s, generate_series(1, {times})"
)
_PURCHASE = (
    f"WITH s AS ({_ONE} RETURNING id), o AS ("
    "INSERT INTO inventory_purchaseorder (number, supplier_id, warehouse_id, currency, status, rate, ordered_at)"
    " SELECT 'PO-X', id, (SELECT min(id) FROM inventory_warehouse), 'CNY', {order} FROM s RETURNING id)"
)
_DRAFT = _PURCHASE.format(order="'draft', 1, NULL")
_PURCHASE_LINE = (
    f"{_DRAFT}, l AS ("
    "INSERT INTO inventory_purchaseline (purchase_order_id, position, sku_id, ordered, price)"
    " SELECT o.id, 1, (SELECT min(id) FROM inventory_sku), {values} FROM o, generate_series(1, {times}) RETURNING id)"
)
_RECEIPT = (
    f"{_PURCHASE_LINE.format(values='5, 1', times=1)}, r AS ("
    "INSERT INTO inventory_receipt (purchase_order_id, event_key) SELECT id, 'K' FROM o RETURNING id)"
    " INSERT INTO inventory_receiptline (receipt_id, line_id, movement_id, good, damaged, over)"
    " SELECT r.id, l.id, m.id, {values} FROM r, l, (SELECT id FROM inventory_stockmovement LIMIT {times}) m"
)

PURCHASE_REFUSALS: dict[str, str] = {
    "supplier_code_is_upper_case": _SUPPLIERS.format(code="'s'", minimum=0, times=1),
    "supplier_minimum_not_negative": _SUPPLIERS.format(code="'S'", minimum=-1, times=1),
    "supplier_item_once_per_supplier": _ITEM.format(suppliers=1, values="1, 1, 1, false", times=2),
    "supplier_preferred_once": _ITEM.format(suppliers=2, values="1, 1, 1, true", times=1),
    "supplier_item_price_not_negative": _ITEM.format(suppliers=1, values="-1, 1, 1, true", times=1),
    "supplier_item_packs_hold_something": _ITEM.format(suppliers=1, values="1, 0, 1, true", times=1),
    "purchase_status_is_known": _PURCHASE.format(order="'lost', 1, now()") + " SELECT 1",
    "purchase_rate_positive": _PURCHASE.format(order="'draft', 0, NULL") + " SELECT 1",
    "purchase_sent_at_some_time": _PURCHASE.format(order="'sent', 1, NULL") + " SELECT 1",
    "purchase_line_once_per_sku": _PURCHASE_LINE.format(values="5, 1", times=2) + " SELECT 1",
    "purchase_line_orders_something": _PURCHASE_LINE.format(values="0, 1", times=1) + " SELECT 1",
    "purchase_line_price_not_negative": _PURCHASE_LINE.format(values="5, -1", times=1) + " SELECT 1",
    "receipt_line_once": _RECEIPT.format(values="1, 0, 0", times=2),
    "receipt_line_brings_something": _RECEIPT.format(values="0, 0, 0", times=1),
    "receipt_line_over_within": _RECEIPT.format(values="1, 0, 2", times=1),
    "snooze_once_per_sku": (
        "INSERT INTO inventory_suggestionsnooze (sku_id, until, reason)"
        " SELECT min(k.id), '2026-12-01', 'R' FROM inventory_sku k, generate_series(1, 2) n GROUP BY n"
    ),
}  # fmt: skip
