"""Checks after orders were placed: each one whole, counted, and by the rules."""

import json
from io import StringIO

from django.core.management import call_command

from integrations.bench.goals import Report
from oms.sql import query
from orders import tally

_COUNTS = """
SELECT count(*),
       count(*) FILTER (WHERE lines = 3),
       count(*) FILTER (WHERE events = 1),
       count(*) FILTER (WHERE paid = total_amount)
FROM orders_order o
LEFT JOIN (SELECT order_id, count(*) AS lines FROM orders_orderline GROUP BY 1) l ON l.order_id = o.id
LEFT JOIN (SELECT order_id, count(*) AS events FROM orders_orderevent GROUP BY 1) e ON e.order_id = o.id
LEFT JOIN (SELECT order_id, sum(amount) AS paid FROM orders_payment GROUP BY 1) p ON p.order_id = o.id
"""


def check_placed(report: Report, expected: int) -> None:
    """Exactly so many orders, each with three lines, one event and its payment."""
    counts = query(_COUNTS)[0]
    report.check("every order is there with lines, event and payment", counts == (expected,) * 4,
                 f"{expected} expected, found {counts}")  # fmt: skip
    check_invariants(report)


def check_invariants(report: Report) -> None:
    """Counters equal a recount and no invariant is violated."""
    drift = tally.drift()
    report.check("the counters equal a recount", not drift, drift[:3])
    shown = StringIO()
    try:
        call_command("check_invariants", json=True, stdout=shown)
        violated = ""
    except SystemExit as ended:
        violated = json.loads(shown.getvalue()) if ended.code else ""
    report.check("no invariant is violated", not violated, violated)
