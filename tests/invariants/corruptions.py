"""For each invariant the damage that it must notice, on the orders of `busy_company`.

The database refuses most of these; the tests switch its guards off inside their transaction. In
`sql` and `row`, `{done}` stands for the number of that order.
"""

from tests.invariants.lot_corruptions import LOT_DAMAGES
from tests.invariants.named import BIG, CUPS, Damage, line, order
from tests.invariants.stock_corruptions import STOCK_DAMAGES

_BUYER = "(SELECT customer_id FROM orders_order WHERE external_no = 'done')"
_B = "(SELECT id FROM customers_customer WHERE name = 'B')"


def _second_review(name: str, passed_at: str) -> str:
    """An open second review of the order; foreign keys are not looked at."""
    return f"INSERT INTO orders_secondreview (order_id, version_id, passed_at) VALUES ({order(name)}, 1, {passed_at})"


_RULE = (
    "WITH rule AS (INSERT INTO orders_reviewrule (name) VALUES ('R') RETURNING id), version AS ("
    "INSERT INTO orders_ruleversion (rule_id, number, kept) SELECT id, 1, '{}' FROM rule RETURNING id, rule_id) "
    "SELECT 1; UPDATE orders_reviewrule r SET live_id = v.id, mode = 'on' FROM orders_ruleversion v "
    "WHERE v.rule_id = r.id"
)


_BOUGHT = (
    "WITH s AS (INSERT INTO inventory_supplier (code, name, contact, email, currency, minimum_amount,"
    " tolerance_percent, language, is_active) VALUES ('S', 'S', '', '', 'CNY', 0, 10, 'en', true) RETURNING id), o AS ("
    "INSERT INTO inventory_purchaseorder (number, supplier_id, warehouse_id, currency, status, ordered_at)"
    " SELECT 'PO-X', id, (SELECT min(id) FROM inventory_warehouse), 'CNY', 'sent', now() FROM s RETURNING id)"
    " INSERT INTO inventory_purchaseline (purchase_order_id, position, sku_id, ordered, price)"
    " SELECT id, 1, (SELECT id FROM inventory_sku WHERE code = 'CUP-1'), 5, 1 FROM o"
)

DAMAGES: dict[str, Damage] = {
    "waits_for_finance_after_the_first_review": Damage(
        f"{_second_review('waiting', 'NULL')};"
        f"UPDATE orders_order SET reason_code = 'finance_review' WHERE id = {order('waiting')}",
        {"order": "{waiting}", "reason": "finance_review", "asked": True, "passed": False},
    ),
    "nothing_went_on_before_its_second_review": Damage(
        _second_review("allocated", "now()"),
        {"order": "{allocated}", "status": "allocated", "passed": True},
    ),
    "forced_approval_says_why": Damage(
        "INSERT INTO orders_orderevent (order_id, kind, reason, data) "
        f"VALUES ({order('done')}, 'forced', 'urgent', '{{}}')",
        {"order": "{done}", "reason": "urgent"},
    ),
    "finished_bulk_job_left_none_waiting": Damage(
        "WITH job AS (INSERT INTO orders_bulkjob (user_id, act, confirmed_at, finished_at)"
        " SELECT min(id), 'hold', now(), now() FROM oms_user RETURNING id)"
        f" INSERT INTO orders_bulkitem (job_id, order_id) SELECT id, {order('done')} FROM job",
        {"act": "hold", "order": "{done}"},
    ),
    **STOCK_DAMAGES,
    **{name: Damage(sql, row, also=also) for name, (sql, row, also) in LOT_DAMAGES.items()},
    "reserved_within_what_the_line_needs": Damage(
        f"UPDATE orders_orderline SET cancelled_quantity = 1 WHERE id = {line('allocated')}",
        {"order": "{allocated}", "line": 1, "needed": 1, "promised": 2},
        also=("line_amount_is_computed",),
    ),
    "reservation_is_of_its_lines_sku": Damage(
        "UPDATE orders_orderline SET sku_id = (SELECT id FROM inventory_sku WHERE code = 'BIG-1') "
        f"WHERE id = {line('allocated')}",
        {"order": "{allocated}", "line": 1, "wanted": "BIG-1", "reserved": "CUP-1"},
        also=("open_exceptions_are_what_the_causes_say",),
    ),
    "finished_orders_hold_no_stock": Damage(
        f"UPDATE inventory_reservation SET status = 'open' WHERE order_line_id = {line('cancelled')};"
        f"UPDATE inventory_stock SET reserved = reserved + 3 WHERE id = {CUPS}",
        {"order": "{cancelled}", "status": "cancelled", "line": 1, "reserved": 3},
        also=("reservation_fits_its_parcel",),
    ),
    "reservation_fits_its_parcel": Damage(
        "UPDATE inventory_reservation SET shipment_id = (SELECT min(id) FROM orders_shipment "
        f"WHERE order_id = {order('done')}) WHERE order_line_id = {line('allocated')}",
        {"shipment": "{done}-1", "goods_of": "{allocated}", "reservation": "open"},
        also=("status_follows_from_parcels",),
    ),
    "promised_pieces_are_in_a_parcel": Damage(
        f"INSERT INTO inventory_reservation (stock_id, order_line_id, quantity) VALUES ({BIG}, {line('short')}, 1);"
        f"UPDATE inventory_stock SET reserved = 1 WHERE id = {BIG}",
        {"order": "{short}", "line": 1, "status": "open"},
    ),
    "shipped_units_left_stock_once": Damage(
        "UPDATE inventory_stockmovement SET quantity = -1 WHERE reservation_id = "
        f"(SELECT id FROM inventory_reservation WHERE order_line_id = {line('done')});"
        f"UPDATE inventory_stock SET on_hand = on_hand + 1 WHERE id = {CUPS}",
        {"status": "shipped", "quantity": 2, "moved": -1, "times": 1},
    ),
    "status_follows_from_parcels": Damage(
        f"UPDATE orders_shipment SET status = 'picking' WHERE order_id = {order('allocated')}",
        {"order": "{allocated}", "status": "allocated", "follows": "in_fulfilment"},
    ),
    "no_parcel_against_its_orders_status": Damage(
        "INSERT INTO orders_shipment (number, order_id, warehouse_id, status, shipped_at) "
        f"SELECT 'GHOST-1', {order('waiting')}, id, 'shipped', now() FROM inventory_warehouse",
        {"order": "{waiting}", "status": "pending_review", "shipment": "GHOST-1"},
    ),
    "line_amount_is_computed": Damage(
        f"UPDATE orders_orderline SET unit_price = 10.0030 WHERE id = {line('done')}",
        {"order": "{done}", "line": 1, "quantity": 2},
    ),
    "order_total_is_sum_of_lines": Damage(
        "UPDATE orders_order SET lines_amount = lines_amount + 1, discount_amount = 1 "
        f"WHERE id = {order('done')}",
        {"order": "{done}", "lines_amount": 21, "sum_of_lines": 20, "total_amount": 20},
    ),
    "refunds_within_payments": Damage(
        "INSERT INTO orders_payment (order_id, method, amount, status, paid_at) "
        f"VALUES ({order('done')}, 'wechat', -21, 'pending', now())",
        {"order": "{done}", "received": 20, "given_back": 21},
    ),
    "returned_within_ordered": Damage(
        "UPDATE orders_returnline SET quantity = 3",
        {"order": "{done}", "line": 1, "quantity": 2, "returned": 3},
    ),
    "every_transition_is_legal": Damage(
        "INSERT INTO orders_orderevent (order_id, kind, from_status, to_status) VALUES "
        f"({order('waiting')}, 'approved', 'pending_review', 'approved'),"
        f"({order('waiting')}, 'regretted', 'approved', 'pending_review')",
        {"order": "{waiting}", "kind": "regretted", "to_status": "pending_review"},
    ),
    "transitions_chain": Damage(
        "INSERT INTO orders_orderevent (order_id, kind, from_status, to_status) "
        f"VALUES ({order('waiting')}, 'released', 'on_hold', 'pending_review')",
        {"order": "{waiting}", "before": "pending_review", "from_status": "on_hold"},
    ),
    "status_is_of_the_last_transition": Damage(
        f"DELETE FROM orders_orderevent WHERE order_id = {order('waiting')}",
        {"order": "{waiting}", "status": "pending_review", "last_event": ""},
    ),
    "external_number_once_per_channel": Damage(
        "UPDATE orders_order SET external_no = 'done' WHERE external_no = 'waiting'",
        {"channel": "web", "external_no": "done", "orders": 2},
        drop=("orders_order", "order_external_no_once_per_channel"),
    ),
    "idempotency_key_once_per_user": Damage(
        "INSERT INTO oms_idempotencykey (user_id, key, request_hash, created_at) "
        "SELECT user_id, key, '', now() FROM oms_idempotencykey",
        {"user": "clerk", "key": "K-1", "answers": 2},
        drop=("oms_idempotencykey", "idempotency_key_once_per_user"),
    ),
    "idempotency_key_names_its_orders": Damage(
        "UPDATE oms_idempotencykey SET body = jsonb_set(body, '{0,number}', '\"SO-NONE\"')",
        {"user": "clerk", "key": "K-1", "number": "SO-NONE"},
    ),
    "import_accounts_for_every_row": Damage(
        "UPDATE orders_importbatch SET rows_done = 2",
        {"file": "orders.csv", "rows_done": 2, "rows_kept": 1},
    ),
    "owner_is_of_the_last_assignment": Damage(
        f"INSERT INTO orders_orderowner (order_id, user_id) SELECT {order('done')}, min(id) FROM oms_user",
        {"order": "{done}", "last_event": None},
    ),
    "tags_follow_from_their_events": Damage(
        "WITH tag AS (INSERT INTO orders_tag (name) VALUES ('VIP') RETURNING id) "
        f"INSERT INTO orders_ordertag (order_id, tag_id) SELECT {order('done')}, id FROM tag",
        {"order": "{done}", "is_on": True, "last_event": ""},
    ),
    "open_exceptions_are_what_the_causes_say": Damage(
        "UPDATE orders_orderexception SET closed_at = now(), closed_how = 'solved' WHERE cause = 'short'",
        {"order": "{short}", "cause": "short", "is_open": False, "is_there": True},
    ),
    "mention_is_of_its_comment": Damage(
        "INSERT INTO orders_mention (user_id, order_id, event_id) "
        f"SELECT (SELECT min(id) FROM oms_user), {order('done')}, min(id) FROM orders_orderevent",
        {"order": "{done}", "user": "clerk", "kind": "placed"},
    ),
    "decision_names_a_version_of_its_rule": Damage(
        "INSERT INTO orders_orderevent (order_id, kind, actor_name, data) "
        f"SELECT {order('done')}, 'referred', 'rules', "
        """'{"rules": [{"id": 7, "version": 2, "name": "Gone"}], "seen": {}}'""",
        {"order": "{done}", "rule": "Gone", "version": "2"},
    ),
    "named_rows_are_there": Damage(
        "INSERT INTO orders_orderevent (order_id, kind) VALUES (0, 'edited')",
        {"row": "orders_orderevent", "names": "order_id", "missing": 0},
    ),
    "live_version_is_of_its_rule": Damage(
        f"{_RULE}; UPDATE orders_ruleversion SET rule_id = rule_id + 1",
        {"rule": "R", "version": 1},
    ),
    "priority_is_of_the_last_mark": Damage(
        f"UPDATE orders_order SET priority = 2 WHERE id = {order('done')}",
        {"order": "{done}", "priority": 2, "last_event": 0},
    ),
    "merged_parcel_goes_as_one": Damage(
        "WITH c AS (INSERT INTO orders_consignment (warehouse_id, recipient_key, currency) "
        f"SELECT warehouse_id, recipient_key, 'CNY' FROM orders_shipment WHERE order_id = {order('allocated')} "
        "RETURNING id) UPDATE orders_shipment SET consignment_id = c.id FROM c "
        f"WHERE order_id = {order('allocated')}",
        {"orders": 1, "statuses": 1, "stopped": False},
    ),
    "parcel_knows_its_recipient": Damage(
        f"UPDATE orders_shipment SET recipient_key = 'x' WHERE order_id = {order('allocated')}",
        {"status": "ready"},
    ),
    "merged_customer_owns_nothing": Damage(
        "DELETE FROM customers_customeridentity; INSERT INTO customers_customer (name) VALUES ('B');"
        f"UPDATE customers_customer SET merged_into_id = {_B} WHERE id = {_BUYER};"
        f"INSERT INTO customers_customermerge (merged_id, survivor_id) VALUES ({_BUYER}, {_B})",
        {"what": "order"},
    ),
    "merged_into_is_of_a_standing_merge": Damage(
        "INSERT INTO customers_customer (name, merged_into_id) SELECT 'B', min(id) FROM customers_customer",
        {"survivor": None},
    ),
    "purchase_line_is_sum_of_deliveries": Damage(
        f"{_BOUGHT}; UPDATE inventory_purchaseline SET received = 1",
        {"purchase_order": "PO-X", "sku": "CUP-1", "received": 1, "good_came": 0},
        also=("purchase_status_follows_from_deliveries",),
    ),
    "purchase_status_follows_from_deliveries": Damage(
        f"{_BOUGHT}; UPDATE inventory_purchaseorder SET status = 'received'",
        {"purchase_order": "PO-X", "status": "received", "came": 0, "open": 5},
    ),
    "delivery_is_in_the_ledger": Damage(
        f"{_BOUGHT}; UPDATE inventory_purchaseorder SET status = 'closed';"
        "UPDATE inventory_purchaseline SET received = 1;"
        "INSERT INTO inventory_receipt (purchase_order_id, event_key) SELECT id, 'K' FROM inventory_purchaseorder;"
        "INSERT INTO inventory_receiptline (receipt_id, line_id, movement_id, good) SELECT r.id, l.id, m.id, 1"
        " FROM inventory_receipt r, inventory_purchaseline l,"
        " (SELECT min(id) AS id FROM inventory_stockmovement WHERE quantity > 1) m",
        {"purchase_order": "PO-X", "came": 1},
    ),
    "counters_equal_a_recount": Damage(
        "INSERT INTO orders_ordertally (day, channel_id, currency, status, orders, amount) "
        "SELECT '2026-01-01', id, 'CNY', 'shipped', 1, 0 FROM oms_channel",
        {"channel": "web", "status": "shipped", "kept": 1, "counted": 0},
    ),
}  # fmt: skip
