"""For each named constraint a statement on the `busy_company` that only it stops."""

from tests.guards.delivery_refusals import DELIVERY_REFUSALS
from tests.guards.lot_refusals import LOT_REFUSALS
from tests.guards.purchase_refusals import PURCHASE_REFUSALS
from tests.guards.stock_refusals import STOCK_REFUSALS
from tests.guards.twice import twice
from tests.guards.warehouse_refusals import WAREHOUSE_REFUSALS

_ORDER = (
    "INSERT INTO orders_order (number, channel_id, status, currency, lines_amount, total_amount,"
    " placed_at) SELECT 'SO-X', channel_id, '{status}', 'CNY', 0, 0, now() FROM orders_order LIMIT 1"
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


_RULE = "INSERT INTO orders_reviewrule (name) VALUES ('R') RETURNING id"
_VERSION = (
    f"WITH rule AS ({_RULE}) INSERT INTO orders_ruleversion (rule_id, number, kept{{more}})"
    " SELECT id, 1, '{{}}'{values} FROM rule{twice}"
)
_PERSON = "(SELECT min(id) FROM oms_user)"


REFUSALS: dict[str, str] = {
    **WAREHOUSE_REFUSALS,
    **DELIVERY_REFUSALS,
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
    **STOCK_REFUSALS,
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
    "exception_open_once_per_order": twice("orders_orderexception"),
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
    "order_line_position_once": twice("orders_orderline"),
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
    "idempotency_key_once_per_user": twice("oms_idempotencykey"),
    "import_batch_once_per_file": twice("orders_importbatch"),
    "import_row_once": twice("orders_importrow"),
    "return_external_no_once_per_channel": twice("orders_return"),
    "return_line_quantity_positive": "UPDATE orders_returnline SET quantity = 0",
    "applied_return_line_is_linked": (
        "UPDATE orders_returnline SET status = 'applied', order_line_id = NULL"
    ),
}  # fmt: skip
