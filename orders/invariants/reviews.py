"""Second reviews stand as their orders do."""

from orders.invariants.invariant import Invariant
from orders.invariants.slices import BY_ORDER

WAITS_FOR_FINANCE_AFTER_THE_FIRST = """
SELECT o.number AS order, o.reason_code AS reason, s.order_id IS NOT NULL AS asked,
  s.passed_at IS NOT NULL AS passed
FROM orders_order o LEFT JOIN orders_secondreview s
  ON s.order_id = o.id AND s.decided_at IS NULL AND s.passed_over_at IS NULL
WHERE o.status = 'pending_review' AND o.reason_code = 'finance_review' AND s.passed_at IS NULL
"""

NOTHING_WENT_ON_BEFORE_ITS_SECOND_REVIEW = """
SELECT o.number AS order, o.status, s.passed_at IS NOT NULL AS passed
FROM orders_secondreview s JOIN orders_order o ON o.id = s.order_id
WHERE s.decided_at IS NULL AND s.passed_over_at IS NULL
  AND o.status NOT IN ('pending_review', 'on_hold', 'cancelled')
"""

FORCED_APPROVAL_SAYS_WHY = """
SELECT o.number AS order, e.reason FROM orders_orderevent e JOIN orders_order o ON o.id = e.order_id
WHERE e.kind = 'forced' AND (e.reason = '' OR e.actor_id IS NULL
  OR coalesce(jsonb_array_length(e.data -> 'passed_over'), 0) = 0)
"""

INVARIANTS = [
    Invariant(
        "waits_for_finance_after_the_first_review", WAITS_FOR_FINANCE_AFTER_THE_FIRST, by=BY_ORDER
    ),
    Invariant(
        "nothing_went_on_before_its_second_review",
        NOTHING_WENT_ON_BEFORE_ITS_SECOND_REVIEW,
        by=BY_ORDER,
    ),
    Invariant("forced_approval_says_why", FORCED_APPROVAL_SAYS_WHY, by=BY_ORDER),
]
