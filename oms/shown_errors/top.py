"""The error texts that were shown most often."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Max, Sum
from django.utils import timezone

from oms.models import ShownError
from oms.shown_errors.words import spoken

LOOK_BACK_DAYS = 30
SHOWN_AT_MOST = 10


@dataclass(frozen=True, slots=True)
class Frequent:
    """One error text at one field of one screen. `words` are the reader's; empty where only a code is known."""

    screen: str
    field: str
    code: str
    words: str
    count: int


def most_frequent() -> list[Frequent]:
    """The ten of the last 30 days, today among them, the most frequent first."""
    since = timezone.localdate() - timedelta(days=LOOK_BACK_DAYS - 1)
    sums = (
        ShownError.objects.filter(day__gte=since)
        .values("screen", "field", "code", "words")
        .annotate(times=Sum("count"), last=Max("last_shown_at"))
        .order_by("-times", "-last", "screen", "field", "code", "words")
    )
    return [
        Frequent(one["screen"], one["field"], one["code"], spoken(one["words"]), one["times"])
        for one in sums[:SHOWN_AT_MOST]
    ]
