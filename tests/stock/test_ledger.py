"""Stock is written in one place, and every change of it is in the movements."""

from decimal import Decimal

import pytest

from inventory import ledger
from inventory.ledger import Blocking, Posting, post
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


def test_the_same_event_has_one_effect(cup: Sku, warehouse: Warehouse) -> None:
    delivery = Posting(warehouse.pk, cup.pk, 5, "receipt", event_key="delivery-12#0")

    first = post([delivery], actor=None)
    other = Posting(warehouse.pk, cup.pk, 2, "receipt", event_key="delivery-13#0")
    again = post([delivery, other], actor=None)

    assert again[0] == first[0]
    assert levels() == [(7, 0)]


def test_taking_back_posts_the_inverse_once(cup: Sku, warehouse: Warehouse, packer: User) -> None:
    movements = post(
        [Posting(warehouse.pk, cup.pk, pieces, "receipt") for pieces in (5, 3)], actor=packer
    )

    ledger.take_back(movements[:1], reason="wrong parcel", actor=packer)

    assert levels() == [(3, 0)]
    inverse = StockMovement.objects.get(reverses=movements[0])
    assert (inverse.kind, inverse.quantity, inverse.reason) == ("receipt", -5, "wrong parcel")
    with pytest.raises(NotPossible, match="taken back before"):
        ledger.take_back(movements, reason="again", actor=packer)
    assert levels() == [(3, 0)]


def test_what_is_promised_meanwhile_cannot_be_taken_back(
    place: Place, cup: Sku, warehouse: Warehouse
) -> None:
    movements = post([Posting(warehouse.pk, cup.pk, 5, "receipt")], actor=None)
    approve(place(("CUP-1", 3)))

    with pytest.raises(NotPossible, match="5 on hand, 3 of them reserved"):
        ledger.take_back(movements, reason="never came", actor=None)


def test_opening_stock_is_not_taken_back(cup: Sku, warehouse: Warehouse) -> None:
    movements = post([Posting(warehouse.pk, cup.pk, 5, "opening")], actor=None)

    with pytest.raises(NotPossible, match="are taken back here"):
        ledger.take_back(movements, reason="x", actor=None)


def test_receipts_move_the_average_cost(cup: Sku, warehouse: Warehouse) -> None:
    def receive_at(pieces: int, cost: str | None) -> Decimal | None:
        unit_cost = Decimal(cost) if cost else None
        post([Posting(warehouse.pk, cup.pk, pieces, "receipt", unit_cost=unit_cost)], actor=None)
        cup.refresh_from_db()
        return cup.cost

    assert receive_at(10, "4.00") == Decimal("4.0000")
    assert receive_at(30, "8.00") == Decimal("7.0000")
    assert receive_at(5, None) == Decimal("7.0000")
    costs = StockMovement.objects.order_by("pk").values_list("unit_cost", flat=True)
    assert list(costs) == [Decimal(4), Decimal(8), Decimal(7)]


def test_shipped_pieces_keep_what_they_cost(place: Place, cup: Sku, warehouse: Warehouse) -> None:
    post([Posting(warehouse.pk, cup.pk, 5, "receipt", unit_cost=Decimal("4.5"))], actor=None)
    send(approve(place(("CUP-1", 2))))

    assert StockMovement.objects.get(kind="shipment").unit_cost == Decimal("4.5")


def test_blocked_pieces_are_promised_to_nobody(
    place: Place, cup: Sku, warehouse: Warehouse, packer: User
) -> None:
    receive(cup, warehouse, 5)
    stock = Stock.objects.get()
    (block,) = ledger.block([Blocking(stock.pk, 4, "damaged")], actor=packer)

    short = approve(place(("CUP-1", 2)))

    assert (Stock.objects.get().available, short.status) == (1, "backordered")
    with pytest.raises(NotPossible, match="2 cannot be blocked: 1 are free"):
        ledger.block([Blocking(stock.pk, 2, "inspection")], actor=packer)
    assert ledger.unblock([block]) == [block]
    assert ledger.unblock([block]) == []
    assert Stock.objects.get().available == 5
