"""Figures of the stock list: the safety line, the pace of sales, what lies too long."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from inventory import tallies
from inventory.models import Sku, Stock, StockPace, Warehouse
from inventory.pace import refresh_pace
from inventory.rows import days_of_supply
from inventory.safety import set_safety_stock
from inventory.transfers.draft import Route, Wanted, write_transfer
from inventory.transfers.send import send_transfer
from oms.errors import InvalidInput
from tests.fixtures.company import create_sku
from tests.fixtures.flow import approve, receive, send
from tests.warehouse.days import days_pass

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]


@pytest.fixture
def sold(place, cup: Sku, warehouse: Warehouse) -> Stock:
    """60 cups came, 30 of them were shipped today."""
    receive(cup, warehouse, 60)
    send(approve(place(("CUP-1", 30))))
    refresh_pace()
    return Stock.objects.get()


def age(days: int) -> None:
    """Everything that moved, moved so long ago."""
    days_pass(days)
    StockPace.objects.all().delete()
    refresh_pace()


def row(client, address="/stock/") -> Any:
    (found,) = client.get(address).context["rows"]
    return found


def test_the_pace_is_what_left_within_thirty_days(sold: Stock) -> None:
    assert sold.pace.sold == 30
    assert sold.pace.last_sold_at is not None

    age(31)

    assert StockPace.objects.get().sold == 0


def test_working_the_pace_out_twice_changes_nothing(sold: Stock) -> None:
    before = StockPace.objects.values().get()

    assert refresh_pace()

    assert StockPace.objects.values().get() == before


def test_a_row_says_for_how_many_days_the_goods_last(sold: Stock, signed_in, clerk) -> None:
    found = row(signed_in(clerk))

    assert (found["daily"], found["days"], found["standing"]) == (1, 30, "normal")
    assert (days_of_supply(7, 0), days_of_supply(0, 3)) == (None, 0)


def test_low_is_below_the_safety_stock_of_the_place(sold: Stock, signed_in, clerk) -> None:
    client = signed_in(clerk)
    for level, standing in ((31, "low"), (30, "normal"), (0, "normal")):
        set_safety_stock([sold.pk], level)
        assert row(client)["standing"] == standing

    assert row(client)["line"] == 10


def test_the_ticked_places_get_one_safety_stock(sold: Stock, signed_in, packer) -> None:
    client = signed_in(packer)

    answer = client.post("/stock/safety/", {"pick": sold.pk, "level": "４0", "tab": "low"})

    assert answer["Location"] == "/stock/?tab=low"
    sold.refresh_from_db()
    assert sold.safety_stock == 40


@pytest.mark.parametrize("level", ["", "-1", "x", "99999999"])
def test_a_safety_stock_that_cannot_be_is_refused(sold, signed_in, packer, level) -> None:
    page = signed_in(packer).post("/stock/safety/", {"pick": sold.pk, "level": level})

    assert page.status_code == 422
    assert "Give the safety stock: a whole number, 0 or more" in page.content.decode()
    with pytest.raises(InvalidInput):
        set_safety_stock([sold.pk], -1)


def test_nothing_ticked_is_said(sold: Stock, signed_in, packer) -> None:
    for path in ("safety", "to-labels", "to-sheet"):
        page = signed_in(packer).post(f"/stock/{path}/", {"level": "5"})
        assert (page.status_code, "Tick the places first." in page.content.decode()) == (422, True)


def test_free_pieces_for_more_than_ninety_days_are_overstock(
    sold: Stock, cup: Sku, warehouse: Warehouse, signed_in, clerk
) -> None:
    receive(cup, warehouse, 60)
    assert row(signed_in(clerk))["standing"] == "normal"

    receive(cup, warehouse, 1)

    assert row(signed_in(clerk), "/stock/?tab=overstock")["days"] == 91


def test_what_lies_long_without_a_sale_moves_slowly(sold: Stock, signed_in, clerk) -> None:
    client = signed_in(clerk)
    age(40)
    assert not client.get("/stock/?tab=slow").context["rows"]

    assert row(client, "/stock/?tab=slow&days=39")["standing"] == "normal"
    age(60)
    assert row(client, "/stock/?tab=slow")["standing"] == "slow"


def test_new_goods_that_never_sold_are_not_slow(cup, warehouse, signed_in, clerk) -> None:
    receive(cup, warehouse, 60)
    refresh_pace()

    assert not signed_in(clerk).get("/stock/?tab=slow").context["rows"]


def test_in_transit_shows_at_the_warehouse_it_goes_to(
    sold: Stock, warehouse, other_warehouse, signed_in, clerk
) -> None:
    receive(sold.sku, other_warehouse, 1)
    route = Route(warehouse.pk, other_warehouse.pk)
    transfer = write_transfer(route, [Wanted("CUP-1", 4)], actor=None)
    send_transfer(transfer.pk, version=1, actor=None)

    rows = signed_in(clerk).get("/stock/").context["rows"]

    assert [(one["warehouse"].code, one["in_transit"]) for one in rows] == [("HZ", 0), ("GZ", 4)]


def test_the_export_has_every_row_of_the_tab(sold: Stock, signed_in, clerk) -> None:
    create_sku("POT-1")
    client = signed_in(clerk)

    everything, short = (
        b"".join(client.get(f"/stock/export/{asked}").streaming_content).decode("utf-8-sig")
        for asked in ("", "?tab=short")
    )

    assert everything.splitlines()[1] == "CUP-1,Thing CUP-1,杭州仓,,30,0,0,30,0,10,1.00,30,In stock"
    assert [line.split(",")[0] for line in short.splitlines()] == ["SKU", "POT-1"]


def test_the_queries_of_the_list_do_not_grow_with_its_rows(
    sold: Stock, warehouse, signed_in, packer, django_assert_max_num_queries
) -> None:
    for number in range(30):
        receive(create_sku(f"SKU-{number}"), warehouse, 5)
    client = signed_in(packer)

    for tab in ("all", "low", "overstock", "slow"):
        with django_assert_max_num_queries(9):
            client.get("/stock/", {"tab": tab})


def test_a_pace_needs_no_more_than_two_statements(sold: Stock, django_assert_max_num_queries):
    later = timezone.now() + timedelta(1)

    with django_assert_max_num_queries(5):
        refresh_pace()

    assert StockPace.objects.filter(last_sold_at__lt=later).count() == 1


def test_in_a_large_house_the_tabs_are_counted_once_a_minute(
    sold: Stock, monkeypatch, settings, django_assert_num_queries
) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    monkeypatch.setattr(tallies, "MANY", 0)
    first = tallies.counts_of([sold.warehouse])

    with django_assert_num_queries(0):
        assert tallies.counts_of([sold.warehouse]) == first

    assert first == {"all": 1, "short": 0, "low": 0, "overstock": 0, "slow": 0}
