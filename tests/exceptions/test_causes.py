"""Each cause opens its exception, and closes it when it is gone; nobody does it by hand."""

from datetime import timedelta

import pytest
from django.utils import timezone

from inventory.models import Sku, Warehouse
from orders import pipeline
from orders.billing.pay import record_payment
from orders.desk.edit import edit_order
from orders.exceptions import watch
from orders.exceptions.causes import CAUSES
from orders.exceptions.models import ExceptionTimer, OrderException
from orders.intake.draft import CustomerDraft, ShipTo
from orders.models import Order, Shipment
from orders.review.decide import hold_orders
from tests.exceptions.steps import long_ago, open_causes, the_one
from tests.fixtures import flow
from tests.fixtures.company import Place, create_sku, draft

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]


def incomplete(place: Place, **missing: str) -> Order:
    """An order whose address lacks its street."""
    address = {
        "name": "王小明",
        "phone": "13800138001",
        "country": "CN",
        "city": "杭州市",
    } | missing
    order = place(draft=draft(ship_to=ShipTo(**address)))
    pipeline.advance()
    return flow.fresh(order)


def test_a_short_order_is_an_exception_until_its_goods_are_there(
    place: Place, cup: Sku, warehouse: Warehouse
) -> None:
    order = flow.approve(place(("CUP-1", 3)))

    assert open_causes() == ["short"]
    one = OrderException.objects.get()
    assert (one.kind, one.data) == ("short", {"goods": {"CUP-1": 3}})
    assert CAUSES["short"].words(one.data) == "Short of CUP-1 ×3"

    flow.receive(cup, warehouse, 3)
    pipeline.advance()

    assert open_causes(order) == []
    one.refresh_from_db()
    assert (one.closed_how, one.closed_by) == ("solved", None)


def test_only_what_is_short_is_named(place: Place, cup: Sku, warehouse: Warehouse) -> None:
    create_sku("BIG-1")
    flow.receive(cup, warehouse, 5)
    flow.approve(place(("CUP-1", 2), ("BIG-1", 4)))

    assert the_one("short").data == {"goods": {"BIG-1": 4}}


def test_an_order_that_went_in_part_is_short_of_the_rest(
    place: Place, cup: Sku, warehouse: Warehouse
) -> None:
    create_sku("BIG-1")
    flow.receive(cup, warehouse, 5)
    order = flow.send(flow.approve(place(("CUP-1", 2), ("BIG-1", 4), ship_complete=False)))

    assert order.status == "partially_shipped"
    assert the_one("short").data == {"goods": {"BIG-1": 4}}


def test_an_incomplete_address_is_one_until_it_is_complete(place: Place) -> None:
    order = incomplete(place, phone="")

    one = the_one("address_incomplete")
    words = CAUSES[one.cause].words(one.data)
    assert words == "Address incomplete: phone/street missing"

    edit_order(order.pk, version=1, changes={"ship_phone": "13800138001"}, actor=None)
    assert the_one("address_incomplete").data == {"missing": ["ship_street"]}
    edit_order(order.pk, version=2, changes={"ship_street": "文三路 1 号"}, actor=None)

    assert open_causes() == []


def test_an_order_without_any_address_is_fetched(place: Place) -> None:
    place(draft=draft(ship_to=ShipTo()))
    pipeline.advance()

    assert open_causes() == []


def test_too_much_paid_is_one_until_it_is_given_back(place: Place) -> None:
    order = flow.pay(place(), 15)

    one = the_one("overpaid")
    assert CAUSES["overpaid"].words(one.data) == "Paid ¥15.00, owed only ¥10.00"

    flow.pay(order, -5)
    assert open_causes() == []


def test_a_cancelled_order_that_was_paid_is_one(place: Place) -> None:
    order = flow.cancel(flow.pay(place(), 10))

    assert open_causes() == ["cancelled_paid"]
    flow.pay(order, -10)
    assert open_causes() == []


def test_what_has_left_unpaid_is_one(place: Place, cup: Sku, warehouse: Warehouse) -> None:
    flow.receive(cup, warehouse, 5)
    order = flow.send(flow.approve(place()))

    assert open_causes() == ["shipped_unpaid"]
    record_payment(order.pk, method="bank", amount=order.total_amount, actor=None)
    assert open_causes() == []


def test_the_same_goods_twice_within_a_day_are_one_of_the_later_order(place: Place) -> None:
    first, second = place(), place()
    pipeline.advance()

    assert the_one("duplicate").order_id == second.pk
    assert open_causes(first) == []

    flow.cancel(first)
    assert open_causes() == []


@pytest.mark.parametrize(
    "fields",
    [
        {"customer": CustomerDraft(name="李雷", phone="13900139000")},
        {"placed_at": timezone.now() - timedelta(hours=30)},
        {"lines": "other"},
    ],
)
def test_other_orders_are_no_duplicates(place: Place, fields: dict[str, object]) -> None:
    create_sku("BIG-1")
    lines = [("BIG-1", 1)] if fields.pop("lines", None) else []
    place()
    place(draft=draft(*lines, **fields))
    pipeline.advance()

    assert open_causes() == []


def test_the_promise_that_passes_opens_it_without_an_event(
    place: Place, cup: Sku, warehouse: Warehouse
) -> None:
    flow.receive(cup, warehouse, 5)
    promised = timezone.now() + timedelta(hours=1)
    order = flow.approve(place(draft=draft(promised_at=promised)))
    assert open_causes() == []
    assert ExceptionTimer.objects.get(order=order).due_at == promised

    past = timezone.now() - timedelta(minutes=1)
    Order.objects.filter(pk=order.pk).update(promised_at=past)
    ExceptionTimer.objects.update(due_at=past)

    assert the_one("overdue").deadline_at == past
    flow.cancel(order)
    assert open_causes() == []


def test_what_is_late_for_lack_of_goods_is_told_once(place: Place) -> None:
    past = timezone.now() - timedelta(minutes=1)
    flow.approve(place(draft=draft(promised_at=past)))

    assert open_causes() == ["short"]
    assert the_one("short").deadline_at == past


def test_an_order_that_nobody_decides_on_is_one_after_a_day(place: Place) -> None:
    order = place()
    pipeline.advance()
    assert open_causes() == []

    long_ago(order, hours=25)
    assert open_causes() == ["undecided"]
    hold_orders([order.pk], actor=None, reason="a call")
    assert open_causes() == []

    long_ago(order, hours=49)
    assert the_one("held_long").data == {"reason": "a call"}


def test_a_parcel_that_does_not_arrive_is_one(place: Place, cup: Sku, warehouse: Warehouse) -> None:
    flow.receive(cup, warehouse, 5)
    order = flow.send(flow.approve(flow.pay(place(), 10)))
    Shipment.objects.update(
        waybill="SF1", carrier="顺丰", shipped_at=timezone.now() - timedelta(days=8)
    )
    long_ago(order, days=8)

    one = the_one("not_delivered")
    assert CAUSES[one.cause].words(one.data) == "No delivery after 7 days: 顺丰 SF1"
    flow.deliver(order)
    assert open_causes() == []


def test_looking_twice_changes_nothing(place: Place) -> None:
    flow.approve(place(("CUP-1", 3)))
    watch.sweep()
    before = list(OrderException.objects.values())
    watch.sweep()
    watch.look_again("short")
    watch.sweep()

    assert list(OrderException.objects.values()) == before
