"""A company with an order in each of the states that invariants speak about."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from inventory.ledger import Posting, post
from inventory.models import Sku, StockAdjustment, StockMovement, Warehouse
from oms.models import IdempotencyKey, User
from orders.desk.cancel import cancel_orders
from orders.models import ImportBatch, ImportRow, Order, Return, ReturnLine
from tests.fixtures import flow
from tests.fixtures.company import create_sku

Orders = dict[str, Order]


@pytest.fixture
def busy_company(
    place: Callable[..., Order], cup: Sku, warehouse: Warehouse, clerk: User
) -> Orders:
    """Orders by name: waiting, allocated, short, done, cancelled; every table has a row."""
    flow.receive(cup, warehouse, 49)
    flow.receive(create_sku("BIG-1"), warehouse, 5)
    wanted = {"waiting": 1, "allocated": 2, "done": 2, "cancelled": 3}
    orders = {name: place(("CUP-1", n), external_no=name) for name, n in wanted.items()}
    orders["short"] = place(("BIG-1", 100), external_no="short")
    for name in ("allocated", "done", "cancelled", "short"):
        orders[name] = flow.approve(orders[name])
    cancel_orders([orders["cancelled"].pk], actor=clerk, reason="changed her mind")
    done = flow.pay(flow.deliver(flow.send(orders["done"])), 20)
    _write_off(cup, warehouse)
    _give_back(done)
    _take_in(done, clerk)
    return {name: flow.fresh(order) for name, order in orders.items()}


def _write_off(cup: Sku, warehouse: Warehouse) -> None:
    kind = StockMovement.Kind.ADJUSTMENT
    movement = post([Posting(warehouse.pk, cup.pk, -1, kind, "damaged")], actor=None)[0]
    StockAdjustment.objects.create(
        sku=cup, code="CUP-1", quantity=-1, reference="WRITE-OFF-1", status="applied",
        movement_id=movement, happened_at=timezone.now(),
    )  # fmt: skip


def _give_back(done: Order) -> None:
    document = Return.objects.create(
        channel=done.channel,
        external_no="C-1",
        currency="CNY",
        amount=10,
        happened_at=timezone.now(),
    )
    ReturnLine.objects.create(
        document=document, position=1, order_line=done.lines.get(), quantity=1, unit_price=10,
        amount=10, status=ReturnLine.Status.WAITING,
    )  # fmt: skip


def _take_in(done: Order, clerk: User) -> None:
    batch = ImportBatch.objects.create(
        file_name="orders.csv", channel=done.channel, status="finished", rows_done=1
    )
    ImportRow.objects.create(batch=batch, row_no=1, raw="done", outcome=ImportRow.Outcome.GOODS)
    body = [{"id": done.pk, "number": done.number}]
    IdempotencyKey.objects.create(user=clerk, key="K-1", status_code=201, body=body)
