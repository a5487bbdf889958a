"""What an order owes: its total, less what was credited, less what was paid."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import transaction

from inventory.models import Sku, Warehouse
from orders.models import Order, OrderLine, Return, ReturnLine
from tests.fixtures.company import Place
from tests.fixtures.flow import approve, deliver, pay, receive, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]


def credit(order: Order, pieces: int) -> None:
    """As an imported credit does for goods that have not left."""
    line = order.lines.get()
    with transaction.atomic():
        document = Return.objects.create(
            channel=order.channel, external_no="C1", currency="CNY", amount=10 * pieces,
            happened_at=datetime.now(UTC),
        )  # fmt: skip
        ReturnLine.objects.create(
            document=document, position=1, order_line=line, sku=line.sku, quantity=pieces, unit_price=10,
            amount=10 * pieces, status=ReturnLine.Status.APPLIED,
        )  # fmt: skip
        OrderLine.objects.filter(pk=line.pk).update(cancelled_quantity=pieces)


def test_a_partly_credited_order_is_done_when_the_rest_is_paid(
    place: Place, cup: Sku, warehouse: Warehouse
) -> None:
    receive(cup, warehouse, 5)
    order = place(("CUP-1", 3))
    credit(order, 1)

    delivered = deliver(send(approve(order)))
    assert delivered.status == "delivered"

    assert pay(order, 20).status == "completed"
    row = Order.objects.with_paid().get(pk=order.pk)
    assert (row.paid_amount, row.credited_amount) == (Decimal(20), Decimal(10))
