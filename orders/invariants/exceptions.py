"""The exceptions that are open are those that the causes say; what is still to be looked at is left out."""

from orders.exceptions.detect import detected_sql
from orders.exceptions.refresh import with_twins
from orders.invariants.invariant import Invariant

# What something happened to, whose moment has come, or what the rules have not seen yet is still to be looked at.
_UNSETTLED = """SELECT order_id FROM (
  SELECT order_id FROM orders_ordertouched
  UNION SELECT order_id FROM orders_exceptiontimer WHERE due_at <= now()
  UNION SELECT id FROM orders_order WHERE status = 'pending_review' AND reason_code = 'awaiting_review'
) AS unsettled"""

OPEN_IS_WHAT_THE_CAUSES_SAY = f"""
{detected_sql("SELECT id FROM orders_order", is_lean=True)}, there AS (
  SELECT d.order_id, d.cause FROM detected d WHERE d.is_now AND NOT EXISTS (
    SELECT FROM orders_orderexception w WHERE w.closed_how = 'dismissed'
      AND (w.order_id, w.cause, w.sign) = (d.order_id, d.cause, d.sign))
)
SELECT (SELECT number FROM orders_order o WHERE o.id = order_id) AS "order", cause,
  e.id IS NOT NULL AS is_open, there.order_id IS NOT NULL AS is_there
FROM there FULL JOIN (
  SELECT id, order_id, cause FROM orders_orderexception WHERE closed_at IS NULL AND order_id IS NOT NULL
) e USING (order_id, cause)
WHERE (e.id IS NULL OR there.order_id IS NULL)
  AND order_id NOT IN ({with_twins(_UNSETTLED)})
"""

INVARIANTS = [
    Invariant("open_exceptions_are_what_the_causes_say", OPEN_IS_WHAT_THE_CAUSES_SAY),
]
