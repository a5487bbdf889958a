"""P10: counters that placements and moves keep up, beside counting; and what keeping them up costs."""

import copy
import re
import statistics
import time
from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from integrations.bench.catalogue import fill_catalogue, order_draft
from integrations.bench.goals import Report
from integrations.bench.rounds import interleave, ratio, spread
from integrations.bench.shop import enter_shop, manager
from integrations.bench.workbench import Workbench
from oms.models import User
from oms.sql import query
from orders import tally
from orders.desk.counts import status_counts
from orders.insights import figures
from orders.intake import write
from orders.intake.place import Placed, place_orders
from orders.review.decide import hold_orders

_COUNT = "SELECT status, count(*) FROM orders_order GROUP BY 1"
_CHART = """
SELECT (placed_at AT TIME ZONE 'Asia/Shanghai')::date, currency, count(*),
       sum(total_amount) FILTER (WHERE status <> ALL (ARRAY['cancelled', 'draft']))
FROM orders_order WHERE placed_at >= now() - interval '30 days' GROUP BY 1, 2
"""
_TALLY_PART = re.compile(r", new_tally AS \(.*?GROUP BY [0-9, ]+\n\)", re.DOTALL)
_READS = 20
_PLACED = 400


def run(bench: Workbench, report: Report) -> None:
    many = bench.options.sizes[1]
    enter_shop(bench, many)
    user = manager()
    cells = interleave(
        bench.options.rounds,
        {
            "counts": lambda: _milliseconds(lambda: _counts(user), _READS),
            "exact counts": lambda: _milliseconds(lambda: query(_COUNT), 2),
            "chart": lambda: _milliseconds(_chart, _READS),
            "exact chart": lambda: _milliseconds(lambda: query(_CHART), 2),
        },
    )
    share = ratio(cells, "counts", "exact counts")
    report.at_most(f"counts of all statuses ÷ counting {many:,}", share, 1 / 20)
    share = ratio(cells, "chart", "exact chart")
    report.at_most("30 days of the dashboard ÷ counting them", share, 1 / 20)
    report.figures |= {name: spread(values, "ms") for name, values in cells.items()}
    _check(report, user)
    with bench.database("counts"):
        fill_catalogue()
        _upkeep(bench, report)


def _counts(user: User) -> None:
    vars(user).pop("_status_counts", None)  # what one request remembers
    status_counts(user)


def _chart() -> None:
    today = timezone.localdate()
    figures.bars(figures.Span(today - timedelta(29), today), by="day")


def _milliseconds(work: Callable[[], object], times: int) -> float:
    started = time.perf_counter()
    for _number in range(times):
        work()
    return (time.perf_counter() - started) * 1000 / times


def _check(report: Report, user: User) -> None:
    """After placing, holding and folding the counters still equal a recount."""
    placed = place_orders([order_draft(n, f"T{n}") for n in range(50)], actor=None, door="api")
    ids = [one.id for one in placed if isinstance(one, Placed)]
    hold_orders(ids[:20], actor=None, reason="bench")
    tally.fold()
    hold_orders(ids[20:30], actor=None, reason="bench")
    drift = tally.drift()
    report.check("the counters equal a recount", len(ids) == 50 and not drift, drift[:3])  # noqa: PLR2004
    vars(user).pop("_status_counts", None)
    shown = {status: count for status, count in status_counts(user).items() if count}
    report.check("the counts shown equal a count", shown == dict(query(_COUNT)), shown)


def _upkeep(bench: Workbench, report: Report) -> None:
    """Placing with and without the counters' part of the statement, order by order in turn."""
    counted = write._WRITE
    uncounted = copy.copy(counted)
    uncounted.name = "place_uncounted"
    uncounted._body, cuts = _TALLY_PART.subn("", counted._body)
    report.check("the counters' part of the statement was found", cuts == 1, cuts)
    taken: dict[str, list[float]] = {"with": [], "without": []}
    try:
        for number in range(bench.options.rounds * _PLACED):
            name = "with" if number % 2 else "without"
            write._WRITE = counted if number % 2 else uncounted
            draft = order_draft(number, f"U{number:09d}")
            started = time.perf_counter()
            place_orders([draft], actor=None, door="api")
            taken[name].append((time.perf_counter() - started) * 1000)
    finally:
        write._WRITE = counted
    cost = statistics.median(taken["with"]) / statistics.median(taken["without"]) - 1
    report.at_most("what the counters add to placing one order", cost * 100, 10, "%")
    report.figures |= {f"placing {name} counters": spread(ms, "ms") for name, ms in taken.items()}
