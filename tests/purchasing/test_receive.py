"""Taking in a delivery: partial, over, damaged, twice, negative; and who hears of it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from inventory.models import Receipt, ReceiptLine, Sku, Stock, StockBlock, StockMovement, Warehouse
from inventory.purchasing.close import cancel_purchase, close_purchase
from inventory.purchasing.receive import Delivered, Delivery, receive_delivery
from oms.errors import Conflict, InvalidInput, NotPossible, Stale
from orders import pipeline
from orders.models import OrderEvent
from tests.fixtures import flow
from tests.fixtures.company import Place, create_sku
from tests.fixtures.purchasing import Buy, create_item, delivered

pytestmark = pytest.mark.usefixtures("holds")


def fields(refusal: pytest.ExceptionInfo[InvalidInput]) -> list[tuple[str, str]]:
    return [(error.field, error.code) for error in refusal.value.errors]


def as_before(order) -> None:
    assert (Receipt.objects.count(), StockMovement.objects.count()) == (0, 0)
    assert type(order).objects.get(pk=order.pk).status == "sent"


def test_all_of_it_is_received_at_its_cost(buy: Buy, bought: Sku):
    order = buy()

    receipt = delivered(order, 10, reference="DN-1")

    order.refresh_from_db()
    movement = StockMovement.objects.get()
    assert order.status == "received"
    assert (movement.quantity, movement.kind, movement.reference) == (10, "receipt", order.number)
    assert movement.unit_cost == Decimal("4")
    assert ReceiptLine.objects.get(receipt=receipt).movement == movement
    assert Sku.objects.get(pk=bought.pk).cost == Decimal("4")


def test_in_another_currency_the_cost_is_price_times_rate(buy: Buy):
    order = buy()
    type(order).objects.filter(pk=order.pk).update(currency="USD", rate=Decimal("7.1"))

    delivered(order, 10)

    assert StockMovement.objects.get().unit_cost == Decimal("28.4")


def test_a_part_of_it_leaves_the_rest_open(buy: Buy):
    order = buy()

    delivered(order, 4)

    order.refresh_from_db()
    assert (order.status, order.lines.get().open) == ("partly_received", 6)
    delivered(order, 6)
    order.refresh_from_db()
    assert (order.status, Stock.objects.get().on_hand) == ("received", 10)


def test_damaged_pieces_are_taken_in_and_blocked(buy: Buy):
    order = buy()

    delivered(order, 7, damaged=3)

    stock = Stock.objects.get()
    assert (stock.on_hand, stock.blocked, stock.available) == (10, 3, 7)
    block = StockBlock.objects.get()
    assert (block.quantity, block.reason, block.reference) == (3, "damaged", order.number)
    assert order.lines.get().damaged == 3


def test_the_same_delivery_twice_has_one_effect(buy: Buy):
    order = buy()

    first, second = delivered(order, 4, key="K"), delivered(order, 4, key="K")

    assert first == second
    assert Stock.objects.get().on_hand == 4


def test_a_key_belongs_to_one_purchase_order(buy: Buy):
    delivered(buy(), 4, key="K")

    with pytest.raises(Conflict):
        delivered(buy(), 4, key="K")


@pytest.mark.parametrize(
    ("pieces", "damaged", "field"),
    [(-1, 0, "lines[0].good"), (1, -1, "lines[0].damaged"), (10**9, 0, "lines[0].good")],
)
def test_impossible_figures_are_refused(buy: Buy, pieces, damaged, field):
    order = buy()

    with pytest.raises(InvalidInput) as refusal:
        delivered(order, pieces, damaged=damaged)

    assert fields(refusal) == [(field, "out_of_range")]
    as_before(order)


def test_nothing_is_no_delivery(buy: Buy):
    order = buy()

    with pytest.raises(InvalidInput) as refusal:
        delivered(order, 0)

    assert fields(refusal) == [("lines[0].good", "empty")]
    as_before(order)


def test_a_few_more_than_ordered_need_a_reason(buy: Buy):
    order = buy()

    with pytest.raises(InvalidInput) as refusal:
        delivered(order, 11)

    assert fields(refusal) == [("reason", "over")]
    as_before(order)
    delivered(order, 11, reason="A present")
    line = ReceiptLine.objects.get()
    assert (line.good, line.over, line.receipt.reason) == (11, 1, "A present")


def test_more_than_the_suppliers_limit_is_refused_whatever_the_reason(buy: Buy):
    order = buy()

    with pytest.raises(InvalidInput) as refusal:
        delivered(order, 12, reason="They sent it")

    assert fields(refusal) == [("lines[0].good", "over")]
    as_before(order)


def test_the_limit_counts_all_deliveries_together(buy: Buy):
    order = buy()
    delivered(order, 9)

    with pytest.raises(InvalidInput) as refusal:
        delivered(order, 3, reason="They sent it")

    assert fields(refusal) == [("lines[0].good", "over")]


def test_a_line_of_another_purchase_order_is_refused(buy: Buy):
    order, other = buy(), buy()
    line = order.lines.get()
    line.purchase_order_id = other.pk

    with pytest.raises(InvalidInput) as refusal:
        delivered_to_line(other, line.pk)

    assert fields(refusal) == [("lines[0].line", "unknown")]


def delivered_to_line(order, line_id):
    return receive_delivery(order.pk, Delivery([Delivered(line_id, 1)]), event_key="K", actor=None)


@pytest.mark.parametrize("end", [cancel_purchase, close_purchase])
def test_what_was_ended_takes_nothing_in(buy: Buy, end):
    order = buy()
    end(order.pk, reason="Too late", actor=None)

    with pytest.raises(NotPossible):
        delivered(order, 1)

    assert not Receipt.objects.exists()


def test_who_looked_at_an_older_version_is_told(buy: Buy):
    order = buy()
    version = order.version
    delivered(order, 4)

    with pytest.raises(Stale):
        receive_delivery(
            order.pk,
            Delivery([Delivered(order.lines.get().pk, 6)]),
            event_key="K",
            version=version,
            actor=None,
        )


def told(order) -> list[str]:
    events = OrderEvent.objects.filter(order=order, kind="goods_arrived").order_by("pk")
    return [event.data["purchase_order"] for event in events]


def test_waiting_orders_are_told_and_served_the_oldest_promise_first(buy: Buy, place: Place):
    orders = [flow.approve(place(("CUP-1", 4), promised_at=day)) for day in days(9, 3, 6)]
    purchase = buy()

    receipt = delivered(purchase, 8)
    pipeline.advance()

    assert [told(order) for order in orders] == [[], [purchase.number], [purchase.number]]
    assert receipt.told == [orders[1].number, orders[2].number]
    due = OrderEvent.objects.filter(kind="notice_due").values_list("order", flat=True)
    assert set(due) == {orders[1].pk, orders[2].pk}


def days(*numbers: int) -> list[object]:
    return [timezone.now() + timedelta(days=number) for number in numbers]


def test_who_still_lacks_something_else_is_not_told(
    buy: Buy, place: Place, warehouse: Warehouse, supplier
):
    create_item(supplier, create_sku("BIG-1"))
    both = flow.approve(place(("CUP-1", 1), ("BIG-1", 1)))
    cup_only = flow.approve(place(("CUP-1", 1)))

    delivered(buy(), 1)
    pipeline.advance()

    assert told(both) == []
    assert len(told(cup_only)) == 1
    assert flow.fresh(cup_only).status == "allocated"


def test_damaged_pieces_release_nobody(buy: Buy, place: Place):
    order = flow.approve(place(("CUP-1", 1)))

    delivered(buy(), 0, damaged=10)
    pipeline.advance()

    assert told(order) == []
    assert flow.fresh(order).status == "backordered"
