"""Two people who take in the same delivery, or order the same goods, at the same moment."""

import pytest

from inventory.models import PurchaseOrder, Receipt, Sku, Stock, Warehouse
from inventory.purchasing import make
from inventory.purchasing import receive as receiving
from inventory.purchasing.make import Wanted, make_orders
from inventory.purchasing.receive import Delivered, Delivery, receive_delivery
from inventory.purchasing.transition import lock_purchase
from oms.errors import InvalidInput, Stale
from tests.fixtures.purchasing import Buy
from tests.races.racing import at_once, meeting_after

pytestmark = pytest.mark.django_db(transaction=True)


def taken_in_twice(order: PurchaseOrder, *, same_key: bool = False, version: int | None = None):
    delivery = Delivery([Delivered(order.lines.get().pk, 10)])

    def take_in(key: str):
        return lambda: receive_delivery(
            order.pk, delivery, event_key=key, version=version, actor=None
        )

    return at_once(take_in("A"), take_in("A" if same_key else "B"))


@pytest.mark.usefixtures("holds")
def test_of_two_who_take_in_the_same_line_one_is_told(buy: Buy, monkeypatch):
    order = buy()
    monkeypatch.setattr(receiving, "lock_purchase", meeting_after(lock_purchase))

    results = taken_in_twice(order, version=order.version)

    assert {type(one) for one in results} == {Receipt, Stale}
    assert Stock.objects.get().on_hand == 10


@pytest.mark.usefixtures("holds")
def test_the_same_delivery_sent_twice_at_once_is_one(buy: Buy):
    results = taken_in_twice(buy(), same_key=True)

    assert results[0] == results[1]
    assert Stock.objects.get().on_hand == 10


def without_lock(order_id: int, *, version: int | None = None) -> PurchaseOrder:
    return PurchaseOrder.objects.get(pk=order_id)


def test_without_the_lock_both_are_taken_in(buy: Buy, monkeypatch):
    monkeypatch.setattr(receiving, "lock_purchase", meeting_after(without_lock))

    results = taken_in_twice(buy())

    assert [type(one) for one in results].count(InvalidInput) == 0
    assert Stock.objects.get().on_hand == 20


def ordered_twice(sku: Sku, warehouse: Warehouse):
    def order():
        return make_orders([Wanted(sku.pk, 5)], warehouse=warehouse, mark=0, actor=None)

    return at_once(order, order)


@pytest.fixture
def meeting_buyers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make, "ordered_since", meeting_after(make.ordered_since))


@pytest.mark.usefixtures("meeting_buyers")
def test_of_two_who_order_the_same_the_second_is_shown_the_firsts_order(
    bought: Sku, warehouse: Warehouse
):
    results = ordered_twice(bought, warehouse)

    order = PurchaseOrder.objects.get()
    assert sorted(len(one.orders) for one in results) == [0, 1]
    assert {"CUP-1": order.number} in [one.ordered_by_others for one in results]


@pytest.mark.usefixtures("meeting_buyers")
def test_without_the_turn_both_order(bought: Sku, warehouse: Warehouse, monkeypatch):
    monkeypatch.setattr(make, "_ALONE", "SELECT 1")

    ordered_twice(bought, warehouse)

    assert PurchaseOrder.objects.count() == 2
