"""The planner alone, from few lines to many; then as many waiting lines planned and written."""

import random
import statistics
import time
import tracemalloc

from integrations.bench.catalogue import fill_catalogue
from integrations.bench.goals import Report
from integrations.bench.many_orders import Plan, make_orders
from integrations.bench.pipeline_twin import ORDERS
from integrations.bench.placed import check_invariants
from integrations.bench.rounds import short, spread
from integrations.bench.workbench import Workbench
from inventory.ledger import Supply
from oms.sql import query
from orders import pipeline
from orders.allocation.plan import Demand, Need, plan

_SIZES = (
    (1_000, 10_000),
    (10_000, 10_000),
    (100_000, 10_000),
    (10_000, 100_000),
    (100_000, 100_000),
)
_LINES = 3
_WAREHOUSES = 3
_APPROVED = Plan(ORDERS, status="'approved'", days=2)
_SUPPLY = 17
_CHUNKS = (250, 4000)


def run(bench: Workbench, report: Report) -> None:
    for lines, skus in _SIZES:
        speeds = [_lines_per_second(lines, skus) for _round in range(bench.options.rounds)]
        report.figures[f"{lines:,} lines over {skus:,} SKUs"] = spread(speeds, "lines/s")
        if lines == max(lines for lines, _skus in _SIZES):
            report.at_least(
                f"{lines:,} lines over {skus:,} SKUs", statistics.median(speeds), 200_000, "lines/s"
            )
    peaks = [_peak_mb(orders) for orders in _CHUNKS]
    report.figures["memory of planning a chunk"] = ", ".join(
        f"{orders:,} orders: {short(peak)} MB" for orders, peak in zip(_CHUNKS, peaks, strict=True)
    )
    bench.make("approved")
    fill_catalogue(on_hand=_SUPPLY)
    make_orders(_APPROVED)
    _written(bench, report)


def _lines_per_second(lines: int, skus: int) -> float:
    demands, supplies = _case(lines, skus)
    started = time.process_time()
    served = plan(demands, supplies, range(_WAREHOUSES))
    seconds = time.process_time() - started
    assert len(served) == len(demands)
    return lines / seconds


def _case(lines: int, skus: int) -> tuple[list[Demand], list[Supply]]:
    """The same orders and stock at every run."""
    pick = random.Random(lines + skus)
    demands, wanted = [], [0] * skus
    for order in range(lines // _LINES):
        needs = [
            Need(order * _LINES + at, pick.randrange(skus), 1 + pick.randrange(3))
            for at in range(_LINES)
        ]
        for need in needs:
            wanted[need.sku_id] += need.quantity
        demands.append(Demand(order, True, needs))
    supplies = [
        Supply(place * skus + sku, place, sku, pieces if sku % 10 else (pieces + 1) // 2)
        for sku, pieces in enumerate(wanted)
        if pieces
        for place in _places(sku)
    ]
    return demands, supplies


def _places(sku: int) -> tuple[int, ...]:
    """Most goods lie in the first warehouse, every eighth in the second, every fifth in the third as well. Of every
    tenth there is half of what is wanted."""
    return (1 if sku % 8 == 0 else 0, 2) if sku % 5 == 1 else (1 if sku % 8 == 0 else 0,)


def _peak_mb(orders: int) -> float:
    demands, supplies = _case(orders * _LINES, 10_000)
    tracemalloc.start()
    plan(demands, supplies, range(_WAREHOUSES))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 2**20


def _written(bench: Workbench, report: Report) -> None:
    """100,000 approved lines, planned and written."""
    seconds, locks = [], []
    for number in range(bench.options.rounds):
        with bench.database("planned", like="approved"):
            started = time.perf_counter()
            done = pipeline.advance()
            seconds.append(time.perf_counter() - started)
            locks.append(done.longest_lock_seconds * 1000)
            allocated, waiting = query(
                "SELECT count(*) FILTER (WHERE status = 'allocated'), "
                "count(*) FILTER (WHERE status = 'approved') FROM orders_order"
            )[0]
            report.check("every order was decided", waiting == 0, waiting)
            report.check("most could be served", allocated > ORDERS // 2, allocated)
            if number == bench.options.rounds - 1:
                check_invariants(report)
    report.at_most("longest time a stock row is locked", statistics.median(locks), 100, "ms")
    report.figures["100,000 lines planned and written"] = spread(seconds, "s")
    report.figures["lines written"] = f"{ORDERS * _LINES / statistics.median(seconds):,.0f} lines/s"
