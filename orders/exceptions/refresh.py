"""Opening and closing exceptions: what is open becomes what the causes say, for a set of orders at a time.

Whatever happens to an order leaves a row in `orders_ordertouched` in the same transaction; the workers look at these
orders soon after, and the sweep finds what a lost nudge left. Time alone is watched by a timer per order.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from oms.models import User
from oms.sql import int_array, query, rows_json
from orders.exceptions.causes import CAUSES, NOT_LEFT
from orders.exceptions.detect import Detected, detect

CHUNK = 1000

# One at a time: who looked before another's change was committed must not write after it what was true no longer.
ALONE = "SELECT pg_advisory_xact_lock(hashtext('exceptions'))"


def with_twins(chosen: str) -> str:
    """The orders that `chosen` selects, and those of which one may be the twin: what happens to it concerns them."""
    return f"""
{chosen} UNION
SELECT order_id FROM orders_orderexception WHERE other_id IN ({chosen}) AND closed_at IS NULL UNION
SELECT o.id FROM orders_order e JOIN orders_order o ON o.customer_id = e.customer_id AND o.id > e.id
  AND o.placed_at BETWEEN e.placed_at - interval '24 hours' AND e.placed_at + interval '24 hours' AND {NOT_LEFT}
WHERE e.id IN ({chosen})"""


_WITH_TWINS = with_twins("SELECT unnest(%(ids)s::bigint[])")

# The owner of the order goes before who looks after the kind. A person's word, in `is_assigned`, goes before both.
_RIGHTFUL = """coalesce(
  (SELECT w.user_id FROM orders_orderowner w JOIN oms_user u ON u.id = w.user_id AND u.is_active
   WHERE w.order_id = f.order_id),
  (SELECT k.user_id FROM orders_exceptionkeeper k JOIN oms_user u ON u.id = k.user_id AND u.is_active
   WHERE k.kind = f.kind))"""
_SAME = "e.closed_at IS NULL AND e.cause = f.cause AND (e.order_id = f.order_id OR e.batch_id = f.batch_id)"
_APPLY = f"""
WITH found AS MATERIALIZED (
  SELECT f.*, {_RIGHTFUL} AS owner_id
  FROM json_to_recordset(%(found)s) AS f(kind text, cause text, order_id bigint, batch_id bigint, other_id bigint,
    data text, sign text, promised_at timestamptz, within_seconds float8)
), gone AS (
  UPDATE orders_orderexception e
  SET closed_at = statement_timestamp(), closed_how = 'solved', closed_by_id = %(actor)s, waiting_until = NULL
  WHERE e.closed_at IS NULL AND (e.order_id = ANY(%(orders)s::bigint[]) OR e.batch_id = ANY(%(batches)s::bigint[]))
    AND NOT EXISTS (SELECT FROM found f WHERE {_SAME})
), kept AS (
  UPDATE orders_orderexception e
  SET data = f.data::jsonb, sign = f.sign, other_id = f.other_id,
    owner_id = CASE WHEN e.is_assigned THEN e.owner_id ELSE f.owner_id END,
    waiting_until = CASE WHEN e.sign = f.sign THEN e.waiting_until END
  FROM found f WHERE {_SAME} AND (e.data <> f.data::jsonb OR e.sign <> f.sign
    OR NOT e.is_assigned AND e.owner_id IS DISTINCT FROM f.owner_id)
)
INSERT INTO orders_orderexception (kind, cause, order_id, batch_id, other_id, data, sign, owner_id, deadline_at)
SELECT f.kind, f.cause, f.order_id, f.batch_id, f.other_id, f.data::jsonb, f.sign, f.owner_id,
  least(f.promised_at, now() + make_interval(secs => f.within_seconds))
FROM found f
WHERE NOT EXISTS (SELECT FROM orders_orderexception e WHERE {_SAME})
  AND NOT EXISTS (SELECT FROM orders_orderexception e WHERE e.closed_how = 'dismissed' AND e.cause = f.cause
    AND e.sign = f.sign AND (e.order_id = f.order_id OR e.batch_id = f.batch_id))
ORDER BY f.order_id, f.batch_id, f.cause
ON CONFLICT DO NOTHING
"""

_SET_TIMERS = """
WITH due AS MATERIALIZED (
  SELECT order_id, min(at) AS at FROM unnest(%(orders)s::bigint[], %(moments)s::timestamptz[]) AS d(order_id, at)
  GROUP BY 1
), gone AS (
  DELETE FROM orders_exceptiontimer WHERE order_id = ANY(%(looked)s::bigint[])
    AND order_id NOT IN (SELECT order_id FROM due)
)
INSERT INTO orders_exceptiontimer (order_id, due_at) SELECT order_id, at FROM due ORDER BY order_id
ON CONFLICT (order_id) DO UPDATE SET due_at = excluded.due_at
"""


def refresh_exceptions(order_ids: Sequence[int], *, actor: User | None = None) -> None:
    """Open and close what the causes say of these orders. `actor` is named where somebody's act closed it."""
    if not order_ids:
        return
    with transaction.atomic():
        query(ALONE)
        ids = [row[0] for row in query(_WITH_TWINS, {"ids": int_array(order_ids)})]
        detected = detect(ids)
        apply(
            [_row(one) for one in detected if one.is_now], order_ids=ids, batch_ids=[], actor=actor
        )
        _set_timers(ids, [one for one in detected if not one.is_now])


def apply(
    found: Sequence[dict[str, object]],
    *,
    order_ids: Sequence[int],
    batch_ids: Sequence[int],
    actor: User | None,
) -> None:
    """Make the open exceptions of these orders and files those that were found."""
    query(
        _APPLY,
        {
            "found": rows_json(found),
            "orders": int_array(order_ids),
            "batches": int_array(batch_ids),
            "actor": actor.pk if actor else None,
        },
    )


def _row(one: Detected) -> dict[str, object]:
    cause = CAUSES[one.cause]
    return {
        "kind": cause.kind.value,
        "cause": one.cause,
        "order_id": one.order_id,
        "other_id": one.other_id,
        "data": one.data,
        "sign": one.sign,
        "promised_at": one.promised_at,
        "within_seconds": cause.within.total_seconds(),
    }


def _set_timers(looked: Sequence[int], later: Sequence[Detected]) -> None:
    moments: list[datetime] = [one.since for one in later]
    query(
        _SET_TIMERS,
        {
            "looked": int_array(looked),
            "orders": int_array(one.order_id for one in later),
            "moments": moments,
        },
    )
