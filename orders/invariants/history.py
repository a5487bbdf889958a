"""The timeline of events tells how each order came to its status."""

from orders.invariants.invariant import Invariant
from orders.invariants.slices import BY_ORDER
from orders.states import INITIAL, legal_pairs

TRANSITION_IS_LEGAL = """
SELECT (SELECT number FROM orders_order WHERE id = e.order_id) AS "order",
  e.id AS event, e.kind, e.from_status, e.to_status
FROM orders_orderevent e
WHERE e.to_status <> ''
  AND (e.from_status, e.to_status) NOT IN (SELECT * FROM unnest(%(sources)s::text[], %(targets)s::text[]))
"""

# An order's events are written under the lock of its row, so their ids tell their order.
TRANSITIONS_CHAIN = """
SELECT (SELECT number FROM orders_order WHERE id = e.order_id) AS "order",
  e.id AS event, e.before, e.from_status, e.to_status
FROM (
  SELECT id, order_id, from_status, to_status,
    lag(to_status, 1, '') OVER (PARTITION BY order_id ORDER BY id) AS before
  FROM orders_orderevent WHERE to_status <> ''
) e
WHERE e.from_status <> e.before
"""

STATUS_IS_OF_LAST_TRANSITION = """
SELECT o.number AS order, o.status, coalesce(e.to_status, '') AS last_event
FROM orders_order o
LEFT JOIN (
  SELECT DISTINCT ON (order_id) order_id, to_status FROM orders_orderevent
  WHERE to_status <> '' ORDER BY order_id, id DESC
) e ON e.order_id = o.id
WHERE o.status IS DISTINCT FROM e.to_status
"""

_PAIRS = [("", status.value) for status in sorted(INITIAL)] + legal_pairs()

INVARIANTS = [
    Invariant(
        "every_transition_is_legal",
        TRANSITION_IS_LEGAL,
        {
            "sources": [source for source, _target in _PAIRS],
            "targets": [target for _source, target in _PAIRS],
        },
        by=BY_ORDER,
    ),
    Invariant("transitions_chain", TRANSITIONS_CHAIN, by=BY_ORDER),
    Invariant("status_is_of_the_last_transition", STATUS_IS_OF_LAST_TRANSITION, by=BY_ORDER),
]
