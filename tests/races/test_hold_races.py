"""Soft holds beside each other and beside allocation. Each protection is shown to matter by a control."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils.timezone import now

from inventory import ledger
from inventory.models import Sku, Stock, Warehouse
from oms.sql import query
from orders import pipeline
from orders.allocation import allocate, hold
from orders.allocation.allocate import allocate_chunk
from orders.allocation.hold import expire_holds, hold_softly
from orders.models import Order
from orders.outcome import Outcome
from orders.review.decide import approve_orders
from orders.states import OrderStatus
from tests.fixtures.company import Place
from tests.fixtures.flow import broken, fresh, receive
from tests.races.racing import at_once, meeting_after

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def two_for_one(place: Place, cup: Sku, warehouse: Warehouse) -> list[Order]:
    receive(cup, warehouse, 1)
    return [place(), place()]


@pytest.mark.usefixtures("holds")
def test_the_last_piece_is_held_for_one_of_two(
    two_for_one: list[Order], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "look_at_supply", meeting_after(ledger.look_at_supply))
    until = now() + timedelta(hours=1)

    results = at_once(
        *[lambda one=one: hold_softly([one.pk], until=until, actor=None) for one in two_for_one]
    )

    assert sorted(len(one.done) for one in results) == [0, 1]
    assert Stock.objects.values_list("reserved", flat=True).get() == 1


@pytest.mark.usefixtures("holds")
def test_without_the_lock_both_hold_it_and_the_database_stops_one(
    two_for_one: list[Order], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(allocate, "_ALONE", "SELECT 1")
    look, until = meeting_after(ledger.look_at_supply), now() + timedelta(hours=1)
    told = {"actor": None}

    def hold_once(order: Order) -> Outcome:
        with hold.transaction.atomic():
            return hold._hold([order.pk], until, look, told)

    results = at_once(*[lambda one=one: hold_once(one) for one in two_for_one])

    assert sorted(type(one).__name__ for one in results) == [IntegrityError.__name__, "Outcome"]


@pytest.fixture
def ended(two_for_one: list[Order]) -> Order:
    """An approved order whose hold has just ended."""
    order = two_for_one[0]
    hold_softly([order.pk], until=now() + timedelta(hours=1), actor=None)
    approve_orders([order.pk], actor=None)
    query("UPDATE inventory_reservation SET expires_at = now() - interval '1 second'")
    return order


def expire_while_it_is_allocated(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sweep has read what has ended; before it frees it, a worker allocates."""
    release = ledger.release

    def allocated_first(ids: list[int]) -> list[int]:
        at_once(lambda: allocate_chunk(OrderStatus.APPROVED, limit=9))
        return release(ids)

    with monkeypatch.context() as patch:
        patch.setattr(ledger, "release", allocated_first)
        expire_holds()


@pytest.mark.usefixtures("holds")
def test_a_hold_that_ends_while_its_order_is_allocated_is_freed_or_carried_never_both(
    ended: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    expire_while_it_is_allocated(monkeypatch)

    assert fresh(ended).status == "approved"
    pipeline.advance()
    assert fresh(ended).status == "allocated"


def test_without_the_orders_lock_a_parcel_loses_its_goods(
    ended: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlocked = hold._EXPIRED.replace("FOR NO KEY UPDATE OF o SKIP LOCKED", "")
    monkeypatch.setattr(hold, "_EXPIRED", unlocked)

    expire_while_it_is_allocated(monkeypatch)

    assert "reservation_fits_its_parcel" in broken()
