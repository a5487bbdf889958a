"""What leaves the house is of the lots that expire first, and of none that has expired."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from inventory import ledger
from inventory.ledger import LotPieces
from inventory.lots.expire import block_expired
from inventory.models import LotMovement, Reservation, Sku, Stock, Warehouse
from oms.errors import NotPossible
from orders.fulfilment.pack import pack_shipments
from orders.fulfilment.ship import ship_shipments
from orders.models import Order
from tests.fixtures.company import create_sku
from tests.fixtures.flow import approve, pick, receive, send, shipments_of
from tests.lots.steps import expire, lying, take_in, tracked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]

Place = Callable[..., Order]


@pytest.fixture
def milk(cup: Sku) -> Sku:
    return tracked(cup, "lot")


def packed(order: Order) -> list[int]:
    pick(order)
    ids = shipments_of(order, "picking")
    assert pack_shipments(ids, actor=None).refused == {}
    return ids


def test_the_earliest_lots_leave(milk: Sku, warehouse: Warehouse, place: Place) -> None:
    take_in(milk, warehouse, ("OPEN", 2, None), ("LATE", 2, 60), ("SOON", 2, 10))

    send(approve(place(("CUP-1", 3))))

    assert lying() == {"LATE": 1, "OPEN": 2}
    moved = LotMovement.objects.filter(movement__kind="shipment").order_by("pk")
    assert list(moved.values_list("lot__code", "quantity")) == [("SOON", -2), ("LATE", -1)]


def test_a_good_lot_serves_where_another_has_expired(
    milk: Sku, warehouse: Warehouse, place: Place
) -> None:
    take_in(milk, warehouse, ("A", 2, 1), ("B", 2, 60))
    order = approve(place(("CUP-1", 2)))
    expire("A")

    send(order)

    assert lying() == {"A": 2}


def test_a_parcel_with_expired_pieces_alone_stays(
    milk: Sku, warehouse: Warehouse, place: Place
) -> None:
    take_in(milk, warehouse, ("A", 2, 1), ("B", 1, 60))
    orders = [approve(place(("CUP-1", pieces))) for pieces in (1, 2)]
    first, second = (packed(order) for order in orders)
    expire("A")

    outcome = ship_shipments(first + second, actor=None)

    assert outcome.done == first
    words = outcome.refused[second[0]]
    assert "CUP-1: lot A expired on " in words
    assert "too few good pieces lie here" in words
    assert lying() == {"A": 2}
    assert Stock.objects.get().reserved == 2
    assert block_expired() == 0


def test_it_is_refused_when_it_is_packed(milk: Sku, warehouse: Warehouse, place: Place) -> None:
    take_in(milk, warehouse, ("A", 2, 1))
    order = pick(approve(place(("CUP-1", 1))))
    expire("A")

    outcome = pack_shipments(shipments_of(order, "picking"), actor=None)

    assert (outcome.done, len(outcome.refused)) == ([], 1)


def test_the_ledger_itself_refuses_what_expired(
    milk: Sku, warehouse: Warehouse, place: Place
) -> None:
    take_in(milk, warehouse, ("A", 1, 1))
    packed(approve(place(("CUP-1", 1))))
    expire("A")
    reservation = Reservation.objects.get()

    with pytest.raises(NotPossible, match="lot A expired on"):
        take_out_and_roll_back(reservation.pk)


def take_out_and_roll_back(pk: int, *lots: LotPieces) -> None:
    with transaction.atomic():
        ledger.take_out([pk], ["x"], actor=None, lots={pk: lots} if lots else None)
        transaction.set_rollback(True)


def test_packed_lots_are_taken_instead(milk: Sku, warehouse: Warehouse, place: Place) -> None:
    take_in(milk, warehouse, ("A", 2, 10), ("B", 2, 60))
    approve(place(("CUP-1", 2)))
    pk = Reservation.objects.get().pk

    take_out_and_roll_back(pk, LotPieces("b", 2))
    with pytest.raises(NotPossible, match="The packed lots are not 2 pieces."):
        take_out_and_roll_back(pk, LotPieces("B", 1))
    with pytest.raises(NotPossible, match="Lot Z does not lie here with 2 free pieces."):
        take_out_and_roll_back(pk, LotPieces("Z", 2))


def test_goods_without_lots_leave_with_one_look_and_no_statement_more(
    cup: Sku, warehouse: Warehouse, place: Place
) -> None:
    tracked(create_sku("MILK-1"), "lot")
    receive(cup, warehouse, 5)
    ids = packed(approve(place(("CUP-1", 2))))

    with CaptureQueriesContext(
        connection,
    ) as seen:
        ship_shipments(ids, actor=None)

    assert not [one["sql"] for one in seen if "inventory_lot" in one["sql"]]
    assert len([one for one in seen if "tracking <> 'none'" in one["sql"]]) == 2
