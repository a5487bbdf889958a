"""Nothing was taken in twice, and nothing that came in was lost."""

from orders.invariants.invariant import Invariant

EXTERNAL_NUMBER_UNIQUE = """
SELECT c.code AS channel, d.external_no, d.orders
FROM (
  SELECT channel_id, external_no, count(*) AS orders FROM orders_order
  WHERE external_no IS NOT NULL GROUP BY 1, 2 HAVING count(*) > 1
) d JOIN oms_channel c ON c.id = d.channel_id
"""

IDEMPOTENCY_KEY_UNIQUE = """
SELECT u.username AS user, k.key, count(*) AS answers
FROM oms_idempotencykey k JOIN oms_user u ON u.id = k.user_id
GROUP BY 1, 2 HAVING count(*) > 1
"""

# `body` holds what was placed under the key: [{id, number}, ...].
IDEMPOTENCY_KEY_NAMES_ITS_ORDERS = """
SELECT u.username AS user, k.key, answer ->> 'number' AS number
FROM oms_idempotencykey k
JOIN oms_user u ON u.id = k.user_id
CROSS JOIN LATERAL jsonb_array_elements(
  CASE WHEN jsonb_typeof(k.body) = 'array' THEN k.body ELSE '[]' END) AS answer
WHERE jsonb_typeof(answer) = 'object' AND answer ? 'id' AND answer ? 'number'
  AND NOT EXISTS (SELECT 1 FROM orders_order o
                  WHERE o.id = (answer ->> 'id')::bigint AND o.number = answer ->> 'number')
"""

IMPORT_ACCOUNTS_FOR_EVERY_ROW = """
SELECT b.id AS batch, b.file_name AS file, b.rows_done, count(r.id) AS rows_kept
FROM orders_importbatch b LEFT JOIN orders_importrow r ON r.batch_id = b.id
WHERE b.status = 'finished'
GROUP BY b.id HAVING count(r.id) <> b.rows_done
"""

INVARIANTS = [
    Invariant("external_number_once_per_channel", EXTERNAL_NUMBER_UNIQUE),
    Invariant("idempotency_key_once_per_user", IDEMPOTENCY_KEY_UNIQUE),
    Invariant("idempotency_key_names_its_orders", IDEMPOTENCY_KEY_NAMES_ITS_ORDERS),
    Invariant("import_accounts_for_every_row", IMPORT_ACCOUNTS_FOR_EVERY_ROW),
]
