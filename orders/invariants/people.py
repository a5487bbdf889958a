"""A customer who was merged into another has nothing of their own any more."""

from orders.invariants.invariant import Invariant

MERGED_CUSTOMER_OWNS_NOTHING = """
SELECT c.id AS customer, c.merged_into_id AS merged_into, owned.what
FROM customers_customer c
CROSS JOIN LATERAL (
  SELECT 'order' AS what FROM orders_order WHERE customer_id = c.id
  UNION SELECT 'return' FROM orders_return WHERE customer_id = c.id
  UNION SELECT 'identity' FROM customers_customeridentity WHERE customer_id = c.id
  UNION SELECT 'contact' FROM customers_contact WHERE customer_id = c.id
  UNION SELECT 'address' FROM customers_address WHERE customer_id = c.id
) owned
WHERE c.merged_into_id IS NOT NULL
"""

MERGED_INTO_IS_OF_STANDING_MERGE = """
SELECT coalesce(c.id, m.merged_id) AS customer, c.merged_into_id AS merged_into, m.survivor_id AS survivor
FROM (SELECT id, merged_into_id FROM customers_customer WHERE merged_into_id IS NOT NULL) c
FULL JOIN (SELECT merged_id, survivor_id FROM customers_customermerge WHERE undone_at IS NULL) m
  ON m.merged_id = c.id
WHERE c.merged_into_id IS DISTINCT FROM m.survivor_id
"""

INVARIANTS = [
    Invariant("merged_customer_owns_nothing", MERGED_CUSTOMER_OWNS_NOTHING),
    Invariant("merged_into_is_of_a_standing_merge", MERGED_INTO_IS_OF_STANDING_MERGE),
]
