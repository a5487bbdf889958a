"""Paths on which the random walk once found something broken."""

import pytest

from inventory.ledger import Posting, post, take_back
from inventory.models import StockMovement
from oms.errors import NotPossible
from orders import pipeline
from orders.fulfilment.pack import pack_shipments
from orders.fulfilment.ship import ship_shipments
from orders.models import Payment
from orders.review.decide import hold_orders, release_orders
from tests.fixtures import flow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]


@pytest.fixture
def picking(place, cup, warehouse):
    """An order of which the goods are being picked."""
    flow.receive(cup, warehouse, 10)
    return flow.pick(flow.approve(place(("CUP-1", 2))))


def _hold_and_release(order):
    hold_orders([order.pk], actor=None, reason="a call")
    release_orders([order.pk], actor=None)


def test_an_order_released_during_picking_goes_on_in_fulfilment(picking):
    _hold_and_release(picking)

    pipeline.advance()

    assert flow.fresh(picking).status == "in_fulfilment"


def test_a_parcel_packed_before_the_hold_can_leave_right_after_it(picking):
    pack_shipments(flow.shipments_of(picking), actor=None)
    _hold_and_release(picking)

    ship_shipments(flow.shipments_of(picking), actor=None)

    assert flow.fresh(picking).status == "shipped"


def test_no_more_is_given_back_than_came_in(place):
    order = flow.pay(place(), 10)

    with pytest.raises(NotPossible, match="Only 10.00 can be given back"):
        flow.pay(order, -11)

    assert list(Payment.objects.values_list("amount", flat=True)) == [10]
    assert flow.pay(order, -10)


def test_a_receipt_and_what_was_written_off_of_it_are_taken_back_without_going_below_zero(
    cup, warehouse
):
    moved = [
        *post([Posting(warehouse.pk, cup.pk, 5, "receipt")], actor=None),
        *post([Posting(warehouse.pk, cup.pk, -3, "adjustment")], actor=None),
    ]

    inverses = take_back(moved, reason="a mistake", actor=None)

    found = StockMovement.objects.in_bulk(inverses)
    assert [found[pk].quantity for pk in inverses] == [-5, 3]
    assert [found[pk].reverses_id for pk in inverses] == moved
    assert inverses[1] < inverses[0]  # what comes in is written first
