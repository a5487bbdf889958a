"""Cancelling gives reserved stock back exactly once."""

import pytest

from inventory.models import Sku, Stock, Warehouse
from orders.desk.cancel import cancel_orders
from tests.fixtures.company import Place
from tests.fixtures.flow import approve, fresh, pick, receive, send, shipments_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]


def test_an_order_under_review_can_be_cancelled(place: Place) -> None:
    order = place()

    assert cancel_orders([order.pk], actor=None, reason="changed mind").done == [order.pk]
    assert (fresh(order).status, fresh(order).reason_detail) == ("cancelled", "changed mind")


def test_cancelling_while_picking_frees_the_stock_once(
    place: Place, cup: Sku, warehouse: Warehouse
) -> None:
    receive(cup, warehouse, 5)
    order = pick(approve(place(("CUP-1", 2))))

    first = cancel_orders([order.pk], actor=None, reason="x")
    second = cancel_orders([order.pk], actor=None, reason="x")

    assert (first.done, second.done) == ([order.pk], [])
    assert list(Stock.objects.values_list("on_hand", "reserved")) == [(5, 0)]
    assert order.shipments.get().status == "cancelled"


def test_a_shipped_order_cannot_be_cancelled(place: Place, cup: Sku, warehouse: Warehouse) -> None:
    receive(cup, warehouse, 5)
    order = send(approve(place(("CUP-1", 2))))

    outcome = cancel_orders([order.pk], actor=None, reason="too late")

    assert outcome.refused == {
        order.pk: f"Order {order.number} is “Shipped”; it cannot become “Cancelled”."
    }
    assert shipments_of(order, "shipped") == shipments_of(order)
