"""P5: review by rules from the database and all-or-nothing allocation of 33,334 orders."""

import statistics
import subprocess
import sys
import time
from contextlib import closing

from integrations.bench.catalogue import fill_catalogue
from integrations.bench.goals import Report
from integrations.bench.many_orders import Plan, make_orders
from integrations.bench.pipeline_twin import ORDERS, PipelineTwin
from integrations.bench.placed import check_invariants
from integrations.bench.rounds import Cells, ratio, seconds_of, spread
from integrations.bench.workbench import Workbench
from oms.sql import query
from orders.allocation.allocate import allocate_chunk
from orders.allocation.waiting import FRONT
from orders.pipeline import Advanced, advance
from orders.review.accept_channel import add_rule
from orders.review.judge import judge_chunk
from orders.review.rules.text import RuleText, all_of
from orders.states import OrderStatus

_LINES = 3
_SUPPLY = 17  # pieces of each SKU: 85 % of what is wanted
_SAMPLE = 300
# Every 50th order is unpaid and every 97th has no street, as in the twin; every 300th customer is
# blocked, who is strewn over the orders.
_WAITING = Plan(
    ORDERS,
    paid_share="CASE WHEN g % 50 = 0 THEN 0 ELSE 1 END",
    street="CASE WHEN g % 97 = 0 THEN '' ELSE '文一西路 ' || g % 999 || ' 号' END",
    days=2,
)
_RULES = (
    ("unpaid", "hold", "unpaid", "gt", "0"),
    ("no address", "hold", "street", "empty", ""),
    ("blocked", "hold", "customer_level", "in", "blocked"),
    ("else", "approve", "total", "gte", "0"),
)
_HELD_BY_HAND = """
SELECT count(*) FROM orders_order o JOIN customers_customer c ON c.id = o.customer_id
WHERE mod(o.id, 50) = 0 OR mod(o.id, 97) = 0 OR c.level = 'blocked'
"""
# Ready when it has written a line, begins when its input ends.
_WORKER = """
import sys, django; django.setup()
from django.db import connection
from orders.pipeline import advance
connection.ensure_connection(); print(flush=True); sys.stdin.read(); advance()
"""
_STATUSES = "SELECT status, count(*) FROM orders_order GROUP BY 1"


def make_waiting(bench: Workbench) -> None:
    """A database `waiting` with the orders that are to be reviewed and allocated, unless this run has it."""
    if bench.has("waiting"):
        return
    bench.make("waiting")
    fill_catalogue(on_hand=_SUPPLY)
    for name, outcome, field, operator, value in _RULES:
        add_rule(RuleText(name, outcome, name, all_of((field, operator, value))))
    make_orders(_WAITING)


def run(bench: Workbench, report: Report) -> None:
    make_waiting(bench)
    cells: Cells = {"ours": [], "two workers": [], "set": [], "loop": [], "raw loop": []}
    locks: list[float] = []
    for number in range(bench.options.rounds):
        with bench.database("pipeline", like="waiting") as database:
            with closing(PipelineTwin(bench.server, database)) as twin:
                cells["set"].append(twin.set_based_seconds(report))
                cells["raw loop"].append(twin.loop_seconds_per_order() * ORDERS)
            cells["loop"].append(_one_by_one() * ORDERS)
        with bench.database("pipeline", like="waiting"):
            started = time.perf_counter()
            done = advance()
            cells["ours"].append(time.perf_counter() - started)
            locks.append(done.longest_lock_seconds * 1000)
            _check(report, done)
        with bench.database("pipeline", like="waiting"):
            cells["two workers"].append(_two_workers())
            if number == bench.options.rounds - 1:
                check_invariants(report)
    _tell(report, cells, locks)


def _one_by_one() -> float:
    """Seconds per order when the same verbs get a single order each: review, then allocation."""
    last = 0

    def review() -> None:
        nonlocal last
        for _number in range(_SAMPLE):
            judged = judge_chunk(after_id=last, limit=1)
            last = judged.last_id if judged else last

    def allocate() -> None:
        after = FRONT
        while chunk := allocate_chunk(OrderStatus.APPROVED, after=after, limit=1):
            after = chunk.end

    return (seconds_of(review) + seconds_of(allocate)) / _SAMPLE


def _two_workers() -> float:
    """Seconds that two processes take side by side, from their common start to the end of the last."""
    command = [sys.executable, "-c", _WORKER]
    workers = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _one in range(2)
    ]
    for worker in workers:
        assert worker.stdout
        worker.stdout.readline()
    started = time.perf_counter()
    for worker in workers:
        assert worker.stdin
        worker.stdin.close()
    if any(worker.wait() for worker in workers):
        raise RuntimeError("a worker failed, see above")
    for worker in workers:
        assert worker.stdout
        worker.stdout.close()
    return time.perf_counter() - started


def _check(report: Report, done: Advanced) -> None:
    statuses = dict(query(_STATUSES))
    expected = {
        "on_hold": query(_HELD_BY_HAND)[0][0],
        "allocated": done.allocated,
        "backordered": done.backordered,
    }
    right = statuses == expected and sum(statuses.values()) == ORDERS
    report.check("every order is where it belongs", right, f"{statuses}, expected {expected}")
    report.check("most could be served", done.allocated > ORDERS // 2, done.allocated)


def _tell(report: Report, cells: Cells, locks: list[float]) -> None:
    report.at_most("time ÷ one raw statement", ratio(cells, "ours", "set"), 3)
    report.at_least("speed ÷ a loop over orders", ratio(cells, "loop", "ours"), 20)
    report.at_most("longest time a stock row is locked", statistics.median(locks), 100, "ms")
    report.figures |= {
        "ours": spread(cells["ours"], "s"),
        "two workers side by side": spread(cells["two workers"], "s"),
        "two workers ÷ one raw statement": f"{ratio(cells, 'two workers', 'set'):.1f} ×",
        "raw set-based statement": spread(cells["set"], "s"),
        f"same verbs, order by order ({_SAMPLE} done)": spread(cells["loop"], "s"),
        "raw client loop, stock only (1,000 done)": spread(cells["raw loop"], "s"),
        "our speed ÷ the raw client loop's": f"{ratio(cells, 'raw loop', 'ours'):.1f} ×",
        "longest lock": spread(locks, "ms"),
    }
