"""Goods that go from one warehouse to another."""

import pytest

from inventory.incoming import incoming_of
from inventory.ledger import Blocking, block
from inventory.models import Sku, Stock, StockMovement, Transfer, Warehouse
from inventory.transfers.cancel import cancel_transfer
from inventory.transfers.draft import Route, Wanted, change_transfer, write_transfer
from inventory.transfers.receive import close_missing, receive_transfer
from inventory.transfers.send import send_transfer
from oms.errors import InvalidInput, NotPossible, Stale
from tests.fixtures.company import create_sku
from tests.fixtures.flow import approve, receive

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]


@pytest.fixture
def route(cup: Sku, warehouse: Warehouse, other_warehouse: Warehouse) -> Route:
    """10 cups lie in Hangzhou, none in Guangzhou."""
    receive(cup, warehouse, 10)
    return Route(warehouse.pk, other_warehouse.pk)


def lying() -> dict[str, int]:
    return dict(Stock.objects.values_list("warehouse__code", "on_hand"))


def written(route: Route, *wanted: Wanted) -> Transfer:
    return write_transfer(route, wanted or [Wanted("CUP-1", 4)], actor=None)


def sent(route: Route, *wanted: Wanted) -> Transfer:
    transfer = written(route, *wanted)
    send_transfer(transfer.pk, version=1, actor=None)
    transfer.refresh_from_db()
    return transfer


def line_of(transfer: Transfer) -> int:
    return transfer.lines.get().pk


def test_a_draft_moves_nothing(route: Route) -> None:
    transfer = written(route)

    assert transfer.number == f"TR{transfer.pk:06}"
    assert lying() == {"HZ": 10}


def test_a_sent_transfer_is_gone_here_and_in_transit_there(
    route: Route, cup: Sku, other_warehouse: Warehouse
) -> None:
    transfer = sent(route)

    assert (transfer.status, transfer.version) == ("sent", 2)
    assert lying() == {"HZ": 6}
    (coming,) = incoming_of([cup.pk])
    assert (coming.quantity, coming.warehouse_id) == (4, other_warehouse.pk)
    assert (coming.label, coming.detail) == (transfer.number, "杭州仓")
    move = StockMovement.objects.latest("id")
    assert (move.kind, move.quantity, move.reference) == ("transfer", -4, transfer.number)


def test_goods_arrive_little_by_little(route: Route, cup: Sku) -> None:
    transfer = sent(route)
    line = line_of(transfer)

    assert receive_transfer(transfer.pk, {line: 1}, version=2, actor=None) == 1
    assert [one.quantity for one in incoming_of([cup.pk])] == [3]
    assert receive_transfer(transfer.pk, {line: 3}, version=3, actor=None) == 3

    assert (lying(), incoming_of([cup.pk])) == ({"HZ": 6, "GZ": 4}, [])
    transfer.refresh_from_db()
    assert transfer.status == "received"


def test_what_never_arrives_is_written_off_there_with_its_reason(route: Route) -> None:
    transfer = sent(route)
    receive_transfer(transfer.pk, {line_of(transfer): 3}, version=2, actor=None)

    assert close_missing(transfer.pk, reason="fell off", version=3, actor=None) == 1

    assert lying() == {"HZ": 6, "GZ": 3}
    line = transfer.lines.get()
    assert (line.received, line.lost, line.lost_reason) == (3, 1, "fell off")
    moves = list(
        StockMovement.objects.order_by("-id").values_list("kind", "quantity", "reason")[:2]
    )
    assert moves == [("write_off", -1, "fell off"), ("transfer", 1, "fell off")]


def test_missing_pieces_need_a_reason(route: Route) -> None:
    transfer = sent(route)

    with pytest.raises(InvalidInput):
        close_missing(transfer.pk, reason=" ", version=2, actor=None)

    assert lying() == {"HZ": 6}


def test_a_cancelled_transfer_comes_back(route: Route, cup: Sku) -> None:
    transfer = sent(route)

    cancel_transfer(transfer.pk, within="sent", version=2, actor=None)

    assert (lying(), incoming_of([cup.pk])) == ({"HZ": 10}, [])
    back = StockMovement.objects.latest("id")
    assert (back.quantity, back.reverses is not None) == (4, True)


def test_what_has_begun_to_arrive_is_not_cancelled(route: Route) -> None:
    transfer = sent(route)
    receive_transfer(transfer.pk, {line_of(transfer): 1}, version=2, actor=None)

    with pytest.raises(NotPossible, match="has arrived"):
        cancel_transfer(transfer.pk, within="sent", version=3, actor=None)

    assert lying() == {"HZ": 6, "GZ": 1}


def refused(route: Route, *wanted: Wanted) -> list[tuple[str, str]]:
    with pytest.raises(InvalidInput) as refusal:
        written(route, *wanted)
    return [(error.field, error.code) for error in refusal.value.errors]


def test_bad_input_names_its_field(route: Route, warehouse: Warehouse) -> None:
    create_sku("OLD-1", is_active=False)
    create_sku("WORK-1", kind="service")

    assert refused(Route(warehouse.pk, warehouse.pk), Wanted("CUP-1", 1)) == [("target", "same")]
    assert refused(route, Wanted("CUP-1", 0)) == [("lines[0].quantity", "out_of_range")]
    assert refused(route, Wanted("CUP-1", 1), Wanted("NO", 1)) == [("lines[1].sku", "unknown")]
    assert refused(route, Wanted("OLD-1", 1)) == [("lines[0].sku", "inactive")]
    assert refused(route, Wanted("WORK-1", 1)) == [("lines[0].sku", "no_goods")]
    assert refused(route, Wanted("CUP-1", 11)) == [("lines[0].quantity", "not_free")]
    with pytest.raises(InvalidInput) as refusal:
        write_transfer(route, [], actor=None)
    assert [error.field for error in refusal.value.errors] == ["lines"]


def test_the_same_sku_in_two_rows_is_both_together(route: Route, cup: Sku) -> None:
    cup.barcodes.create(code="6901234")

    transfer = written(route, Wanted("cup-1", 2), Wanted("6901234", 3))

    assert [line.quantity for line in transfer.lines.all()] == [5]


def test_reserved_and_blocked_pieces_are_never_sent(route: Route, place) -> None:
    approve(place(("CUP-1", 5)))
    block([Blocking(Stock.objects.get().pk, 2, "damaged")], actor=None)

    assert refused(route, Wanted("CUP-1", 4)) == [("lines[0].quantity", "not_free")]
    sent(route, Wanted("CUP-1", 3))
    assert Stock.objects.get(warehouse__code="HZ").available == 0


def test_what_became_reserved_since_the_draft_is_not_sent(route: Route, place) -> None:
    transfer = written(route, Wanted("CUP-1", 6))
    approve(place(("CUP-1", 5)))

    with pytest.raises(InvalidInput) as refusal:
        send_transfer(transfer.pk, version=1, actor=None)

    assert [error.field for error in refusal.value.errors] == ["lines[0].quantity"]
    assert lying() == {"HZ": 10}


def test_a_sku_no_longer_sold_is_not_sent(route: Route, cup: Sku) -> None:
    transfer = written(route)
    Sku.objects.filter(pk=cup.pk).update(is_active=False)

    with pytest.raises(InvalidInput):
        send_transfer(transfer.pk, version=1, actor=None)

    assert lying() == {"HZ": 10}


def test_more_than_is_in_transit_cannot_arrive(route: Route) -> None:
    transfer = sent(route)
    line = line_of(transfer)

    for pieces in (5, -1, 0):
        with pytest.raises(InvalidInput):
            receive_transfer(transfer.pk, {line: pieces}, version=2, actor=None)

    assert lying() == {"HZ": 6}


def test_a_sent_transfer_is_neither_changed_nor_sent_again(route: Route) -> None:
    transfer = sent(route)

    with pytest.raises(NotPossible):
        send_transfer(transfer.pk, version=2, actor=None)
    with pytest.raises(NotPossible):
        change_transfer(transfer.pk, route, [Wanted("CUP-1", 1)], version=2)

    assert lying() == {"HZ": 6}


def test_who_saw_an_older_draft_does_not_send_it(route: Route) -> None:
    transfer = written(route)
    change_transfer(transfer.pk, route, [Wanted("CUP-1", 9)], version=1)

    with pytest.raises(Stale):
        send_transfer(transfer.pk, version=1, actor=None)

    assert lying() == {"HZ": 10}
