"""For the monitoring system: how much is broken, and how long ago the last look at everything ended."""

from collections.abc import Iterator

from oms.health import Gauge
from oms.sql import query

_GAUGES = """
SELECT (SELECT count(*) FROM orders_truthstate WHERE broken > 0),
  (SELECT extract(epoch FROM clock_timestamp() - max(finished_at))::float FROM orders_truthpass)
"""


def truth_gauges() -> Iterator[Gauge]:
    broken, age = query(_GAUGES)[0]
    yield Gauge("oms_invariants_broken", broken)
    yield Gauge("oms_invariants_checked_age_seconds", float("inf") if age is None else age)
