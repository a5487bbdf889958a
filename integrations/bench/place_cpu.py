"""P2: processor time that placing one order costs its process, beside the raw client loop."""

import random
import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.db import connection

from integrations.bench.catalogue import fill_catalogue, order_draft
from integrations.bench.goals import Report
from integrations.bench.pgbench import PlaceTwin
from integrations.bench.placed import check_placed
from integrations.bench.raw_place import place_raw
from integrations.bench.rounds import interleave, ratio, spread
from integrations.bench.workbench import Workbench
from orders.intake.draft import OrderDraft
from orders.intake.place import Placed, place_orders

_ORDERS = 300


class Placing:
    """Places orders one by one through the function all doors use."""

    def __init__(self) -> None:
        self.count = 0
        self.round_trips = 0

    def place(self) -> None:
        drafts = [order_draft(n, f"P{n:09d}") for n in range(self.count, self.count + _ORDERS)]
        self.milliseconds = milliseconds_each(lambda: self._place_each(drafts))
        self.count += _ORDERS

    def _place_each(self, drafts: list[OrderDraft]) -> None:
        for draft in drafts:
            (outcome,) = place_orders([draft], actor=None, door="api")
            if not isinstance(outcome, Placed):
                raise AssertionError(outcome)


def milliseconds_each(work: Callable[[], object]) -> float:
    """Processor time (user and system) of this process per order."""
    before = time.process_time()
    work()
    return (time.process_time() - before) * 1000 / _ORDERS


def count_round_trips() -> int:
    """Statements that placing one more order sends."""
    sent = 0

    def count(execute: Any, *arguments: Any) -> Any:
        nonlocal sent
        sent += 1
        return execute(*arguments)

    with connection.execute_wrapper(count):
        place_orders([order_draft(1, "COUNTED")], actor=None, door="api")
    return sent


def run(bench: Workbench, report: Report) -> None:
    with bench.database("place_cpu") as database, ExitStack() as stack:
        fill_catalogue()
        twin = PlaceTwin(bench.server, database)
        raw = bench.server.connect(database)
        stack.callback(raw.close)
        raw.autocommit = False
        pick = random.Random(4)
        placing = Placing()

        def ours() -> float:
            placing.place()
            return placing.milliseconds

        def theirs() -> float:
            return milliseconds_each(lambda: place_raw(raw, pick, _ORDERS))

        ours()
        theirs()
        cells = interleave(bench.options.rounds, {"ours": ours, "raw": theirs})
        report.at_most("processor time per order ÷ raw loop", ratio(cells, "ours", "raw"), 1.5)
        report.at_most("round trips per order", count_round_trips(), 3, "trips")
        report.figures |= {
            "ours": spread(cells["ours"], "ms"),
            "raw psycopg2 loop": spread(cells["raw"], "ms"),
        }
        check_placed(report, placing.count + 1)
        twin.check(report)
