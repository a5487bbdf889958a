"""How many exceptions were opened and closed on each of the last days, as a small chart drawn by the server."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from oms.sql import query

DAYS = 7
WIDTH, HEIGHT, GAP = 24, 40, 4

_PER_DAY = """
SELECT day::date,
  (SELECT count(*) FROM orders_orderexception WHERE opened_at >= day AT TIME ZONE %(zone)s
     AND opened_at < (day + interval '1 day') AT TIME ZONE %(zone)s),
  (SELECT count(*) FROM orders_orderexception WHERE closed_at >= day AT TIME ZONE %(zone)s
     AND closed_at < (day + interval '1 day') AT TIME ZONE %(zone)s)
FROM generate_series(%(first)s::timestamp, %(last)s::timestamp, interval '1 day') AS day ORDER BY 1
"""


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the store's time zone, with its two bars (heights and places in the drawing)."""

    day: date
    opened: int
    closed: int
    x: int
    opened_height: int
    closed_height: int

    @property
    def opened_y(self) -> int:
        return HEIGHT - self.opened_height

    @property
    def closed_y(self) -> int:
        return HEIGHT - self.closed_height

    @property
    def closed_x(self) -> int:
        return self.x + WIDTH // 2


def last_days() -> list[Day]:
    """Today and the six days before; one query."""
    today = timezone.localdate()
    span = {"first": today - timedelta(days=DAYS - 1), "last": today, "zone": settings.TIME_ZONE}
    rows = query(_PER_DAY, span)
    most = max((max(opened, closed) for _day, opened, closed in rows), default=0) or 1
    return [
        Day(
            day, opened, closed, place * (WIDTH + GAP),
            round(HEIGHT * opened / most), round(HEIGHT * closed / most),
        )
        for place, (day, opened, closed) in enumerate(rows)
    ]  # fmt: skip
