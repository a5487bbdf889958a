"""Stock is written in one place, and every change of it is in the movements."""

import pytest

from inventory import ledger
from inventory.ledger import Posting, post
from inventory.models import Bin, Sku, Stock, StockMovement, Warehouse
from oms.errors import NotPossible
from oms.models import User
from tests.fixtures.company import Place, create_sku
from tests.fixtures.flow import approve, receive, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]


def levels() -> list[tuple[int, int]]:
    return list(Stock.objects.order_by("pk").values_list("on_hand", "reserved"))


def test_received_goods_are_on_hand_with_a_movement(
    cup: Sku, warehouse: Warehouse, packer: User
) -> None:
    (movement_id,) = post(
        [Posting(warehouse.pk, cup.pk, 5, "receipt", "PO-7", "delivery note 12")], actor=packer
    )

    assert levels() == [(5, 0)]
    movement = StockMovement.objects.get(pk=movement_id)
    assert (movement.kind, movement.quantity, movement.reason) == ("receipt", 5, "PO-7")
    assert (movement.reference, movement.actor) == ("delivery note 12", packer)


def test_many_postings_of_one_stock_add_up(cup: Sku, warehouse: Warehouse) -> None:
    post([Posting(warehouse.pk, cup.pk, pieces, "receipt") for pieces in (5, 3, -2)], actor=None)

    assert levels() == [(6, 0)]
    assert StockMovement.objects.count() == 3


def test_a_posting_can_name_the_bin(cup: Sku, warehouse: Warehouse) -> None:
    shelf = Bin.objects.create(warehouse=warehouse, code="A-3-1")

    post([Posting(warehouse.pk, cup.pk, 5, "receipt", bin_id=shelf.pk)], actor=None)
    post([Posting(warehouse.pk, cup.pk, 1, "receipt")], actor=None)

    assert Stock.objects.get().bin == shelf


def test_stock_cannot_go_below_zero(cup: Sku, warehouse: Warehouse) -> None:
    receive(cup, warehouse, 2)

    with pytest.raises(NotPossible, match="CUP-1 in HZ: 2 on hand, 0 of them reserved"):
        receive(cup, warehouse, -3)

    assert levels() == [(2, 0)]


def test_reserved_pieces_cannot_be_written_off(
    place: Place, cup: Sku, warehouse: Warehouse
) -> None:
    receive(cup, warehouse, 5)
    approve(place(("CUP-1", 4)))

    with pytest.raises(NotPossible, match="5 on hand, 4 of them reserved"):
        receive(cup, warehouse, -2)

    assert levels() == [(5, 4)]


def test_one_bad_posting_stops_all_of_them(cup: Sku, warehouse: Warehouse) -> None:
    pot = create_sku("POT-1")

    with pytest.raises(NotPossible):
        post(
            [
                Posting(warehouse.pk, pot.pk, 1, "receipt"),
                Posting(warehouse.pk, cup.pk, -1, "adjustment"),
            ],
            actor=None,
        )

    assert levels() == []
    assert not StockMovement.objects.exists()


def test_what_is_no_longer_open_is_neither_released_nor_taken_out(
    place: Place, cup: Sku, warehouse: Warehouse
) -> None:
    receive(cup, warehouse, 5)
    order = send(approve(place(("CUP-1", 4))))
    shipped = order.shipments.get().lines.get().pk

    assert ledger.release([shipped]) == []
    assert ledger.take_out([shipped], ["again"], actor=None) == []
    assert levels() == [(1, 0)]
