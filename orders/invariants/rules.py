"""Decisions name versions that there are; what rules mark orders with is what the timeline tells."""

from orders.invariants.invariant import Invariant
from orders.invariants.slices import BY_ORDER

# Events from before rules had versions name numbers of which no text was kept; those have no "seen".
DECISION_NAMES_A_VERSION = """
SELECT o.number AS order, e.id AS event, n.rule ->> 'name' AS rule, n.rule ->> 'version' AS version
FROM orders_orderevent e
JOIN orders_order o ON o.id = e.order_id
CROSS JOIN LATERAL jsonb_array_elements(
  e.data -> 'rules' || coalesce(e.data -> 'overruled', '[]')) AS n (rule)
LEFT JOIN orders_ruleversion v
  ON v.rule_id = (n.rule ->> 'id')::bigint AND v.number = (n.rule ->> 'version')::int
WHERE e.data ? 'seen' AND e.data ? 'rules' AND v.id IS NULL
"""

LIVE_VERSION_IS_OF_ITS_RULE = """
SELECT r.name AS rule, v.number AS version, v.rule_id AS of_rule
FROM orders_reviewrule r JOIN orders_ruleversion v ON v.id = r.live_id WHERE v.rule_id <> r.id
"""

PRIORITY_IS_OF_THE_LAST_MARK = """
SELECT o.number AS order, o.priority, coalesce(e.priority, 0) AS last_event
FROM (
  SELECT DISTINCT ON (order_id) order_id, (data ->> 'priority')::int AS priority
  FROM orders_orderevent WHERE kind IN ('marked', 'prioritised') AND data ? 'priority' ORDER BY order_id, id DESC
) e
FULL JOIN (SELECT id, number, priority FROM orders_order WHERE priority <> 0) w ON w.id = e.order_id
JOIN orders_order o ON o.id = coalesce(e.order_id, w.id)
WHERE o.priority <> coalesce(e.priority, 0)
"""

INVARIANTS = [
    Invariant("decision_names_a_version_of_its_rule", DECISION_NAMES_A_VERSION, by=BY_ORDER),
    Invariant("live_version_is_of_its_rule", LIVE_VERSION_IS_OF_ITS_RULE),
    Invariant("priority_is_of_the_last_mark", PRIORITY_IS_OF_THE_LAST_MARK, by=BY_ORDER),
]
