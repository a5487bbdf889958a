"""Lots and serial numbers: told with what comes in, first expired first out."""

import pytest

from inventory.adjust import Difference, adjust
from inventory.catalogue import update_sku
from inventory.count import Count, record_count
from inventory.ledger import LotPieces, Posting, post, take_back
from inventory.lots.expire import block_expired
from inventory.models import Lot, LotMovement, Sku, Stock, StockBlock, Warehouse
from inventory.opening import open_stock
from inventory.receive import Arrival
from inventory.receive import receive as receive_goods
from inventory.transfers.cancel import cancel_transfer
from inventory.transfers.draft import Route, Wanted, write_transfer
from inventory.transfers.receive import close_missing, receive_transfer
from inventory.transfers.send import send_transfer
from oms.errors import InvalidInput, NotPossible
from tests.fixtures.flow import receive
from tests.lots.steps import expire, in_days, lying, take_in, tracked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]


@pytest.fixture
def milk(cup: Sku) -> Sku:
    return tracked(cup, "lot")


@pytest.fixture
def phone(cup: Sku) -> Sku:
    return tracked(cup, "serial")


def refused(sku: Sku, warehouse: Warehouse, pieces: int, *lots: LotPieces) -> tuple[str, str, str]:
    """Field, code and words of the one refusal of a receipt."""
    with pytest.raises(InvalidInput) as refusal:
        receive_goods([Arrival(sku.pk, pieces, lots=lots)], warehouse_id=warehouse.pk, actor=None)
    (error,) = refusal.value.errors
    return error.field, error.code, error.message


def test_a_receipt_names_its_lots(milk: Sku, warehouse: Warehouse) -> None:
    movement = take_in(milk, warehouse, ("l1", 3, 30), ("L2", 2, None))

    assert lying() == {"L1": 3, "L2": 2}
    assert Lot.objects.get(code="L1").expires_on == in_days(30)
    told = LotMovement.objects.filter(movement=movement).order_by("pk")
    assert list(told.values_list("lot__code", "quantity")) == [("L1", 3), ("L2", 2)]


@pytest.mark.parametrize(
    ("lots", "code", "words"),
    [
        ([], "missing", "CUP-1 is kept in lots: name the lot of these pieces."),
        ([("L1", 4)], "sum", "The lots are 4 pieces together, the line has 5. Correct either."),
        (
            [("L1", 2), (" l1 ", 3)],
            "twice",
            "L1 is named twice. Write each lot or serial number once.",
        ),
        ([("X" * 41, 5)], "bad_code", "A lot or serial number has 1 to 40 characters."),
        ([("L\n1", 5)], "bad_code", "A lot or serial number has 1 to 40 characters."),
    ],
)
def test_a_receipt_without_fitting_lots_is_refused_at_the_field(
    milk: Sku, warehouse: Warehouse, lots: list[tuple[str, int]], code: str, words: str
) -> None:
    told = [LotPieces(*one) for one in lots]

    assert refused(milk, warehouse, 5, *told) == ("lines[0].lots", code, words)
    assert (Stock.objects.count(), Lot.objects.count()) == (0, 0)


def test_an_expired_lot_is_not_taken_in(milk: Sku, warehouse: Warehouse) -> None:
    day = in_days(-1)

    field, code, words = refused(milk, warehouse, 1, LotPieces("L1", 1, day))

    assert (field, code) == ("lines[0].lots", "expired")
    assert words == f"Lot L1 expired on {day}. Send it back, or check the day."


def test_a_lot_keeps_its_day(milk: Sku, warehouse: Warehouse) -> None:
    take_in(milk, warehouse, ("L1", 3, 30))

    assert refused(milk, warehouse, 1, LotPieces("L1", 1, in_days(31)))[1] == "other_expiry"
    receive_goods(
        [Arrival(milk.pk, 1, lots=(LotPieces("L1"),))], warehouse_id=warehouse.pk, actor=None
    )

    assert lying() == {"L1": 4}


def test_a_serial_number_lies_in_one_place(
    phone: Sku, warehouse: Warehouse, other_warehouse: Warehouse
) -> None:
    take_in(phone, warehouse, ("S1", 1, None), ("S2", 1, None))

    assert refused(phone, other_warehouse, 1, LotPieces("s1")) == (
        "lines[0].lots",
        "lies_already",
        "Serial number S1 lies in HZ already. Check it.",
    )
    assert refused(phone, warehouse, 2, LotPieces("S3", 2))[1] == "not_one"
    assert refused(phone, warehouse, 1)[2] == "CUP-1 has serial numbers: name one for each piece."


def test_a_serial_number_that_left_comes_back(phone: Sku, warehouse: Warehouse) -> None:
    take_in(phone, warehouse, ("S1", 1, None))
    adjust(
        [Difference(phone.pk, -1, (LotPieces("S1"),))],
        warehouse_id=warehouse.pk,
        reason="x",
        actor=None,
    )

    take_in(phone, warehouse, ("S1", 1, None))

    assert lying() == {"S1": 1}


def test_pieces_fewer_are_of_the_lots_that_expire_first(milk: Sku, warehouse: Warehouse) -> None:
    take_in(milk, warehouse, ("A", 2, None), ("B", 2, 60), ("C", 2, 30), ("D", 2, 60))

    adjust([Difference(milk.pk, -5)], warehouse_id=warehouse.pk, reason="broken", actor=None)

    assert lying() == {"A": 2, "D": 1}


def test_pieces_fewer_may_name_their_lot(milk: Sku, warehouse: Warehouse) -> None:
    take_in(milk, warehouse, ("A", 2, 30), ("B", 2, 60))

    record_count(Count(warehouse.pk, milk.pk, 3, 4, "count", (LotPieces("b"),)), actor=None)

    assert lying() == {"A": 2, "B": 1}
    with pytest.raises(InvalidInput, match="Lot B: 1 lie here free. Name as many or another lot."):
        record_count(Count(warehouse.pk, milk.pk, 1, 3, "count", (LotPieces("B", 2),)), actor=None)
    with pytest.raises(InvalidInput, match="There is no lot Z of CUP-1. Check its code."):
        record_count(Count(warehouse.pk, milk.pk, 2, 3, "count", (LotPieces("Z"),)), actor=None)
    with pytest.raises(InvalidInput, match="CUP-1 is kept in lots"):
        record_count(Count(warehouse.pk, milk.pk, 4, 3, "count"), actor=None)


def test_taking_back_restores_the_lots(milk: Sku, warehouse: Warehouse) -> None:
    take_in(milk, warehouse, ("A", 2, 30), ("B", 2, 60))
    gone = adjust([Difference(milk.pk, -3)], warehouse_id=warehouse.pk, reason="x", actor=None)
    assert lying() == {"B": 1}

    take_back(gone, reason="wrong", actor=None)

    assert lying() == {"A": 2, "B": 2}


def test_a_receipt_whose_lot_has_left_is_not_taken_back(milk: Sku, warehouse: Warehouse) -> None:
    first = take_in(milk, warehouse, ("A", 2, 30))
    take_in(milk, warehouse, ("B", 2, 60))
    adjust([Difference(milk.pk, -1)], warehouse_id=warehouse.pk, reason="x", actor=None)

    with pytest.raises(NotPossible, match="Lot A: only 1 of 2 pieces lie here free."):
        take_back([first], reason="wrong", actor=None)


def test_the_same_event_is_told_once(milk: Sku, warehouse: Warehouse) -> None:
    posting = Posting(warehouse.pk, milk.pk, 2, "receipt", event_key="K", lots=(LotPieces("A", 2),))

    assert post([posting], actor=None) == post([posting], actor=None)
    assert lying() == {"A": 2}


def test_a_transfer_brings_its_lots(
    milk: Sku, warehouse: Warehouse, other_warehouse: Warehouse
) -> None:
    take_in(milk, warehouse, ("A", 2, 30), ("B", 4, 60))
    route = Route(warehouse.pk, other_warehouse.pk)
    transfer = write_transfer(route, [Wanted("CUP-1", 4)], actor=None)
    send_transfer(transfer.pk, version=1, actor=None)
    assert lying() == {"B": 2}

    receive_transfer(transfer.pk, {transfer.lines.get().pk: 3}, version=2, actor=None)
    here = Stock.objects.get(warehouse=other_warehouse)
    assert dict(here.lots.values_list("lot__code", "on_hand")) == {"A": 2, "B": 1}
    close_missing(transfer.pk, reason="lost", version=3, actor=None)

    assert dict(here.lots.values_list("lot__code", "on_hand")) == {"A": 2, "B": 1}


def test_a_cancelled_transfer_puts_its_lots_back(
    milk: Sku, warehouse: Warehouse, other_warehouse: Warehouse
) -> None:
    take_in(milk, warehouse, ("A", 2, 30), ("B", 2, 60))
    route = Route(warehouse.pk, other_warehouse.pk)
    transfer = write_transfer(route, [Wanted("CUP-1", 3)], actor=None)
    send_transfer(transfer.pk, version=1, actor=None)

    cancel_transfer(transfer.pk, within="sent", version=2, actor=None)

    assert lying() == {"A": 2, "B": 2}


def test_the_opening_list_has_no_place_for_lots(milk: Sku, warehouse: Warehouse) -> None:
    done = open_stock([(2, ("HZ", "CUP-1", "5", ""))], actor=None)

    assert (done.opened, done.rejected) == (
        0,
        {2: "CUP-1 has lots or serial numbers: receive it on its page, where they are named."},
    )


def test_tracking_stays_once_there_was_stock(cup: Sku, warehouse: Warehouse) -> None:
    receive(cup, warehouse, 1)

    with pytest.raises(NotPossible, match="how its pieces are tracked stays"):
        update_sku(cup.pk, tracking="lot")
    with pytest.raises(InvalidInput, match="Only goods are tracked"):
        update_sku(cup.pk, kind="service", tracking="lot")


def test_free_pieces_that_expired_are_blocked_once(milk: Sku, warehouse: Warehouse) -> None:
    take_in(milk, warehouse, ("A", 2, 0), ("B", 3, 5))
    assert block_expired() == 0
    expire("A")

    assert [block_expired(), block_expired()] == [2, 0]
    block = StockBlock.objects.get()
    assert (block.quantity, block.reason, block.reference) == (2, "expired", "A")
    assert Stock.objects.get().available == 3
    adjust([Difference(milk.pk, -3)], warehouse_id=warehouse.pk, reason="x", actor=None)
    assert lying() == {"A": 2}
