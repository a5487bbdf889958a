"""Believable orders by the hundred thousand: straight into the tables, without the verbs.

Nine in ten customers have a Chinese name, the others a Latin one with one of ten last names, so that
each last name is borne by 1 % of all orders. Everything follows from the running number, so every
run makes the same orders.
"""

from dataclasses import dataclass

from django.conf import settings
from django.db import connection

from integrations.bench.catalogue import GIVEN, SKUS, SURNAMES
from oms.search import grams
from oms.sql import query, rows_json

FIRST = ("Anna", "Bruno", "Chen", "Dina", "Emil", "Fatima", "Greg", "Hui", "Ines", "Jin")
LAST = (
    "Smithson", "Jonesman", "Wangova", "Liez", "Zhanger", "Khanski", "Silvaberg", "Garciaton",
    "Meyerwell", "Novakford",
)  # fmt: skip
NAMES = 24_000
_TABLES = (
    "orders_order",
    "orders_orderline",
    "orders_orderevent",
    "orders_payment",
    "orders_ordersearch",
)


@dataclass(frozen=True, slots=True)
class Plan:
    """What the orders are to be like. The texts are SQL over the running number `g` (from 1)."""

    count: int
    status: str = "'pending_review'"
    lines: str = "3"
    paid_share: str = "1"
    street: str = "'文一西路 ' || g % 999 || ' 号'"
    days: int = 180


# Of a thousand orders: 5 held, 200 ready, 100 to review, 695 done; strewn, not in blocks.
OLD_SHOP = """CASE WHEN h < 5 THEN 'on_hold' WHEN h < 205 THEN 'allocated'
  WHEN h < 305 THEN 'pending_review' ELSE 'completed' END"""

_NAMES = """
CREATE TEMP TABLE bench_name AS
SELECT n, name, ARRAY(SELECT jsonb_array_elements_text(grams)) AS grams
FROM json_to_recordset(%s) AS r(n int, name text, grams jsonb)
"""
_CUSTOMERS = """
INSERT INTO customers_customer (name, phone, level, search_grams)
SELECT name, '138' || lpad(n::text, 8, '0'),
       CASE WHEN n % 300 = 0 THEN 'blocked' ELSE 'normal' END, grams
FROM bench_name ORDER BY n
"""
_ORDERS = """
INSERT INTO orders_order (id, number, channel_id, external_no, status, reason_code, customer_id,
  customer_name, ship_name, ship_phone, ship_country, ship_province, ship_city, ship_district,
  ship_street, currency, lines_amount, total_amount, placed_at, promised_at)
SELECT g, 'SO' || to_char(placed_at, 'YYMMDD') || lpad(g::text, 7, '0'), channel_id, 'X' || g,
  status, CASE status WHEN 'pending_review' THEN 'awaiting_review' ELSE '' END,
  first_customer + h2 % {names}, name, name,
  '13' || lpad((h2 % 1000000000)::text, 9, '0'), 'CN', '浙江省', '杭州市', '西湖区', street, 'CNY',
  (5 + g % 95) * pieces, (5 + g % 95) * pieces, placed_at,
  placed_at + interval '48 hours'
FROM (
  SELECT g, h, h2, {status} AS status, {street} AS street,
    now() - interval '1 day' * {days} * (1 - g::float8 / {count}) AS placed_at,
    (SELECT sum(1 + (g + p) % 3) FROM generate_series(1, {lines}) AS p) AS pieces
  FROM (
    SELECT g, (hashint4(g::int) & 2147483647) % 1000 AS h, hashint4(g::int + 7) & 2147483647 AS h2
    FROM generate_series(1, {count}) AS g
  ) AS made
) AS o
JOIN bench_name b ON b.n = h2 % {names}
CROSS JOIN (SELECT id AS channel_id FROM oms_channel WHERE code = 'bench') AS c
CROSS JOIN (SELECT min(id) AS first_customer FROM customers_customer) AS p
ORDER BY g
"""
_SEARCH = """
INSERT INTO orders_ordersearch (order_id, names, grams, phone_tail)
SELECT o.id, lower(b.name), b.grams, reverse(o.ship_phone)
FROM orders_order o JOIN bench_name b ON b.n = (hashint4(o.id::int + 7) & 2147483647) % {names} ORDER BY o.id
"""
_LINES = """
INSERT INTO orders_orderline (order_id, position, sku_id, description, quantity, unit_price, amount)
SELECT g, p, first_sku + (hashint4((g * 3 + p)::int) & 2147483647) % {skus}, '商品',
  1 + (g + p) % 3, 5 + g % 95, (5 + g % 95) * (1 + (g + p) % 3)
FROM generate_series(1, {count}) AS g CROSS JOIN LATERAL generate_series(1, {lines}) AS p
CROSS JOIN (SELECT min(id) AS first_sku FROM inventory_sku) AS s
ORDER BY g, p
"""
_PAYMENTS = """
INSERT INTO orders_payment (order_id, method, amount, reference, paid_at)
SELECT id, 'alipay', total_amount, 'P' || id, placed_at
FROM (SELECT *, id AS g FROM orders_order) AS o WHERE {paid_share} > 0
"""
# An approved order came by its review; how others came to where they are, nothing asks.
_EVENTS = """
INSERT INTO orders_orderevent (order_id, kind, from_status, to_status, actor_name, created_at)
SELECT o.id, s.kind, s.source, s.target, 'bench', o.placed_at FROM orders_order o CROSS JOIN LATERAL (
  SELECT 1, 'placed', '', CASE o.status WHEN 'approved' THEN 'pending_review' ELSE o.status END
  UNION ALL SELECT 2, 'approved', 'pending_review', 'approved' WHERE o.status = 'approved'
) AS s(nth, kind, source, target) ORDER BY o.id, s.nth
"""
_TALLY = """
INSERT INTO orders_ordertally (day, channel_id, currency, status, orders, amount, is_folded)
SELECT (placed_at AT TIME ZONE %s)::date, channel_id, currency, status, count(*), sum(total_amount),
  true
FROM orders_order GROUP BY 1, 2, 3, 4
"""
_SEQUENCES = """
SELECT setval('order_running_number', {count}),
       setval(pg_get_serial_sequence('orders_order', 'id'), {count})
"""
_INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
WHERE indrelid = ANY(%s::regclass[])
  AND indexrelid NOT IN (SELECT conindid FROM pg_constraint)
"""


def names() -> list[str]:
    """The names people bear, by number; different enough for fragments to be rare or common."""
    made = []
    for n in range(NAMES):
        if n % 10 < 9:  # noqa: PLR2004 - nine in ten
            name = SURNAMES[n % 20] + GIVEN[n // 20 % 30]
            name += GIVEN[n // 600 % 30] if n % 4 else ""
        else:
            name = f"{FIRST[n // 100 % 10]} {LAST[n // 10 % 10]} {n:04x}"
        made.append(name)
    return made


def make_orders(plan: Plan) -> None:
    """Fill the tables of this database; the catalogue must be there. Ends with everything analysed."""
    parts = {
        "count": plan.count, "status": plan.status, "lines": plan.lines, "street": plan.street,
        "paid_share": plan.paid_share, "days": plan.days, "names": NAMES, "skus": SKUS,
    }  # fmt: skip
    # Without triggers, foreign-key checks and secondary indexes: minutes become seconds.
    _run("SET session_replication_role = replica")
    rows = [{"n": n, "name": name, "grams": grams(name)} for n, name in enumerate(names())]
    query(_NAMES, [rows_json(rows)])
    _run(_CUSTOMERS)
    indexes = query(_INDEXES, [list(_TABLES)])
    for name, _definition in indexes:
        _run(f"DROP INDEX {name}")
    for statement in (_ORDERS, _SEARCH, _LINES, _PAYMENTS, _EVENTS):
        _run(statement.format(**parts))
    count_orders()
    _run(_SEQUENCES.format(**parts))
    for _name, definition in indexes:
        _run(definition)
    _run("DROP TABLE bench_name")
    _run("RESET session_replication_role")
    _run("VACUUM ANALYZE")


def count_orders() -> None:
    """The counters as they are after everything was counted."""
    query("DELETE FROM orders_ordertally")
    query(_TALLY, [settings.TIME_ZONE])


def _run(statement: str) -> None:
    """A statement without parameters, in which % is the remainder."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
