"""The raw client loop: the eight round trips of one order through psycopg2, no framework."""

import random
from typing import Any

_ORDER = """
INSERT INTO raw_order (number, channel, status, customer_name, phone, province, city, address,
  total_cents, paid_cents, currency, note)
VALUES (%s, 'taobao', 'new', %s, '13800138000', 'Zhejiang', 'Hangzhou', 'No 969 Wenyi West Road',
  12900, 12900, 'CNY', '') RETURNING id
"""
_LINES = """
INSERT INTO raw_line (order_id, sku, quantity, price_cents)
VALUES (%s, %s, %s, 1000), (%s, %s, %s, 2000), (%s, %s, %s, 3000)
"""
_EVENT = """
INSERT INTO raw_event (order_id, kind, actor, data) VALUES (%s, 'placed', 'api', '{"src":"bench"}')
"""
_STOCK = """
UPDATE raw_stock SET reserved = reserved + %s WHERE sku = %s AND on_hand - reserved >= %s
"""


def place_raw(connection: Any, pick: random.Random, count: int) -> None:
    """Place so many raw orders. `connection` is psycopg2's, not in autocommit mode."""
    cursor = connection.cursor()
    for _number in range(count):
        skus = pick.randint(1, 3333), pick.randint(3334, 6666), pick.randint(6667, 10000)
        quantity = pick.randint(1, 3)
        cursor.execute(_ORDER, (f"C{pick.getrandbits(60)}", f"Customer {skus[0]}"))
        order_id = cursor.fetchone()[0]
        values = [value for sku in skus for value in (order_id, sku, quantity)]
        cursor.execute(_LINES, values)
        cursor.execute(_EVENT, (order_id,))
        for sku in skus:
            cursor.execute(_STOCK, (quantity, sku, quantity))
        connection.commit()
