"""Two who want the last piece of a lot, or take the same serial number in."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError

from inventory.ledger import lots
from inventory.models import Lot, LotStock, Sku, Warehouse
from oms.errors import InvalidInput, NotPossible
from orders.fulfilment import good_lots
from orders.fulfilment.pack import pack_shipments
from orders.fulfilment.ship import ship_shipments
from orders.models import Order
from orders.outcome import Outcome
from tests.fixtures.flow import approve, pick, shipments_of
from tests.lots.steps import expire, lying, take_in, tracked
from tests.races.racing import at_once, meeting_after

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("holds")]


@pytest.fixture
def last_piece(
    cup: Sku, warehouse: Warehouse, place: Callable[..., Order], monkeypatch: pytest.MonkeyPatch
) -> list[list[int]]:
    """Two packed parcels of one piece each, and one good piece; both have looked before either ships."""
    milk = tracked(cup, "lot")
    take_in(milk, warehouse, ("A", 1, 1), ("B", 1, 60))
    parcels = []
    for _each in range(2):
        order = pick(approve(place(("CUP-1", 1))))
        parcels.append(shipments_of(order, "picking"))
        pack_shipments(parcels[-1], actor=None)
    expire("A")
    monkeypatch.setattr(good_lots, "shelves_of", meeting_after(good_lots.shelves_of))
    return parcels


def test_the_last_good_piece_leaves_once(last_piece: list[list[int]]) -> None:
    results = at_once(*[lambda ids=ids: ship_shipments(ids, actor=None) for ids in last_piece])

    assert {type(one) for one in results} == {Outcome, NotPossible}
    assert lying() == {"A": 1}


@pytest.fixture
def serial(cup: Sku, monkeypatch: pytest.MonkeyPatch) -> Sku:
    monkeypatch.setattr(lots, "_serials_lying", meeting_after(lots._serials_lying))
    return tracked(cup, "serial")


def taken_in_twice(serial: Sku, *places: Warehouse) -> set[type]:
    results = at_once(*[lambda at=at: take_in(serial, at, ("S1", 1, None)) for at in places])
    return {type(one) for one in results}


def test_a_serial_number_is_taken_in_once(
    serial: Sku, warehouse: Warehouse, other_warehouse: Warehouse
) -> None:
    assert taken_in_twice(serial, warehouse, other_warehouse) == {int, InvalidInput}
    assert LotStock.objects.filter(on_hand=1).count() == 1


def test_without_the_lock_only_the_constraint_keeps_it_one(
    serial: Sku, warehouse: Warehouse, other_warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    Lot.objects.create(sku=serial, code="S1")
    monkeypatch.setattr(lots, "_LOCK_LOTS", lots._LOCK_LOTS.replace("FOR NO KEY UPDATE", ""))

    assert taken_in_twice(serial, warehouse, other_warehouse) == {int, IntegrityError}
