from collections import Counter
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from orders.demo.calendar import PROMOTION_BEGAN, moments

ZONE = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=ZONE)


@pytest.mark.parametrize("now", [NOON, NOON.replace(hour=0, minute=0), NOON.replace(hour=23)])
def test_all_moments_lie_in_the_last_ninety_days_and_in_order(now):
    found = moments(Random(1), 500, now)

    assert found == sorted(found)
    assert found[-1] <= now
    assert found[0] >= now.replace(hour=0, minute=0) - timedelta(days=89)


def test_the_promotion_is_the_peak():
    by_day = Counter(moment.date() for moment in moments(Random(1), 3000, NOON))

    peak = (NOON - timedelta(days=PROMOTION_BEGAN - 1)).date()
    assert by_day.most_common(1)[0][0] == peak


def test_the_same_seed_gives_the_same_moments():
    assert moments(Random(7), 50, NOON) == moments(Random(7), 50, NOON)
