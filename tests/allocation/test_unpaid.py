"""Channels whose customers pay first: goods are kept for some minutes, and unpaid orders are cancelled after hours."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from inventory.models import Reservation, Sku, Stock, Warehouse
from oms.models import Channel, User
from orders import pipeline
from orders.allocation.hold import let_go
from orders.billing import unpaid
from orders.billing.models import Payment
from orders.billing.unpaid import cancel_unpaid, hold_unpaid
from orders.models import Order
from orders.reasons import why
from orders.review.decide import hold_orders
from tests.fixtures import flow

pytestmark = pytest.mark.usefixtures("holds")
Place = Callable[..., Order]


@pytest.fixture
def pays_first(web: Channel, cup: Sku, warehouse: Warehouse) -> Channel:
    flow.receive(cup, warehouse, 5)
    web.hold_minutes, web.unpaid_hours = 30, 48
    web.save()
    return web


def ago(**age: int) -> dict[str, object]:
    return {"placed_at": timezone.now() - timedelta(**age)}


def test_goods_are_kept_for_a_new_order_for_the_channels_minutes(
    place: Place, pays_first: Channel
) -> None:
    order = place()

    pipeline.advance()

    until = Reservation.objects.get().expires_at
    assert until is not None
    spare = until - order.placed_at - timedelta(minutes=30)
    assert timedelta(0) <= spare <= timedelta(minutes=5)
    assert hold_unpaid() == 0


def test_what_was_let_go_is_not_kept_again(place: Place, pays_first: Channel) -> None:
    order = place()
    hold_unpaid()
    let_go([order.pk], actor=None)

    assert hold_unpaid() == 0


def test_nothing_is_kept_for_old_or_paid_orders(place: Place, pays_first: Channel) -> None:
    place(**ago(minutes=31))
    flow.pay(place(), 10)

    assert hold_unpaid() == 0


def test_nothing_is_kept_or_cancelled_where_the_channel_says_nothing(
    place: Place, cup: Sku, warehouse: Warehouse
) -> None:
    flow.receive(cup, warehouse, 5)
    place(**ago(days=90))

    assert (hold_unpaid(), cancel_unpaid()) == (0, 0)


def test_an_unpaid_order_is_cancelled_in_time_and_its_goods_are_free(
    place: Place, pays_first: Channel
) -> None:
    order, young = place(**ago(hours=49)), place(**ago(hours=47))
    query_hold(order)

    assert cancel_unpaid() == 1

    order = flow.fresh(order)
    assert (order.status, order.reason_code) == ("cancelled", "unpaid")
    assert why(order).text == "Cancelled: not paid within 48 hours"
    assert flow.fresh(young).status == "pending_review"
    assert Stock.objects.get().available == 5


def query_hold(order: Order) -> None:
    hold = unpaid.hold_softly
    hold([order.pk], until=timezone.now() + timedelta(hours=1), actor=None)


def test_who_paid_or_is_paying_is_not_cancelled(place: Place, pays_first: Channel) -> None:
    flow.pay(place(**ago(hours=49)), 1)
    pending = place(**ago(hours=49))
    Payment.objects.create(
        order=pending, method="bank", amount=10, status="pending", paid_at=timezone.now()
    )

    assert cancel_unpaid() == 0


def test_what_a_person_decided_is_left_to_people(
    place: Place, pays_first: Channel, reviewer: User
) -> None:
    held, approved = place(**ago(hours=49)), place(**ago(hours=49))
    hold_orders([held.pk], actor=reviewer, reason="wires on Friday")
    flow.approve(approved)

    assert cancel_unpaid() == 0


def test_money_that_comes_between_the_look_and_the_lock_counts(
    place: Place, pays_first: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = place(**ago(hours=49))
    flow.pay(order, 10)
    unlooked = unpaid._TO_CANCEL.replace(f"AND {unpaid._NO_MONEY}", "")
    monkeypatch.setattr(unpaid, "_TO_CANCEL", unlooked)

    cancel_unpaid()

    assert flow.fresh(order).status != "cancelled"
