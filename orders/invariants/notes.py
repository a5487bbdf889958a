"""Owners, tags and mentions are what the timeline tells of them."""

from orders.invariants.invariant import Invariant
from orders.invariants.slices import BY_ORDER

OWNER_IS_OF_LAST_ASSIGNMENT = """
SELECT o.number AS order, w.user_id AS owner, e.owner_id AS last_event
FROM (
  SELECT DISTINCT ON (order_id) order_id, (data -> 'owner_id' ->> 1)::bigint AS owner_id
  FROM orders_orderevent WHERE kind = 'assigned' ORDER BY order_id, id DESC
) e
FULL JOIN orders_orderowner w USING (order_id)
JOIN orders_order o ON o.id = order_id
WHERE w.user_id IS DISTINCT FROM e.owner_id
"""

TAGS_FOLLOW_FROM_EVENTS = """
SELECT o.number AS order, tag_id AS tag, t.id IS NOT NULL AS is_on, coalesce(e.kind, '') AS last_event
FROM (
  SELECT DISTINCT ON (order_id, data ->> 'tag_id')
    order_id, (data ->> 'tag_id')::bigint AS tag_id, kind
  FROM orders_orderevent WHERE kind IN ('tagged', 'untagged')
  ORDER BY order_id, data ->> 'tag_id', id DESC
) e
FULL JOIN orders_ordertag t USING (order_id, tag_id)
JOIN orders_order o ON o.id = order_id
WHERE (t.id IS NOT NULL) <> (coalesce(e.kind, '') = 'tagged')
"""

MENTION_IS_OF_ITS_COMMENT = """
SELECT o.number AS order, m.id AS mention, u.username AS user, e.kind
FROM orders_mention m
JOIN orders_order o ON o.id = m.order_id
JOIN orders_orderevent e ON e.id = m.event_id
JOIN oms_user u ON u.id = m.user_id
WHERE e.order_id <> m.order_id OR NOT coalesce(CASE e.kind
  WHEN 'commented' THEN e.data -> 'mentioned' @> jsonb_build_array(jsonb_build_object('id', m.user_id))
  WHEN 'notified' THEN e.data -> 'people' @> to_jsonb(m.user_id) END, false)
"""

INVARIANTS = [
    Invariant("owner_is_of_the_last_assignment", OWNER_IS_OF_LAST_ASSIGNMENT, by=BY_ORDER),
    Invariant("tags_follow_from_their_events", TAGS_FOLLOW_FROM_EVENTS, by=BY_ORDER),
    Invariant(
        "mention_is_of_its_comment",
        MENTION_IS_OF_ITS_COMMENT,
        by=BY_ORDER,
        wide=("orders_orderevent",),
    ),
]
