"""P6: orders are placed over HTTP while a worker reviews and allocates 33,334 others."""

import statistics

from integrations.bench.catalogue import api_token
from integrations.bench.goals import Report
from integrations.bench.pipeline import make_waiting
from integrations.bench.place_http import HELLO, Placing, post_head
from integrations.bench.placed import check_invariants
from integrations.bench.rounds import Cells, ratio, spread
from integrations.bench.web import web_server
from integrations.bench.workbench import Workbench
from integrations.bench.worker import worker
from oms.sql import query

_DEADLOCKS = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"


def run(bench: Workbench, report: Report) -> None:
    make_waiting(bench)
    cells: Cells = {"quiet": [], "busy": [], "quiet p99": [], "busy p99": [], "after": []}
    for number in range(bench.options.rounds):
        with bench.database("place_busy", like="waiting"):
            _one_round(bench, report, cells)
            if number == bench.options.rounds - 1:
                check_invariants(report)
    report.at_least("orders/s ÷ undisturbed", ratio(cells, "busy", "quiet"), 0.6)
    report.at_most("p99 ÷ undisturbed", ratio(cells, "busy p99", "quiet p99"), 5)
    report.figures |= {
        "undisturbed": spread(cells["quiet"], "orders/s"),
        "while the worker drains": spread(cells["busy"], "orders/s"),
        "undisturbed again, when it is done": spread(cells["after"], "orders/s"),
        "p99 undisturbed": spread(cells["quiet p99"], "ms"),
        "p99 while the worker drains": spread(cells["busy p99"], "ms"),
    }


def _one_round(bench: Workbench, report: Report, cells: Cells) -> None:
    """Undisturbed, beside the worker, and undisturbed again: the same server, the same database."""
    seconds = bench.options.seconds
    with web_server() as web, worker("once") as drain:
        placing = Placing(web, post_head("/api/v1/orders", api_token()))
        web.load(HELLO, seconds=0.5)
        placing.orders_per_second(0.5)
        cells["quiet"].append(placing.orders_per_second(seconds))
        cells["quiet p99"].append(placing.cells[-1].milliseconds(0.99))
        drain.begin()
        rates, highest = [], []
        while drain.is_at_work:
            rates.append(placing.orders_per_second(seconds / 2))
            highest.append(placing.cells[-1].milliseconds(0.99))
        # The last one reached into the time when the worker was done.
        cells["busy"].append(statistics.median(rates[:-1] or rates))
        cells["busy p99"].append(statistics.median(highest[:-1] or highest))
        report.check("the worker ended well", drain.end())
        cells["after"].append(placing.orders_per_second(seconds))
        sent = sum(cell.requests for cell in placing.cells)
        created = sum(cell.statuses.get("201", 0) for cell in placing.cells)
        report.check("every answer is 201", sent == created, f"{created} of {sent}")
    deadlocks = query(_DEADLOCKS)[0][0]
    report.check("no deadlock", deadlocks == 0, deadlocks)
