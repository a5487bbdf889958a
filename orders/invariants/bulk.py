"""Acts on many orders: none is forgotten."""

from orders.invariants.invariant import Invariant

FINISHED_JOB_LEFT_NONE_WAITING = """
SELECT j.id AS job, j.act, o.number AS order
FROM orders_bulkjob j JOIN orders_bulkitem i ON i.job_id = j.id JOIN orders_order o ON o.id = i.order_id
WHERE j.finished_at IS NOT NULL AND i.state = 'waiting'
"""

INVARIANTS = [Invariant("finished_bulk_job_left_none_waiting", FINISHED_JOB_LEFT_NONE_WAITING)]
