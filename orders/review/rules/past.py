"""Orders of the past as the rules would have found them, with what was decided then. Pure: nothing is read here."""

_DECISIONS = "('approved', 'on_hold', 'cancelled')"
# One asks at the moment of the first decision; about an order that still waits, now. `verdict` and `decider` say what
# was decided then and by whom, `people` what the first person to decide did: an order that a rule held and a person
# let go was let go.
_DECIDED = f"""
  LEFT JOIN LATERAL (
    SELECT e.created_at, e.to_status,
      CASE WHEN e.actor_id IS NOT NULL THEN 'person' WHEN e.actor_name = 'rules' THEN 'rules' ELSE 'system' END AS who
    FROM orders_orderevent e WHERE e.order_id = o.id AND e.from_status = 'pending_review'
      AND e.to_status IN {_DECISIONS} ORDER BY e.id LIMIT 1
  ) d ON true
  LEFT JOIN LATERAL (
    SELECT e.to_status FROM orders_orderevent e WHERE e.order_id = o.id AND e.actor_id IS NOT NULL
      AND e.from_status IN ('pending_review', 'on_hold') AND e.to_status IN {_DECISIONS} ORDER BY e.id LIMIT 1
  ) p ON true"""
_SELECT = f"""SELECT o.*, coalesce(d.created_at, statement_timestamp()) AS asked_at,
    coalesce(d.to_status, '') AS verdict, coalesce(d.who, '') AS decider, coalesce(p.to_status, '') AS people
  FROM orders_order o{_DECIDED}"""

PLACED_WITHIN = f"""{_SELECT}
  WHERE o.placed_at >= %s AND o.placed_at < %s AND o.status <> 'draft'"""
"""Those placed in a period."""

TOO_MANY = """
SELECT placed_at FROM orders_order WHERE placed_at >= %s AND placed_at < %s ORDER BY placed_at DESC OFFSET %s LIMIT 1
"""
"""The newest moment in a period after which fewer orders than so many were placed; no row where there are fewer."""

THESE = f"""{_SELECT}
  WHERE o.id = ANY(%s::bigint[])"""
"""The orders of these ids, asked about the same moment."""
