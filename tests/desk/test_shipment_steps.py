from typing import Any

import pytest

from inventory.models import Sku, Warehouse, WarehouseStaff
from oms.models import User
from orders.models import Order, Shipment
from orders.review.decide import hold_orders
from tests.fixtures import flow
from tests.fixtures.company import Place

pytestmark = pytest.mark.usefixtures("holds")

STEPS = ["pick", "pack", "ship", "deliver"]


@pytest.fixture
def parcel(place: Place, stocked: Warehouse) -> Shipment:
    """A shipment ready to be picked."""
    return Shipment.objects.get(order=flow.approve(place()))


def send(browser: Any, parcel: Shipment, step: str, **data: str) -> Any:
    return browser.post(f"/orders/{parcel.order.number}/shipments/{parcel.pk}/{step}/", data)


def test_a_parcel_goes_from_the_shelf_to_the_door(parcel: Shipment, packer: User, signed_in: Any):
    browser = signed_in(packer)
    seen = []
    for step in STEPS:
        send(browser, parcel, step)
        parcel.refresh_from_db()
        seen.append((parcel.status, Order.objects.get().status))

    assert seen == [
        ("picking", "in_fulfilment"),
        ("packed", "in_fulfilment"),
        ("shipped", "shipped"),
        ("delivered", "delivered"),
    ]
    assert parcel.order.shipments.get().warehouse.stock.get().on_hand == 49


def test_carrier_and_waybill_are_kept_as_they_are_scanned(
    parcel: Shipment, packer: User, signed_in: Any
):
    browser = signed_in(packer)
    for step in ("pick", "pack"):
        send(browser, parcel, step)

    send(browser, parcel, "ship", carrier=" 顺丰 ", waybill=" sf123 ")

    parcel.refresh_from_db()
    assert (parcel.carrier, parcel.waybill) == ("顺丰", "SF123")


def test_a_waybill_that_cannot_be_stops_the_parcel_and_says_why(
    parcel: Shipment, packer: User, signed_in: Any
):
    browser = signed_in(packer)
    for step in ("pick", "pack"):
        browser.get(send(browser, parcel, step).url)

    response = send(browser, parcel, "ship", carrier="SF", waybill="9" * 65)

    (message,) = browser.get(response.url).context["messages"]
    assert str(message) == f"Waybill no. “{'9' * 65}”: Shorten this to 64 characters."
    assert Shipment.objects.values_list("status", "carrier").get() == ("packed", "")


@pytest.mark.parametrize("step", STEPS)
def test_it_must_be_posted(parcel: Shipment, packer: User, signed_in: Any, step: str):
    address = f"/orders/{parcel.order.number}/shipments/{parcel.pk}/{step}/"

    assert signed_in(packer).get(address).status_code == 405


@pytest.mark.parametrize("step", STEPS)
def test_without_the_right_nothing_moves(parcel: Shipment, clerk: User, signed_in: Any, step: str):
    assert send(signed_in(clerk), parcel, step).status_code == 403
    assert Shipment.objects.get().status == "ready"


@pytest.mark.parametrize("step", STEPS)
def test_a_parcel_of_another_warehouse_does_not_exist(
    parcel: Shipment, packer: User, other_warehouse: Warehouse, signed_in: Any, step: str
):
    WarehouseStaff.objects.create(user=packer, warehouse=other_warehouse)

    assert send(signed_in(packer), parcel, step).status_code == 404
    assert Shipment.objects.get().status == "ready"


def test_a_parcel_of_another_order_does_not_exist(
    parcel: Shipment, place: Place, packer: User, signed_in: Any
):
    other = place()

    address = f"/orders/{other.number}/shipments/{parcel.pk}/pick/"

    assert signed_in(packer).post(address).status_code == 404


@pytest.mark.parametrize("step", ["pack", "ship", "deliver"])
def test_no_step_can_be_left_out(parcel: Shipment, packer: User, signed_in: Any, step: str):
    browser = signed_in(packer)

    response = send(browser, parcel, step)

    (message,) = browser.get(response.url).context["messages"]
    assert f"{parcel.number} is “Ready to pick”; it cannot become" in str(message)
    assert Shipment.objects.get().status == "ready"


def test_what_is_held_stays_where_it_is(parcel: Shipment, packer: User, signed_in: Any):
    hold_orders([parcel.order_id], actor=None, reason="?")
    browser = signed_in(packer)

    response = send(browser, parcel, "pick")

    assert "do not send it" in str(list(browser.get(response.url).context["messages"])[0])
    assert Shipment.objects.get().status == "ready"


def test_the_page_offers_the_one_next_step(
    parcel: Shipment, packer: User, clerk: User, signed_in: Any
):
    address = f"/orders/{parcel.order.number}/"

    (shown,) = signed_in(packer).get(address).context["parcels"]
    assert shown.act.label == "Start picking"
    (shown,) = signed_in(clerk).get(address).context["parcels"]
    assert shown.act is None


def test_a_parcel_of_another_warehouse_is_shown_without_a_step(
    place: Place, cup: Sku, warehouse: Warehouse, other_warehouse: Warehouse, packer: User,
    signed_in: Any,
):  # fmt: skip
    for house in (warehouse, other_warehouse):
        flow.receive(cup, house, 1)
    order = flow.approve(place(("CUP-1", 2)))
    WarehouseStaff.objects.create(user=packer, warehouse=other_warehouse)

    shown = signed_in(packer).get(f"/orders/{order.number}/").context["parcels"]

    assert {one.shipment.warehouse: one.act and one.act.name for one in shown} == {
        warehouse: None,
        other_warehouse: "pick",
    }
