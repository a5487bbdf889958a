"""Two who change the same stock at once."""

from threading import Event
from time import monotonic, sleep

import pytest
from django.db import connection, transaction

from inventory import count, opening
from inventory.count import Count, record_count
from inventory.ledger import Posting, lock_on_hand, post
from inventory.models import Bin, Sku, Stock, StockMovement, Warehouse
from inventory.opening import open_stock
from inventory.receive import Arrival
from inventory.receive import receive as receive_goods
from oms.errors import Stale
from tests.fixtures.company import create_sku
from tests.races.racing import at_once, meeting_after

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("holds")]


def test_two_counts_where_nothing_ever_lay_post_once(
    cup: Sku, warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(count, "lock_on_hand", meeting_after(lock_on_hand))

    def counted() -> int:
        return record_count(
            Count(warehouse.pk, cup.pk, counted=7, book=0, reason="count"), actor=None
        )

    results = at_once(counted, counted)

    assert {type(one) for one in results} == {int, Stale}
    assert Stock.objects.get().on_hand == 7


def open_twice() -> list[object]:
    return at_once(*[lambda: open_stock([(2, ("HZ", "CUP-1", "5", "A-1"))], actor=None)] * 2)


@pytest.fixture
def meeting_openers(cup: Sku, warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    Bin.objects.create(warehouse=warehouse, code="A-1")
    monkeypatch.setattr(opening, "_opened_before", meeting_after(opening._opened_before))


def test_two_runs_of_a_list_open_the_stock_once(meeting_openers: None) -> None:
    results = open_twice()

    assert sorted((one.opened, one.opened_before) for one in results) == [(0, 1), (1, 0)]
    assert Stock.objects.get().on_hand == 5


def test_without_the_lock_the_stock_is_opened_twice(
    meeting_openers: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "_ALONE", "SELECT 1")

    open_twice()

    assert Stock.objects.get().on_hand == 10


def test_a_new_bin_that_two_receive_into_is_created_once(cup: Sku, warehouse: Warehouse) -> None:
    arrivals = [Arrival(cup.pk, 1, code) for code in ("A-1", "a-2")]

    results = at_once(*[lambda: receive_goods(arrivals, warehouse_id=warehouse.pk, actor=None)] * 4)

    assert not [one for one in results if isinstance(one, Exception)]
    assert sorted(Bin.objects.values_list("code", flat=True)) == ["A-1", "A-2"]
    assert Stock.objects.get().on_hand == 8


def test_who_puts_stock_in_other_bins_waits_in_the_order_of_all_others(
    cup: Sku, warehouse: Warehouse
) -> None:
    """The stock's ids run against the SKUs' ids; whoever locks in the SKUs' order meets a deadlock here."""
    pot = create_sku("POT-1")
    shelf = Bin.objects.create(warehouse=warehouse, code="A-1")
    for sku in (pot, cup):
        post([Posting(warehouse.pk, sku.pk, 5, "receipt")], actor=None)
    has_first = Event()

    def one_by_one() -> None:
        with transaction.atomic():
            post([Posting(warehouse.pk, pot.pk, 1, "receipt")], actor=None)
            has_first.set()
            wait_until_somebody_waits()
            post([Posting(warehouse.pk, cup.pk, 1, "receipt")], actor=None)

    def together() -> None:
        has_first.wait(10)
        post(
            [Posting(warehouse.pk, sku.pk, 1, "receipt", bin_id=shelf.pk) for sku in (cup, pot)],
            actor=None,
        )

    assert at_once(one_by_one, together) == [None, None]
    assert set(Stock.objects.values_list("on_hand", "bin")) == {(7, shelf.pk)}
    assert StockMovement.objects.count() == 6


def wait_until_somebody_waits() -> None:
    end = monotonic() + 10
    with connection.cursor() as cursor:
        while monotonic() < end:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
            sleep(0.02)
    raise AssertionError("nobody waited")
