"""Splitting a parcel, moving pieces to another warehouse, putting parcels together: the sums of stock never move."""

import pytest

from inventory.models import Sku, Stock, Warehouse
from oms.errors import InvalidInput, NotPossible
from oms.models import User
from orders.fulfilment.pack import pack_shipments
from orders.fulfilment.pick import pick_shipments
from orders.fulfilment.ship import ship_shipments
from orders.models import Order, Shipment
from orders.parcels.split import move_parcel, rejoin_parcels, split_parcel
from tests.fixtures.company import Place, create_sku
from tests.fixtures.flow import approve, fresh, pick, receive, shipments_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]


@pytest.fixture
def ready(place: Place, cup: Sku, warehouse: Warehouse) -> Order:
    """An order of five cups and two lids, ready to pick."""
    receive(cup, warehouse, 20)
    receive(create_sku("LID-1"), warehouse, 20)
    return approve(place(("CUP-1", 5), ("LID-1", 2)))


def parcels(order: Order) -> list[tuple[str, str, dict[str, int]]]:
    """Number, status and contents of each parcel."""
    found = []
    for one in Shipment.objects.filter(order=order).order_by("pk"):
        inside: dict[str, int] = {}
        for line in one.lines.select_related("order_line__sku"):
            code = line.order_line.sku.code
            inside[code] = inside.get(code, 0) + line.quantity
        found.append((one.number.removeprefix(order.number), one.status, inside))
    return found


def lines(order: Order) -> list[int]:
    return list(order.lines.order_by("position").values_list("pk", flat=True))


def reserved() -> dict[str, int]:
    return dict(Stock.objects.filter(reserved__gt=0).values_list("sku__code", "reserved"))


def test_pieces_go_into_a_new_parcel_and_stay_reserved(ready: Order, clerk: User) -> None:
    [shipment] = shipments_of(ready)
    cups, lids = lines(ready)

    new = split_parcel(shipment, {cups: 2, lids: 2}, actor=clerk)

    assert new.number == f"{ready.number}-2"
    assert parcels(ready) == [
        ("-1", "ready", {"CUP-1": 3}),
        ("-2", "ready", {"CUP-1": 2, "LID-1": 2}),
    ]
    assert reserved() == {"CUP-1": 5, "LID-1": 2}
    assert fresh(ready).status == "allocated"
    event = ready.events.get(kind="parcel_split")
    assert event.actor == clerk
    assert event.data["pieces"] == ["CUP-1 ×2", "LID-1 ×2"]


def test_a_part_can_leave_before_the_other(ready: Order) -> None:
    [shipment] = shipments_of(ready)
    split_parcel(shipment, {lines(ready)[0]: 1}, actor=None)

    pick_shipments([shipment], actor=None)
    pack_shipments([shipment], actor=None)
    ship_shipments([shipment], actor=None)

    assert fresh(ready).status == "partially_shipped"
    assert reserved() == {"CUP-1": 1}


def test_put_together_again_it_is_as_before(ready: Order) -> None:
    [shipment] = shipments_of(ready)
    cups, lids = lines(ready)
    split_parcel(shipment, {cups: 2, lids: 2}, actor=None)

    assert rejoin_parcels(shipment, actor=None) == [f"{ready.number}-2"]

    number, status, inside = parcels(ready)[0]
    assert (number, status, inside) == ("-1", "ready", {"CUP-1": 5, "LID-1": 2})
    assert shipments_of(ready, "ready") == [shipment]
    assert reserved() == {"CUP-1": 5, "LID-1": 2}
    with pytest.raises(NotPossible, match="only parcel"):
        rejoin_parcels(shipment, actor=None)


@pytest.mark.parametrize(
    ("cups", "lids", "wrong"),
    [
        (0, 0, ("pieces", "empty")),
        (5, 2, ("pieces", "everything")),
        (6, 0, ("line", "too_many")),
        (-1, 0, ("line", "negative")),
    ],
)
def test_what_is_no_split_is_refused_at_the_field(
    ready: Order, cups: int, lids: int, wrong: tuple[str, str]
) -> None:
    [shipment] = shipments_of(ready)
    first, second = lines(ready)

    with pytest.raises(InvalidInput) as refused:
        split_parcel(shipment, {first: cups, second: lids}, actor=None)

    field = f"line-{first}" if wrong[0] == "line" else wrong[0]
    assert [(one.field, one.code) for one in refused.value.errors] == [(field, wrong[1])]
    assert len(parcels(ready)) == 1


def test_a_line_of_another_order_is_in_no_parcel_of_this_one(ready: Order, place: Place) -> None:
    [other] = lines(place(("CUP-1", 1)))

    with pytest.raises(InvalidInput) as refused:
        split_parcel(shipments_of(ready)[0], {other: 1}, actor=None)

    assert refused.value.errors[0].code == "not_in_it"


def test_a_begun_parcel_is_not_split(ready: Order) -> None:
    pick(ready)

    with pytest.raises(NotPossible, match="nobody has begun"):
        split_parcel(shipments_of(ready)[0], {lines(ready)[0]: 1}, actor=None)


def test_there_must_be_a_parcel(db: None) -> None:
    with pytest.raises(NotPossible, match="no such shipment"):
        split_parcel(404, {1: 1}, actor=None)


def test_pieces_are_taken_from_another_warehouse(
    ready: Order, cup: Sku, other_warehouse: Warehouse
) -> None:
    receive(cup, other_warehouse, 2)
    [shipment] = shipments_of(ready)

    new = move_parcel(shipment, {lines(ready)[0]: 2}, other_warehouse.pk, actor=None)

    assert new.warehouse == other_warehouse
    assert parcels(ready) == [
        ("-1", "ready", {"CUP-1": 3, "LID-1": 2}),
        ("-2", "ready", {"CUP-1": 2}),
    ]
    stocks = Stock.objects.filter(sku=cup).order_by("warehouse__code")
    assert list(stocks.values_list("reserved", flat=True)) == [2, 3]


def test_all_of_a_parcel_moves_and_the_empty_one_is_cancelled(
    ready: Order, cup: Sku, other_warehouse: Warehouse
) -> None:
    receive(cup, other_warehouse, 9)
    receive(Sku.objects.get(code="LID-1"), other_warehouse, 9)
    cups, lids = lines(ready)

    move_parcel(shipments_of(ready)[0], {cups: 5, lids: 2}, other_warehouse.pk, actor=None)

    assert [status for _n, status, _i in parcels(ready)] == ["cancelled", "ready"]
    assert fresh(ready).status == "allocated"


def test_the_other_warehouse_must_have_them_free(
    ready: Order, cup: Sku, other_warehouse: Warehouse
) -> None:
    receive(cup, other_warehouse, 1)
    cups = lines(ready)[0]

    with pytest.raises(InvalidInput) as refused:
        move_parcel(shipments_of(ready)[0], {cups: 2}, other_warehouse.pk, actor=None)

    [error] = refused.value.errors
    assert (error.field, error.code) == (f"line-{cups}", "not_there")
    assert error.message == "1 are free in 广州仓: write that or less."


def test_a_parcel_moves_to_another_warehouse_only(ready: Order, warehouse: Warehouse) -> None:
    with pytest.raises(InvalidInput) as refused:
        move_parcel(shipments_of(ready)[0], {lines(ready)[0]: 1}, warehouse.pk, actor=None)

    assert refused.value.errors[0].field == "warehouse"
