"""Pick, pack, ship, deliver: each takes a shipment one step, and the order follows."""

import pytest

from inventory.models import Sku, Stock, StockMovement, Warehouse
from oms.errors import InvalidInput
from oms.models import User
from orders import pipeline
from orders.fulfilment.deliver import deliver_shipments
from orders.fulfilment.pack import pack_shipments
from orders.fulfilment.pick import pick_shipments
from orders.fulfilment.ship import ship_shipments
from orders.models import Order
from orders.outcome import Outcome
from orders.review.decide import hold_orders, release_orders
from tests.fixtures.company import Place
from tests.fixtures.flow import approve, deliver, fresh, pay, pick, receive, send, shipments_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]


@pytest.fixture
def ready(place: Place, cup: Sku, warehouse: Warehouse) -> Order:
    """An order of two cups, ready to ship; five are on hand."""
    receive(cup, warehouse, 5)
    return approve(place(("CUP-1", 2)))


def test_the_order_follows_its_shipment_from_picking_to_done(ready: Order) -> None:
    assert pick(ready).status == "in_fulfilment"
    pack_shipments(shipments_of(ready), actor=None)
    assert ship_shipments(shipments_of(ready), actor=None).done == shipments_of(ready)
    assert fresh(ready).status == "shipped"
    assert deliver(ready).status == "delivered"
    assert pay(ready, 20).status == "completed"


def test_a_paid_order_is_done_on_delivery(ready: Order) -> None:
    pay(ready, 20)

    assert deliver(send(ready)).status == "completed"


def test_stock_leaves_once_with_the_shipment_named(ready: Order, packer: User) -> None:
    send(ready)
    again = ship_shipments(shipments_of(ready), actor=packer)

    assert again.done == []
    assert list(Stock.objects.values_list("on_hand", "reserved")) == [(3, 0)]
    movement = StockMovement.objects.get(kind="shipment")
    assert (movement.quantity, movement.reference) == (-2, f"{ready.number}-1")


def test_carrier_and_waybill_are_kept(ready: Order) -> None:
    pick(ready)
    pack_shipments(shipments_of(ready), actor=None)
    (shipment,) = shipments_of(ready)
    ship_shipments([shipment], actor=None, waybills={shipment: ("SF", "SF1234567890")})

    assert ready.shipments.values_list("carrier", "waybill").get() == ("SF", "SF1234567890")
    event = ready.events.get(kind="handed_over")
    assert event.data == {
        "shipment": f"{ready.number}-1",
        "carrier": "SF",
        "waybill": "SF1234567890",
    }


def test_a_waybill_is_kept_in_capitals_without_blanks(ready: Order) -> None:
    pick(ready)
    pack_shipments(shipments_of(ready), actor=None)
    (shipment,) = shipments_of(ready)
    ship_shipments([shipment], actor=None, waybills={shipment: (" 顺丰 ", " sf12a ")})

    assert ready.shipments.values_list("carrier", "waybill").get() == ("顺丰", "SF12A")


@pytest.mark.parametrize(
    ("carrier", "waybill", "wrong"),
    [
        ("x" * 41, "1" * 65, [("carrier", "too_long"), ("waybill", "too_long")]),
        ("S\x00F", "1\n2", [("carrier", "control_character"), ("waybill", "control_character")]),
    ],
)
def test_a_waybill_that_cannot_be_leaves_the_parcel_where_it_is(
    ready: Order, carrier: str, waybill: str, wrong: list[tuple[str, str]]
) -> None:
    pick(ready)
    pack_shipments(shipments_of(ready), actor=None)
    (shipment,) = shipments_of(ready)

    with pytest.raises(InvalidInput) as refused:
        ship_shipments([shipment], actor=None, waybills={shipment: (carrier, waybill)})

    assert [(one.field, one.code) for one in refused.value.errors] == wrong
    assert shipments_of(ready, "packed") == [shipment]


def test_a_step_out_of_turn_is_refused_with_the_reason(ready: Order) -> None:
    (shipment,) = shipments_of(ready)

    outcome = ship_shipments([shipment], actor=None)

    assert outcome == Outcome(
        [], {shipment: f"{ready.number}-1 is “Ready to pick”; it cannot become “Shipped”."}
    )
    assert fresh(ready).status == "allocated"


def test_an_absent_shipment_is_refused(db: None) -> None:
    assert deliver_shipments([404], actor=None).refused == {404: "There is no such shipment."}


def test_a_held_order_is_not_sent_until_it_is_released(ready: Order) -> None:
    pick(ready)
    hold_orders([ready.pk], actor=None, reason="wrong colour")

    (words,) = pack_shipments(shipments_of(ready), actor=None).refused.values()
    assert words == f"{ready.number}-1: the order is “On hold”; do not send it."

    release_orders([ready.pk], actor=None)
    pipeline.advance()
    assert fresh(ready).status == "in_fulfilment"
    assert pack_shipments(shipments_of(ready), actor=None).refused == {}


def test_one_refused_shipment_does_not_stop_the_others(ready: Order, place: Place) -> None:
    other = approve(place(("CUP-1", 1), external_no="B"))
    pick(ready)

    outcome = pick_shipments(shipments_of(ready) + shipments_of(other), actor=None)

    assert outcome.done == shipments_of(other)
    assert list(outcome.refused) == shipments_of(ready)
