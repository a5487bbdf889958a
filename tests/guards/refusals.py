"""For each named constraint a statement on the `busy_company` that only it stops."""

from tests.guards.lot_refusals import LOT_REFUSALS
from tests.guards.purchase_refusals import PURCHASE_REFUSALS
from tests.guards.warehouse_refusals import WAREHOUSE_REFUSALS

_ORDER = (
    "INSERT INTO orders_order (number, channel_id, status, currency, lines_amount, total_amount,"
    " placed_at) SELECT 'SO-X', channel_id, '{status}', 'CNY', 0, 0, now() FROM orders_order LIMIT 1"
)
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
_PACK = (
    "INSERT INTO inventory_skupack (sku_id, name, pieces)"
    " SELECT k.id, {name}, {pieces} FROM (SELECT min(id) AS id FROM inventory_sku) k, generate_series(1, 2) AS n"
)
_MOVEMENT = (
    "INSERT INTO inventory_stockmovement (stock_id, kind, quantity)"
    " SELECT stock_id, '{kind}', {quantity} FROM inventory_stockmovement LIMIT 1"
)
_VIEW = (
    "INSERT INTO orders_savedview (user_id, slug, name, asked, columns, density, is_shared)"
    " SELECT (SELECT min(id) FROM oms_user), {slug}, {name}, '', '{{}}', '{density}', false"
    " FROM generate_series(1, 2) number"
)
_SECOND = (
    "WITH rule AS (INSERT INTO orders_reviewrule (name) VALUES ('R') RETURNING id), version AS ("
    "INSERT INTO orders_ruleversion (rule_id, number, kept) SELECT id, 1, '{{}}' FROM rule RETURNING id)"
    " INSERT INTO orders_secondreview (order_id, version_id, passed_at, passed_by_id, decided_at, decided_by_id,"
    " passed_over_at) SELECT o.id, v.id, {values} FROM version v, orders_order o,"
    " (SELECT min(id) AS id FROM oms_user) u LIMIT 1"
)
_LIMIT = (
    "WITH role AS (INSERT INTO auth_group (name) VALUES ('R') RETURNING id)"
    " INSERT INTO orders_approvallimit (group_id, currency, max_amount, max_discount_percent, max_refund)"
    " SELECT id, {values} FROM role, generate_series(1, {times})"
)
_POLICY = (
    "INSERT INTO orders_allocationpolicy (name, position, is_active, level, prefer, fewest_parcels,"
    " parcel_cap, ships, keeps_safety)"
    " VALUES ('P', 1, true, '{level}', 'cost', true, {cap}, 'order', false)"
)
_RATE = (
    "INSERT INTO orders_warehouserate (warehouse_id, country, cost, days, rank)"
    " SELECT (SELECT min(id) FROM inventory_warehouse), 'CN', {cost}, 1, 1 FROM generate_series(1, {times})"
)
_DONE = "(SELECT id FROM orders_order WHERE external_no = 'done')"
_CUSTOMER = "(SELECT min(id) FROM customers_customer)"


def _twice(table: str, changes: str = "") -> str:
    """Put a row of `table` in a second time, under another id and with `changes` (JSON)."""
    other = '{"id": 1000000' + changes + "}"
    return f"INSERT INTO {table} SELECT (jsonb_populate_record(row, '{other}')).* FROM {table} row LIMIT 1"


_RULE = "INSERT INTO orders_reviewrule (name) VALUES ('R') RETURNING id"
_VERSION = (
    f"WITH rule AS ({_RULE}) INSERT INTO orders_ruleversion (rule_id, number, kept{{more}})"
    " SELECT id, 1, '{{}}'{values} FROM rule{twice}"
)
_PERSON = "(SELECT min(id) FROM oms_user)"


REFUSALS: dict[str, str] = {
    **WAREHOUSE_REFUSALS,
    **LOT_REFUSALS,
    # customers
    "customer_has_a_name": "UPDATE customers_customer SET name = ''",
    "customer_not_merged_into_itself": "UPDATE customers_customer SET merged_into_id = id",
    "customer_blocked_for_a_reason": "UPDATE customers_customer SET blocked_reason = 'Refuses parcels'",
    "customer_merged_once_at_a_time": (
        "INSERT INTO customers_customermerge (merged_id, survivor_id)"
        f" SELECT {_CUSTOMER}, {_CUSTOMER} FROM generate_series(1, 2)"
    ),
    "contact_view_once_a_day": (
        "INSERT INTO customers_contactview (customer_id, user_id, day)"
        f" SELECT {_CUSTOMER}, (SELECT min(id) FROM oms_user), '2026-01-01' FROM generate_series(1, 2)"
    ),
    "one_default_address_per_customer": (
        "INSERT INTO customers_address (customer_id, name, phone, country, province, city, district,"
        " street, postcode, is_default)"
        f" SELECT {_CUSTOMER}, 'A', '', 'CN', '', '', '', 'S', '', true FROM generate_series(1, 2)"
    ),
    "customer_credit_limit_not_negative": "UPDATE customers_customer SET credit_limit = -1",
    **PURCHASE_REFUSALS,
    # inventory
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
    "stock_adjustment_reference_once": _twice("inventory_stockadjustment", ', "movement_id": null'),
    "reservation_holds_something": "UPDATE inventory_reservation SET quantity = 0",
    # bulk jobs
    "finished_bulk_job_was_confirmed": (
        "INSERT INTO orders_bulkjob (user_id, act, finished_at) SELECT id, 'hold', now() FROM oms_user"
    ),
    "bulk_item_once_per_job": (
        "WITH job AS (INSERT INTO orders_bulkjob (user_id, act) SELECT min(id), 'hold' FROM oms_user RETURNING id)"
        f" INSERT INTO orders_bulkitem (job_id, order_id) SELECT id, {_DONE} FROM job, generate_series(1, 2)"
    ),
    # review
    "review_claim_ends_after_it_begins": (
        "INSERT INTO orders_reviewclaim (order_id, user_id, expires_at)"
        f" SELECT {_DONE}, min(id), now() FROM oms_user"
    ),
    "second_review_by_another": _SECOND.format(values="now(), u.id, now(), u.id, NULL"),
    "second_review_follows_the_first": _SECOND.format(values="NULL, NULL, now(), u.id, NULL"),
    "second_review_decided_or_passed_over": _SECOND.format(
        values="now(), NULL, now(), u.id, now()"
    ),
    "approval_limit_once": _LIMIT.format(values="'CNY', 1, NULL, NULL", times=2),
    "approval_limit_currency_is_a_code": _LIMIT.format(values="'cny', 1, NULL, NULL", times=1),
    "approval_limit_not_negative": _LIMIT.format(values="'CNY', -1, NULL, NULL", times=1),
    "approval_limit_discount_is_a_share": _LIMIT.format(
        values="'CNY', 1, 100.01, NULL", times=1
    ),
    # allocation policies
    "policy_level_is_known": _POLICY.format(level="platinum", cap="NULL"),
    "policy_lets_a_parcel_go": _POLICY.format(level="", cap="0"),
    "warehouse_rate_once_per_region": _RATE.format(cost=1, times=2),
    "warehouse_rate_not_negative": _RATE.format(cost=-1, times=1),
    # imports being prepared
    "started_import_has_a_starter": (
        "INSERT INTO orders_importdraft (user_id, changed_by_id, file_name, file_hash, written_in, header, mapping,"
        " rows_total, started_at) SELECT id, id, 'a', 'a', 'UTF-8', '[]', '{}', 0, now() FROM oms_user LIMIT 1"
    ),
    "import_draft_row_once": (
        "WITH draft AS (INSERT INTO orders_importdraft (user_id, changed_by_id, file_name, file_hash, written_in,"
        " header, mapping, rows_total)"
        " SELECT id, id, 'a', 'a', 'UTF-8', '[]', '{}', 0 FROM oms_user LIMIT 1 RETURNING id)"
        " INSERT INTO orders_importdraftrow (draft_id, row_no, raw)"
        " SELECT id, 2, '[]' FROM draft, generate_series(1, 2)"
    ),
    "columns_remembered_once": (
        "INSERT INTO orders_columnmemory (headings, mapping, changed_by_id)"
        " SELECT 'a', '{}', u.id FROM (SELECT id FROM oms_user LIMIT 1) u, generate_series(1, 2)"
    ),
    # comments, tags
    "mention_once_per_comment": (
        "INSERT INTO orders_mention (user_id, order_id, event_id)"
        " SELECT u.id, e.order_id, e.id FROM oms_user u, orders_orderevent e, generate_series(1, 2)"
    ),
    "tag_name_once": "INSERT INTO orders_tag (name) VALUES ('VIP'), ('ｖｉｐ')",
    "tag_has_a_name": "INSERT INTO orders_tag (name) VALUES ('')",
    "order_tag_once": (
        "WITH tag AS (INSERT INTO orders_tag (name) VALUES ('VIP') RETURNING id)"
        f" INSERT INTO orders_ordertag (order_id, tag_id) SELECT {_DONE}, id FROM tag, generate_series(1, 2)"
    ),
    # the order list
    "list_layout_density_is_known": (
        "INSERT INTO orders_listlayout (user_id, columns, density) SELECT id, '{}', 'huge' FROM oms_user"
    ),
    "saved_view_slug_once": _VIEW.format(slug="'a'", name="number::text", density=""),
    "saved_view_name_once_per_user": _VIEW.format(
        slug="number::text", name="CASE number WHEN 1 THEN 'VIP' ELSE 'ｖｉｐ' END", density=""
    ),
    "saved_view_has_a_name": _VIEW.format(slug="number::text", name="''", density=""),
    "saved_view_density_is_known": _VIEW.format(
        slug="number::text", name="number::text", density="huge"
    ),
    # exceptions
    "exception_open_once_per_order": _twice("orders_orderexception"),
    "exception_open_once_per_import": (
        "INSERT INTO orders_orderexception (kind, cause, batch_id, deadline_at)"
        " SELECT 'import', 'rejected_rows', id, now() FROM orders_importbatch, generate_series(1, 2)"
    ),
    "exception_is_of_one_thing": "UPDATE orders_orderexception SET order_id = NULL",
    "closed_exception_says_how": "UPDATE orders_orderexception SET closed_at = now()",
    # orders
    "order_number_once": (
        f"UPDATE orders_order SET number = (SELECT number FROM orders_order WHERE id = {_DONE})"
    ),
    "order_external_no_once_per_channel": "UPDATE orders_order SET external_no = 'done'",
    "order_status_is_known": _ORDER.format(status="lost"),
    "order_total_adds_up": "UPDATE orders_order SET total_amount = total_amount + 1",
    "order_amounts_not_negative": (
        "UPDATE orders_order SET shipping_amount = -1, total_amount = total_amount - 1"
    ),
    "order_version_counts_from_one": "UPDATE orders_order SET version = 0",
    "order_line_position_once": _twice("orders_orderline"),
    "order_line_quantity_positive": "UPDATE orders_orderline SET quantity = 0",
    "order_line_cancelled_within_quantity": (
        "UPDATE orders_orderline SET cancelled_quantity = quantity + 1"
    ),
    "order_line_goods_have_a_sku": "UPDATE orders_orderline SET sku_id = NULL",
    "order_line_sign_fits_its_kind": "UPDATE orders_orderline SET amount = -1",
    "one_folded_tally_per_key": (
        "INSERT INTO orders_ordertally (day, channel_id, currency, status, orders, amount, is_folded)"
        " SELECT '2026-01-01', id, 'CNY', 'shipped', 1, 1, true FROM oms_channel, generate_series(1, 2)"
    ),
    # money
    "payment_is_of_an_amount": "UPDATE orders_payment SET amount = 0",
    "payment_reference_once_per_order": (
        "INSERT INTO orders_payment (order_id, method, amount, reference, paid_at)"
        f" SELECT {_DONE}, 'bank', 1, 'R-1', now() FROM generate_series(1, 2)"
    ),
    "financial_adjustment_once": (
        "INSERT INTO orders_financialadjustment (channel_id, external_no, position, currency, amount,"
        " description, happened_at)"
        " SELECT id, 'A-1', 1, 'CNY', 1, '', now() FROM oms_channel, generate_series(1, 2)"
    ),
    # rules
    "review_rule_in_force_has_a_version": "INSERT INTO orders_reviewrule (name, mode) VALUES ('R', 'on')",
    "rule_version_number_once": _VERSION.format(more="", values="", twice=", generate_series(1, 2)"),
    "rule_version_seconded_by_another": _VERSION.format(
        more=", published_by_id, seconded_by_id", values=f", {_PERSON}, {_PERSON}", twice=""
    ),
    "risk_signal_weighs_something": (
        "INSERT INTO orders_risksignal (name, points, is_active, kept) VALUES ('S', 0, true, '{}')"
    ),
    "remote_area_once": (
        "INSERT INTO orders_remotearea (country, province, city) SELECT 'CN', 'A', '' FROM generate_series(1, 2)"
    ),
    "remote_area_has_a_province": (
        "INSERT INTO orders_remotearea (country, province, city) VALUES ('CN', '', '')"
    ),
    # fulfilment
    "shipment_number_once": "UPDATE orders_shipment SET number = 'P-1'",
    "merged_shipment_does_not_stay_alone": (
        "WITH c AS (INSERT INTO orders_consignment (warehouse_id, recipient_key, currency)"
        " SELECT min(id), 'x', 'CNY' FROM inventory_warehouse RETURNING id)"
        " UPDATE orders_shipment SET consignment_id = c.id, stays_alone = true FROM c"
    ),
    "shipped_shipment_has_a_time": "UPDATE orders_shipment SET shipped_at = NULL",
    # intake and returns
    "unfinished_order_once_per_form": (
        "INSERT INTO orders_unfinishedorder (user_id, form_key, typed)"
        " SELECT id, 'form:1', '{}' FROM oms_user, generate_series(1, 2)"
    ),
    "shown_error_once_per_day": (
        "INSERT INTO oms_shownerror (day, screen, field, code, words, count, last_shown_at)"
        " SELECT '2026-01-01', 'orders:new', 'note', '', 'Fill this in.', 1, now() FROM generate_series(1, 2)"
    ),
    "idempotency_key_once_per_user": _twice("oms_idempotencykey"),
    "import_batch_once_per_file": _twice("orders_importbatch"),
    "import_row_once": _twice("orders_importrow"),
    "return_external_no_once_per_channel": _twice("orders_return"),
    "return_line_quantity_positive": "UPDATE orders_returnline SET quantity = 0",
    "applied_return_line_is_linked": (
        "UPDATE orders_returnline SET status = 'applied', order_line_id = NULL"
    ),
}  # fmt: skip
