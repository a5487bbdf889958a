"""Several orders in one parcel: they are picked, packed, handed over and delivered as one; each keeps its own money."""

from collections.abc import Callable

import pytest

from inventory.models import Sku, Stock, StockMovement, Warehouse
from oms.errors import InvalidInput, NotPossible
from oms.models import Channel, User
from orders.desk.cancel import cancel_orders
from orders.desk.edit import edit_order
from orders.fulfilment.correct import correct_waybill
from orders.fulfilment.deliver import deliver_shipments
from orders.fulfilment.pack import pack_shipments
from orders.fulfilment.pick import pick_shipments
from orders.fulfilment.ship import ship_shipments
from orders.models import Consignment, Order, Shipment
from orders.parcels.merge import merge_parcels
from orders.parcels.unmerge import unmerge_parcels
from orders.review.decide import hold_orders
from tests.fixtures.flow import fresh, pay, pick, receive
from tests.parcels.steps import ELSEWHERE, address, ready_of, travelling

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]
Ready = Callable[..., Order]


def statuses(*orders: Order) -> list[str]:
    return [fresh(order).status for order in orders]


def test_two_orders_travel_as_one_with_one_waybill(ready: Ready, clerk: User) -> None:
    first, second = ready(2), ready(3)
    one, two = ready_of(first, second)

    assert merge_parcels([one, two], actor=clerk) == [one, two]
    assert pick_shipments([one], actor=clerk).done == [one, two]
    assert pack_shipments([two], actor=clerk).done == [one, two]
    assert ship_shipments([one], actor=clerk, waybills={one: ("SF", "sf1")}).done == [one, two]

    assert list(Shipment.objects.order_by("pk").values_list("carrier", "waybill")) == [
        ("SF", "SF1"),
        ("SF", "SF1"),
    ]
    assert statuses(first, second) == ["shipped", "shipped"]
    assert list(Stock.objects.values_list("on_hand", "reserved")) == [(45, 0)]
    assert StockMovement.objects.filter(kind="shipment").count() == 2
    pay(first, 20)
    deliver_shipments([two], actor=clerk)
    assert statuses(first, second) == ["completed", "delivered"]


def test_each_order_tells_of_it(ready: Ready, clerk: User) -> None:
    first, second = ready(), ready()
    merge_parcels(ready_of(first, second), actor=clerk)

    told = [order.events.get(kind="merged") for order in (first, second)]

    assert [one.data["merged_with"] for one in told] == [
        [f"{second.number}-1"],
        [f"{first.number}-1"],
    ]
    assert {one.actor for one in told} == {clerk}


def test_the_same_recipient_however_it_is_written(ready: Ready) -> None:
    first = ready()
    second = ready(ship_to=address(phone="+86 138-0013-8001", street="文三路1号"))

    merge_parcels(ready_of(first, second), actor=None)

    assert travelling(first, second) == [1, 1]


def test_a_third_joins_and_merging_again_changes_nothing(ready: Ready) -> None:
    orders = [ready() for _n in range(3)]
    parcels = ready_of(*orders)
    merge_parcels(parcels[:2], actor=None)

    merge_parcels([parcels[0], parcels[2]], actor=None)
    merge_parcels(parcels, actor=None)

    assert travelling(*orders) == [1, 1, 1]
    assert [order.events.filter(kind="merged").count() for order in orders] == [1, 1, 1]


def test_two_merged_parcels_become_one(ready: Ready) -> None:
    parcels = ready_of(*(ready() for _n in range(4)))
    merge_parcels(parcels[:2], actor=None)
    merge_parcels(parcels[2:], actor=None)

    merge_parcels(parcels[1:3], actor=None)

    assert Consignment.objects.count() == 1
    assert set(Shipment.objects.values_list("consignment_id", flat=True)) == {
        Consignment.objects.get().pk
    }


def test_one_order_alone_is_no_merged_parcel(ready: Ready) -> None:
    with pytest.raises(NotPossible) as refused:
        merge_parcels(ready_of(ready()), actor=None)

    assert refused.value.code == "single"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"ship_to": ELSEWHERE}, "different_recipients"),
        ({"ship_to": address(name="李四")}, "different_recipients"),
        ({"currency": "USD"}, "different_currencies"),
    ],
)
def test_what_goes_elsewhere_is_refused(ready: Ready, fields: dict[str, object], code: str) -> None:
    first, second = ready(), ready(**fields)

    with pytest.raises(NotPossible) as refused:
        merge_parcels(ready_of(first, second), actor=None)

    assert refused.value.code == code
    assert travelling(first, second) == [None, None]


def test_other_warehouses_are_refused(
    ready: Ready, cup: Sku, stocked: Warehouse, other_warehouse: Warehouse
) -> None:
    first = ready(50)
    receive(cup, other_warehouse, 5)
    second = ready(2)

    with pytest.raises(NotPossible) as refused:
        merge_parcels(ready_of(first, second), actor=None)

    assert refused.value.code == "different_warehouses"


def test_without_a_telephone_nobody_knows_who_it_is(ready: Ready) -> None:
    orders = [ready(ship_to=address(phone="")) for _n in range(2)]

    with pytest.raises(NotPossible) as refused:
        merge_parcels(ready_of(*orders), actor=None)

    assert refused.value.code == "no_recipient"


def test_a_begun_or_stopped_parcel_is_refused(ready: Ready) -> None:
    begun, held, third = ready(), ready(), ready()
    parcels = ready_of(begun, held, third)
    pick(begun)
    hold_orders([held.pk], actor=None, reason="wait")

    codes = []
    for chosen in (parcels[::2], parcels[1:]):
        with pytest.raises(NotPossible) as refused:
            merge_parcels(chosen, actor=None)
        codes.append(refused.value.code)

    assert codes == ["begun", "stopped"]


@pytest.mark.parametrize("stop", [hold_orders, cancel_orders])
@pytest.mark.parametrize("is_picked", [False, True])
def test_a_stopped_order_leaves_and_the_others_go_on(
    ready: Ready, stop: Callable[..., object], is_picked: bool
) -> None:
    orders = [ready() for _n in range(3)]
    parcels = ready_of(*orders)
    merge_parcels(parcels, actor=None)
    if is_picked:
        pick_shipments(parcels[:1], actor=None)

    stop([orders[1].pk], actor=None, reason="asked")

    assert travelling(orders[0], orders[2]) == [1, 1]
    assert Shipment.objects.get(pk=parcels[1]).consignment is None
    told = orders[0].events.get(kind="unmerged").data
    assert told["parted_from"] == [f"{orders[1].number}-1"]


def test_the_last_one_left_travels_alone(ready: Ready) -> None:
    first, second = ready(), ready()
    merge_parcels(ready_of(first, second), actor=None)

    hold_orders([first.pk], actor=None, reason="asked")

    assert travelling(first, second) == [None, None]
    assert not Consignment.objects.exists()
    assert pick(second).status == "in_fulfilment"


def test_an_order_that_goes_elsewhere_leaves_and_says_so(ready: Ready, clerk: User) -> None:
    first, second = ready(), ready()
    merge_parcels(ready_of(first, second), actor=clerk)

    edit_order(first.pk, version=1, changes={"ship_street": "武林路 9 号"}, actor=clerk)

    assert travelling(first, second) == [None, None]
    assert first.events.get(kind="unmerged").reason == "Its address was changed."
    with pytest.raises(NotPossible, match="different recipients"):
        merge_parcels(ready_of(first, second), actor=clerk)


def test_a_postcode_parts_nobody(ready: Ready, clerk: User) -> None:
    first, second = ready(), ready()
    merge_parcels(ready_of(first, second), actor=clerk)

    edit_order(first.pk, version=1, changes={"ship_postcode": "310001"}, actor=clerk)

    assert travelling(first, second) == [1, 1]


def test_it_is_parted_by_hand_before_it_is_packed(ready: Ready) -> None:
    first, second = ready(), ready()
    parcels = ready_of(first, second)
    merge_parcels(parcels, actor=None)
    pick_shipments(parcels, actor=None)

    assert unmerge_parcels(parcels[:1], actor=None).done == parcels[:1]

    assert travelling(first, second) == [None, None]
    alone = unmerge_parcels([parcels[0], 404], actor=None).refused
    assert alone == {
        parcels[0]: f"{first.number}-1 travels alone already.",
        404: "There is no such shipment.",
    }


def test_a_packed_one_stays_together(ready: Ready) -> None:
    first, second = ready(), ready()
    parcels = ready_of(first, second)
    merge_parcels(parcels, actor=None)
    pick_shipments(parcels, actor=None)
    pack_shipments(parcels, actor=None)

    [words] = unmerge_parcels(parcels[:1], actor=None).refused.values()

    assert words == f"{first.number}-1 is “Packed”; a merged parcel is parted before it is packed."


def test_it_has_one_label(ready: Ready) -> None:
    parcels = ready_of(ready(), ready())
    merge_parcels(parcels, actor=None)
    pick_shipments(parcels, actor=None)
    pack_shipments(parcels, actor=None)

    with pytest.raises(InvalidInput) as refused:
        ship_shipments(parcels, actor=None, waybills={pk: ("SF", f"SF{pk}") for pk in parcels})

    assert [(one.field, one.code) for one in refused.value.errors] == [("waybill", "differs")]


def test_a_label_is_corrected_on_all_of_it(ready: Ready, clerk: User) -> None:
    parcels = ready_of(ready(), ready())
    merge_parcels(parcels, actor=None)
    pick_shipments(parcels, actor=None)
    pack_shipments(parcels, actor=None)
    ship_shipments(parcels, actor=None, waybills={parcels[1]: ("SF", "SF1")})

    correct_waybill(
        parcels[0], was=("SF", "SF1"), carrier="SF", waybill="SF2", actor=clerk, reason="typo"
    )

    assert list(Shipment.objects.values_list("waybill", flat=True)) == ["SF2", "SF2"]


def test_goods_that_are_freed_leave_the_parcel(ready: Ready, web: Channel) -> None:
    first, second = ready(), ready()
    merge_parcels(ready_of(first, second), actor=None)

    cancel_orders([first.pk], actor=None, reason="not wanted")

    assert list(Stock.objects.values_list("reserved", flat=True)) == [1]
