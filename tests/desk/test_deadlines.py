from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils.timezone import now

from inventory.models import Warehouse
from oms.errors import InvalidInput
from oms.models import Channel, User
from orders.desk.at_risk import at_risk
from orders.desk.deadline import deadline_of
from orders.models import Order
from tests.fixtures import flow
from tests.fixtures.company import Place

NOON = datetime.fromisoformat("2026-11-24T12:00+08:00")
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("left", "words", "tone"),
    [
        (-49 * HOUR, "2 days late", "danger"),
        (timedelta(0), "0 minutes late", "danger"),
        (3 * HOUR, "3 hours left", "warn"),
        (4 * HOUR, "4 hours left", "neutral"),
        (30 * HOUR, "1 day left", "neutral"),
    ],
)
def test_a_deadline_says_what_is_left_of_it(left: timedelta, words: str, tone: str):
    told = deadline_of("allocated", NOON + left, NOON)

    assert told is not None
    assert (told.words.replace("\xa0", " "), told.tone) == (words, tone)


@pytest.mark.parametrize("status", ["draft", "approved", "shipped", "completed", "cancelled"])
def test_what_has_left_or_is_closed_has_no_deadline(status: str):
    assert deadline_of(status, NOON - HOUR, NOON) is None
    assert deadline_of("allocated", None, NOON) is None


def test_the_channels_hours_are_promised_from_the_moment_of_the_order(place: Place, web: Channel):
    web.ship_within_hours = 48
    web.save()

    order = place(placed_at=NOON)

    assert order.promised_at == NOON + 48 * HOUR


def test_a_channel_without_hours_promises_nothing_and_a_draft_may_say_otherwise(place: Place):
    assert place(placed_at=NOON).promised_at is None
    assert place(placed_at=NOON, promised_at=NOON + HOUR).promised_at == NOON + HOUR


def test_nothing_is_promised_before_it_was_ordered(place: Place):
    with pytest.raises(InvalidInput) as refused:
        place(placed_at=NOON, promised_at=NOON - HOUR)

    (error,) = refused.value.errors
    assert (error.field, error.message) == (
        "promised_at",
        "Promise a time after the order was placed.",
    )


def test_orders_at_risk_are_counted_and_the_most_urgent_come_first(
    place: Place, stocked: Warehouse
):
    late = place(promised_at=now() - HOUR)
    later = place(promised_at=now() - 2 * HOUR)
    soon = place(promised_at=now() + HOUR)
    place(promised_at=now() + 5 * HOUR)
    place()
    flow.send(flow.approve(place(promised_at=now() - HOUR)))

    risk = at_risk(Order.objects.all())

    assert (risk.late, risk.soon, risk.is_capped) == (2, 1, False)
    assert [row.pk for row in risk.first] == [later.pk, late.pk, soon.pk]


def test_deadlines_stand_on_the_start_page_the_order(place: Place, clerk: User, signed_in: Any):
    order = place(promised_at=now() + timedelta(minutes=90))
    client = signed_in(clerk)

    assert "1\xa0hour left" in client.get("/").content.decode()
    assert "1\xa0hour left" in client.get(order.get_absolute_url()).content.decode()
    assert client.get("/").context["today"].risk.soon == 1


def test_a_day_without_risks_shows_no_empty_table(place: Place, clerk: User, signed_in: Any):
    place()

    assert "Deadlines at risk" not in signed_in(clerk).get("/").content.decode()


@pytest.mark.parametrize(
    ("promised_at", "code"),
    [
        (datetime(2026, 11, 24, 12), "no_zone"),
        (datetime.fromisoformat("2099-01-01T00:00+08:00"), "out_of_range"),
        (datetime.fromisoformat("1999-01-01T00:00+08:00"), "out_of_range"),
    ],
)
def test_a_promise_is_a_moment_within_reason(place: Place, promised_at: datetime, code: str):
    with pytest.raises(InvalidInput) as refused:
        place(promised_at=promised_at)

    assert [(error.field, error.code) for error in refused.value.errors] == [("promised_at", code)]
