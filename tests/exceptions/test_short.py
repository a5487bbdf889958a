"""Mending a shortage: what is there goes, the rest waits or is cancelled; stock and money stay right."""

from decimal import Decimal

import pytest

from inventory.models import Sku, Stock, Warehouse
from oms.models import User
from orders import pipeline
from orders.allocation.parts import ship_in_parts, ship_whole_again
from orders.exceptions.fixes import ship_only_whole, ship_what_is_there
from orders.exceptions.models import OrderException
from orders.models import Order, OrderLine, Return, ReturnLine
from orders.returns.cancel_short import cancel_short
from tests.exceptions.steps import open_causes, the_one
from tests.fixtures import flow
from tests.fixtures.company import Place, create_sku

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]


def test_what_is_there_is_reserved_and_the_rest_waits(short: Order, cup: Sku, clerk: User) -> None:
    one = the_one("short")

    outcome = ship_what_is_there([short.pk], actor=clerk)
    pipeline.advance()

    assert outcome.done == [short.pk]
    assert Stock.objects.get(sku=cup).reserved == 2
    assert open_causes() == ["short"]
    one.refresh_from_db()
    assert one.waiting_until is not None
    kinds = list(short.events.order_by("pk").values_list("kind", flat=True))
    assert kinds[-2:] == ["parts_allowed", "put_off"]


def test_undone_it_waits_for_all_of_it_again(short: Order, cup: Sku, clerk: User) -> None:
    the_one("short")
    ship_what_is_there([short.pk], actor=clerk)
    pipeline.advance()

    ship_only_whole([short.pk], actor=clerk)
    pipeline.advance()

    assert Stock.objects.get(sku=cup).reserved == 0
    assert flow.fresh(short).ship_complete is True
    assert the_one("short").waiting_until is None


def test_what_is_being_picked_is_not_undone(short: Order, clerk: User) -> None:
    ship_in_parts([short.pk], actor=clerk)
    pipeline.advance()
    flow.pick(short)

    outcome = ship_whole_again([short.pk], actor=clerk)

    assert (outcome.done, list(outcome.refused)) == ([], [short.pk])


def test_an_order_that_is_not_short_is_refused(place: Place, clerk: User) -> None:
    order = place()

    outcome = ship_in_parts([order.pk], actor=clerk)

    assert outcome.refused == {
        order.pk: f"Order {order.number} is “To review”; it cannot become “Ready to ship”."
    }
    assert cancel_short([order.pk], actor=clerk, reason="").done == []


def test_cancelling_what_is_short_credits_it_and_lets_the_rest_go(
    short: Order, clerk: User
) -> None:
    outcome = cancel_short([short.pk], actor=clerk, reason="Not made any more")
    pipeline.advance()

    assert outcome.done == [short.pk]
    order = flow.fresh(short)
    assert (order.status, order.total_amount) == ("allocated", Decimal(80))
    cancelled = dict(OrderLine.objects.values_list("sku__code", "cancelled_quantity"))
    assert cancelled == {"CUP-1": 0, "BIG-1": 3}
    document = Return.objects.get()
    assert (document.external_no, document.amount) == (f"{order.number}-C1", Decimal(60))
    assert list(ReturnLine.objects.values_list("quantity", "amount", "status")) == [
        (3, Decimal(60), "applied")
    ]
    assert open_causes() == []


def test_a_part_of_a_line_is_credited_by_the_piece(
    place: Place, cup: Sku, warehouse: Warehouse, clerk: User
) -> None:
    flow.receive(cup, warehouse, 1)
    order = flow.approve(flow.pay(place(("CUP-1", 3)), 30))

    cancel_short([order.pk], actor=clerk, reason="")
    pipeline.advance()

    assert flow.fresh(order).status == "allocated"
    assert Return.objects.get().amount == 20
    assert the_one("overpaid").data == {"owed": "10.00", "paid": "30.00", "currency": "CNY"}


def test_an_order_of_which_everything_is_short_is_cancelled(place: Place, clerk: User) -> None:
    order = flow.approve(place(("CUP-1", 3)))

    cancel_short([order.pk], actor=clerk, reason="Not made any more")

    assert flow.fresh(order).status == "cancelled"
    assert not Return.objects.exists()
    assert open_causes() == []


def test_the_rest_of_an_order_that_left_in_part_is_cancelled_and_it_is_shipped(
    place: Place, cup: Sku, warehouse: Warehouse, clerk: User
) -> None:
    create_sku("BIG-1")
    flow.receive(cup, warehouse, 5)
    order = flow.pay(place(("CUP-1", 2), ("BIG-1", 4), ship_complete=False), 60)
    order = flow.send(flow.approve(order))

    cancel_short([order.pk], actor=clerk, reason="")

    assert flow.fresh(order).status == "shipped"
    assert open_causes() == ["overpaid"]


def test_the_same_free_pieces_do_not_save_two_orders(
    place: Place, cup: Sku, warehouse: Warehouse, clerk: User
) -> None:
    first, second = flow.approve(place(("CUP-1", 3))), flow.approve(place(("CUP-1", 3)))
    flow.receive(cup, warehouse, 3)

    outcome = cancel_short([first.pk, second.pk], actor=clerk, reason="")
    pipeline.advance()

    assert (outcome.done, list(outcome.refused)) == ([second.pk], [first.pk])
    assert flow.fresh(first).status == "allocated"
    assert flow.fresh(second).status == "cancelled"


def test_goods_that_come_end_the_waiting(short: Order, warehouse: Warehouse, clerk: User) -> None:
    big = Sku.objects.get(code="BIG-1")
    other = create_sku("OTHER-1")
    OrderLine.objects.filter(order=short, sku__code="CUP-1").update(sku=other)
    one = the_one("short")
    OrderException.objects.update(waiting_until=one.deadline_at)

    flow.receive(big, warehouse, 3)

    assert the_one("short").data == {"goods": {"OTHER-1": 2}}
    assert the_one("short").waiting_until is None
