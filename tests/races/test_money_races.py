"""One order that is shipped, cancelled and paid back at the same time."""

from decimal import Decimal

import pytest

from inventory.models import Stock
from orders.billing import pay
from orders.billing.pay import record_payment
from orders.desk.cancel import cancel_orders
from orders.fulfilment.pack import pack_shipments
from orders.fulfilment.ship import ship_shipments
from orders.models import Order, Payment
from tests.fixtures import flow
from tests.races.racing import at_once, in_processes, meeting_after

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def packed(place, cup, warehouse):
    """Two pieces for 20.00, paid and packed."""
    flow.receive(cup, warehouse, 5)
    order = flow.pick(flow.approve(place(("CUP-1", 2))))
    pack_shipments(flow.shipments_of(order), actor=None)
    return flow.pay(order, 20)


def give_back(order, amount):
    return record_payment(order.pk, method="wechat", amount=Decimal(-amount), actor=None).pk


@pytest.mark.parametrize("_round", range(3))
def test_ship_cancel_and_refund_at_once(packed, holds, _round):
    parcels = flow.shipments_of(packed)

    shipped, cancelled, refund, other = in_processes(
        lambda: len(ship_shipments(parcels, actor=None).done),
        lambda: len(cancel_orders([packed.pk], actor=None, reason="x").done),
        lambda: give_back(packed, 15),
        lambda: give_back(packed, 15),
    )

    assert (shipped, cancelled) in {(1, 0), (0, 1)}
    assert Order.objects.get().status == ("shipped" if shipped else "cancelled")
    assert Stock.objects.values_list("on_hand", "reserved").get() == ((3, 0) if shipped else (5, 0))
    (refusal,) = [one for one in (refund, other) if isinstance(one, str)]
    assert refusal.startswith("NotPossible")
    assert sum(Payment.objects.values_list("amount", flat=True)) == 5


def give_back_twice(packed):
    results = at_once(*[lambda: give_back(packed, 15)] * 2)
    assert sorted(type(one).__name__ for one in results) == ["NotPossible", "int"]


def test_of_two_refunds_at_once_only_what_came_in_is_given_back(packed, holds):
    give_back_twice(packed)


def test_without_the_orders_lock_more_is_given_back_than_came_in(packed, monkeypatch):
    monkeypatch.setattr(
        Order.objects.none().__class__, "select_for_update", lambda found, **how: found
    )
    monkeypatch.setattr(pay, "_refuse_too_much_back", meeting_after(pay._refuse_too_much_back))

    with pytest.raises(AssertionError, match="'int', 'int'"):
        give_back_twice(packed)

    assert sum(Payment.objects.values_list("amount", flat=True)) == -10
