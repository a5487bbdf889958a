"""Allocation: approved orders get their goods, or say what is lacking."""

from decimal import Decimal

import pytest

from inventory.models import Reservation, Sku, Stock, Warehouse
from orders import pipeline
from orders.intake.draft import PaymentDraft
from orders.models import Order
from orders.review.decide import approve_orders
from tests.fixtures.company import Place, create_sku
from tests.fixtures.flow import approve, fresh, pay, receive, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]


def test_an_approved_order_is_reserved_and_has_a_shipment_ready_to_pick(
    place: Place, cup: Sku, warehouse: Warehouse
) -> None:
    receive(cup, warehouse, 5)

    order = approve(place(("CUP-1", 2)))

    shipment = order.shipments.get()
    assert order.status == "allocated"
    assert (shipment.number, shipment.status) == (f"{order.number}-1", "ready")
    assert shipment.lines.get().quantity == 2
    assert Stock.objects.get().reserved == 2


def test_an_order_split_over_two_warehouses_has_a_shipment_in_each(
    place: Place, cup: Sku, warehouse: Warehouse, other_warehouse: Warehouse
) -> None:
    receive(cup, warehouse, 1)
    receive(cup, other_warehouse, 1)

    order = approve(place(("CUP-1", 2)))

    assert order.status == "allocated"
    assert [row.warehouse.code for row in order.shipments.order_by("number")] == ["HZ", "GZ"]


def test_an_inactive_warehouse_gives_nothing(place: Place, cup: Sku, warehouse: Warehouse) -> None:
    receive(cup, warehouse, 5)
    Warehouse.objects.update(is_active=False)

    assert approve(place()).status == "backordered"


def test_a_short_order_says_what_it_lacks(place: Place, cup: Sku, warehouse: Warehouse) -> None:
    receive(cup, warehouse, 1)

    order = approve(place(("CUP-1", 3)))

    assert (order.status, order.reason_code) == ("backordered", "short")
    assert order.reason_detail == "CUP-1 ×2"
    assert not Reservation.objects.exists()


def test_a_back_ordered_order_goes_on_when_goods_arrive(
    place: Place, cup: Sku, warehouse: Warehouse
) -> None:
    order = approve(place(("CUP-1", 3)))

    receive(cup, warehouse, 3)
    pipeline.advance()

    assert fresh(order).status == "allocated"


def test_the_oldest_order_is_served_first(place: Place, cup: Sku, warehouse: Warehouse) -> None:
    old, new = place(("CUP-1", 2)), place(("CUP-1", 2))
    receive(cup, warehouse, 3)

    approve_orders([new.pk, old.pk], actor=None)
    pipeline.advance()

    assert [fresh(old).status, fresh(new).status] == ["allocated", "backordered"]


def test_an_order_that_may_ship_in_parts_ships_what_there_is_and_later_the_rest(
    place: Place, cup: Sku, warehouse: Warehouse
) -> None:
    receive(cup, warehouse, 1)
    order = approve(place(("CUP-1", 3), ship_complete=False))
    assert order.status == "backordered"
    assert order.shipments.get().lines.get().quantity == 1

    assert send(order).status == "partially_shipped"
    receive(cup, warehouse, 2)
    pipeline.advance()

    assert send(order).status == "shipped"
    assert [row.number[-2:] for row in order.shipments.order_by("pk")] == ["-1", "-2"]


def test_a_paid_order_without_goods_is_done_at_once(place: Place) -> None:
    create_sku("FIX-1", kind="service")

    order = approve(place(("FIX-1", 1), payment=PaymentDraft("cash", Decimal(10))))

    assert (order.status, order.reason_code) == ("completed", "nothing_to_ship")


def test_an_unpaid_order_without_goods_waits_for_its_money(place: Place) -> None:
    create_sku("FIX-1", kind="service")
    order = approve(place(("FIX-1", 1)))
    assert (order.status, order.reason_code) == ("approved", "awaiting_payment")

    pay(order, 10)
    pipeline.advance()

    assert fresh(order).status == "completed"


def test_the_shortage_shown_is_that_of_now(place: Place, cup: Sku, warehouse: Warehouse) -> None:
    order = approve(place(("CUP-1", 3), ship_complete=False))
    assert order.reason_detail == "CUP-1 ×3"

    receive(cup, warehouse, 2)
    pipeline.advance()

    assert fresh(order).reason_detail == "CUP-1 ×1"


def test_advancing_again_changes_nothing(place: Place, cup: Sku, warehouse: Warehouse) -> None:
    receive(cup, warehouse, 2)
    approve(place(("CUP-1", 2)))
    approve(place(("CUP-1", 2)))
    before = list(Order.objects.order_by("pk").values_list("status", "version"))

    done = pipeline.advance()

    assert (done.allocated, done.backordered) == (0, 0)
    assert list(Order.objects.order_by("pk").values_list("status", "version")) == before
