"""How many exceptions were opened and closed on each of the last days, as a small chart."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from oms.bars import About, Chart, Column, chart_of
from oms.sql import query

DAYS = 7
HEIGHT = 48

_PER_DAY = """
SELECT day::date,
  (SELECT count(*) FROM orders_orderexception WHERE opened_at >= day AT TIME ZONE %(zone)s
     AND opened_at < (day + interval '1 day') AT TIME ZONE %(zone)s),
  (SELECT count(*) FROM orders_orderexception WHERE closed_at >= day AT TIME ZONE %(zone)s
     AND closed_at < (day + interval '1 day') AT TIME ZONE %(zone)s)
FROM generate_series(%(first)s::timestamp, %(last)s::timestamp, interval '1 day') AS day ORDER BY 1
"""


def chart_of_last_days() -> Chart:
    """Today and the six days before; one query. No list holds what was closed, so the bars lead nowhere."""
    today = timezone.localdate()
    span = {"first": today - timedelta(days=DAYS - 1), "last": today, "zone": settings.TIME_ZONE}
    columns = [
        Column(
            label=day.isoformat(),
            tick=f"{day:%m-%d}",
            values=(opened, closed),
            is_open=day == today,
        )
        for day, opened, closed in query(_PER_DAY, span)
    ]
    title = _("Opened and closed in the last seven days")
    about = About("exception-days", title, series=(_("opened"), _("closed")))
    return chart_of(about, columns, height=HEIGHT)
