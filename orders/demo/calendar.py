"""When orders come in: more at week-ends and in the evening, a peak at the promotion."""

from datetime import datetime, timedelta
from random import Random

DAYS = 90
PROMOTION_BEGAN = 19  # days ago
# How many times the usual, from the first day of the promotion; then buyers have what they wanted.
_PROMOTION = (2.2, 4.6, 2.6, 0.7, 0.65, 0.75)
_WEEKDAYS = (1.0, 0.95, 0.95, 1.0, 1.1, 1.25, 1.2)
_HOURS = (2, 1, 1, 1, 1, 2, 3, 5, 8, 10, 11, 9, 8, 8, 8, 8, 8, 7, 7, 9, 12, 13, 10, 5)
_GROWTH = 0.35


def is_promotion(placed_at: datetime, now: datetime) -> bool:
    return 0 <= PROMOTION_BEGAN - _days_ago(placed_at, now) < 3  # noqa: PLR2004 - three days of it


def _days_ago(moment: datetime, now: datetime) -> int:
    return (now.date() - moment.date()).days


def moments(rng: Random, count: int, now: datetime) -> list[datetime]:
    """`count` moments of the last 90 days, in order, none after `now`; all in the zone of `now`."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    days_ago = rng.choices(range(DAYS), weights=[_weight(ago, now) for ago in range(DAYS)], k=count)
    return sorted(_moment(rng, midnight - timedelta(days=ago), now) for ago in days_ago)


def _weight(days_ago: int, now: datetime) -> float:
    day = now - timedelta(days=days_ago)
    since = PROMOTION_BEGAN - days_ago
    peak = _PROMOTION[since] if 0 <= since < len(_PROMOTION) else 1.0
    passed = (now - now.replace(hour=0, minute=0)) / timedelta(days=1) if days_ago == 0 else 1.0
    return _WEEKDAYS[day.weekday()] * (1 + _GROWTH * (1 - days_ago / DAYS)) * peak * passed


def _moment(rng: Random, day: datetime, now: datetime) -> datetime:
    hour = rng.choices(range(24), weights=_HOURS)[0]
    moment = day + timedelta(hours=hour, seconds=rng.randrange(3600))
    return moment if moment <= now else day + (now - day) * rng.random()
