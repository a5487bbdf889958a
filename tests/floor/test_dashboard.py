from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.html import escape

from orders.desk.cancel import cancel_orders

pytestmark = pytest.mark.django_db


@pytest.fixture
def lately(place):
    """Two orders today (one cancelled), one three days ago, one 20 days ago."""
    now = timezone.now()
    gone = place(("CUP-1", 1), placed_at=now)
    place(("CUP-1", 2), placed_at=now)
    place(("CUP-1", 3), placed_at=now - timedelta(3))
    place(("CUP-1", 4), placed_at=now - timedelta(20))
    cancel_orders([gone.pk], actor=None, reason="changed mind")


def test_the_numbers_of_the_range_and_the_change(lately, signed_in, manager) -> None:
    tiles = signed_in(manager).get("/dashboard/?days=7").context["tiles"]

    assert [(tile.number, tile.change) for tile in tiles] == [
        ("3", ""),
        ("¥50.00", ""),
        ("¥25.00", ""),
        ("1", ""),
    ]


@pytest.mark.parametrize(("days", "bars"), [(7, 7), (30, 30)])
def test_the_chart_has_a_bar_for_each_day(lately, signed_in, manager, days, bars) -> None:
    chart = signed_in(manager).get(f"/dashboard/?days={days}").context["chart"]

    assert [bar.column.is_open for bar in chart.bars] == [False] * (bars - 1) + [True]
    assert "Asia/Shanghai" in chart.about.note


@pytest.mark.parametrize("by", ["day", "week", "month"])
def test_each_bar_leads_to_as_many_orders_as_it_shows(lately, signed_in, manager, by) -> None:
    client = signed_in(manager)
    chart = client.get(f"/dashboard/?days=30&by={by}").context["chart"]

    columns = [bar.column for bar in chart.bars]
    listed = [len(client.get(column.url).context["rows"]) for column in columns]

    assert [(number,) for number in listed] == [column.values for column in columns]
    assert sum(listed) == 4


def test_a_bar_is_a_link_with_words_and_the_table_says_the_same(lately, signed_in, manager) -> None:
    response = signed_in(manager).get("/dashboard/?days=7")
    page, last = response.content.decode(), response.context["chart"].bars[-1]
    today = timezone.localdate()

    assert last.title == f"{today:%m-%d}: Orders 2 so far"
    assert f'aria-label="{last.title}"><title>{last.title}</title>' in page
    assert last.column.cells_shown == ("2", "¥20.00")
    assert page.count(escape(last.column.url)) == 2
    assert "<canvas" not in page


def test_days_that_are_over_have_no_open_bar(lately, signed_in, manager) -> None:
    yesterday = timezone.localdate() - timedelta(1)

    chart = signed_in(manager).get(f"/dashboard/?days=7&until={yesterday}").context["chart"]

    assert not chart.has_open


def test_each_share_leads_to_as_many_orders_as_it_shows(lately, signed_in, manager) -> None:
    client = signed_in(manager)
    context = client.get("/dashboard/").context

    parts = [*context["statuses"], *context["channels"]]
    listed = [len(client.get(part.url).context["rows"]) for part in parts]

    assert listed == [part.share.orders for part in parts] == [3, 1, 4]


def test_empty_days_say_where_the_last_orders_are(lately, signed_in, manager) -> None:
    client = signed_in(manager)
    today = timezone.localdate()

    page = client.get(f"/dashboard/?days=7&until={today - timedelta(60)}")

    assert page.context["is_empty"]
    assert f"The last orders were placed on {today}." in page.content.decode()
    assert client.get(page.context["last_day_url"]).context["tiles"][0].number == "3"


@pytest.mark.parametrize(
    "query", ["days=x", "days=8&by=hour", "until=2026-13-01", "until=1999-01-01", "until=\x00"]
)
def test_an_address_that_makes_no_sense_shows_the_last_thirty_days(
    lately, signed_in, manager, query
) -> None:
    context = signed_in(manager).get(f"/dashboard/?{query}").context

    assert (context["span"].last, context["span"].days) == (timezone.localdate(), 30)


def test_nothing_at_all(signed_in, manager) -> None:
    assert "No order in these days" in signed_in(manager).get("/dashboard/").content.decode()


def test_the_dashboard_takes_at_most_twelve_queries(
    lately, signed_in, manager, django_assert_max_num_queries
) -> None:
    client = signed_in(manager)

    with django_assert_max_num_queries(12):
        client.get("/dashboard/")


def test_the_dashboard_is_not_for_clerks(signed_in, clerk) -> None:
    assert signed_in(clerk).get("/dashboard/").status_code == 403
