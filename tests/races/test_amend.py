"""An edit beside another hand on the same order. Each protection is shown to matter by a control."""

import pytest

from inventory.models import Sku, Stock, Warehouse
from oms.errors import Stale
from orders import pipeline
from orders.amend.amend import amend_order
from orders.amend.plan import Changes, LineChange
from orders.fulfilment.pick import pick_shipments
from orders.models import Order
from tests.fixtures.company import Place
from tests.fixtures.flow import approve, fresh, receive, shipments_of
from tests.races.racing import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("holds")]


def reduce(order: Order, quantity: int) -> Order:
    change = LineChange(order.lines.get().pk, quantity)
    return amend_order(order.pk, version=1, changes=Changes(lines=[change]), actor=None)


@pytest.fixture
def reserved(place: Place, cup: Sku, warehouse: Warehouse) -> Order:
    receive(cup, warehouse, 10)
    return approve(place(("CUP-1", 5)))


def test_of_two_edits_one_is_stale(reserved: Order) -> None:
    results = at_once(lambda: reduce(reserved, 3), lambda: reduce(reserved, 4))

    assert [type(one) for one in results if isinstance(one, Exception)] == [Stale]
    assert fresh(reserved).version == 2


def test_picking_and_editing_take_turns(reserved: Order) -> None:
    [shipment] = shipments_of(reserved, "ready")

    at_once(lambda: reduce(reserved, 3), lambda: pick_shipments([shipment], actor=None))

    held = sum(Stock.objects.values_list("reserved", flat=True))
    wanted = {"allocated": 3, "in_fulfilment": 5}
    assert held == wanted[fresh(reserved).status]


def test_allocation_and_editing_wait_for_each_other_in_one_order(
    reserved: Order, place: Place
) -> None:
    others = [approve(place(("CUP-1", 4))) for _nth in range(3)]

    results = at_once(
        lambda: reduce(reserved, 1),
        pipeline.advance,
        lambda: reduce(others[0], 2),
        pipeline.advance,
    )
    pipeline.advance()

    assert [one for one in results if isinstance(one, Exception)] == []
