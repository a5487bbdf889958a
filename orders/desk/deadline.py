"""When an order must have left the house, in words."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.html import avoid_wrapping
from django.utils.translation import gettext as _

from oms.display import largest_unit
from oms.templatetags.shell import SPANS
from orders.states import WITH_DEADLINE

SOON = timedelta(hours=4)
"""So long before its deadline an order is at risk."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """What is left of the promise: `tone` is a token of the tags (danger: late, warn: soon, neutral)."""

    words: str
    tone: str


def deadline_of(status: str, promised_at: datetime | None, now: datetime) -> Deadline | None:
    """None where nothing was promised, or the promise is kept or void."""
    if promised_at is None or status not in WITH_DEADLINE:
        return None
    return time_left(promised_at, now)


def time_left(moment: datetime, now: datetime) -> Deadline:
    """How far `now` is from a moment by which something is to be done."""
    is_late = moment <= now
    unit, count = largest_unit(min(moment, now), max(moment, now))
    words = {"time": avoid_wrapping(SPANS[unit] % {"num": count})}
    if is_late:
        return Deadline(_("%(time)s late") % words, "danger")
    return Deadline(_("%(time)s left") % words, "warn" if moment - now < SOON else "neutral")
