"""Two people who change the lines of one confirmed order at the same moment: one is served, the other is told.

The control takes the order's lock away: both are served from what the first of them is about to change, one is lost
without a word, and the counted amounts hold what nobody ordered.
"""

from typing import Any

import pytest
from django.db.models import Sum

from inventory.models import Sku, Stock, Warehouse
from oms.errors import Stale
from orders.amend import amend
from orders.amend.plan import Changes, LineChange
from orders.invariants import violations
from orders.models import Order, OrderEvent
from orders.models.order import OrderQuerySet
from tests.fixtures.company import Place
from tests.fixtures.flow import approve, fresh, receive
from tests.races.racing import at_once, meeting_after

pytestmark = pytest.mark.django_db(transaction=True)


def amend_to(order: Order, quantity: int) -> Order:
    change = LineChange(order.lines.get().pk, quantity)
    return amend.amend_order(order.pk, version=1, changes=Changes(lines=[change]), actor=None)


@pytest.fixture
def both(place: Place, cup: Sku, warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Two amend a reserved order of five pieces, to three and to eight; each has read it before either writes."""
    receive(cup, warehouse, 10)
    order = approve(place(("CUP-1", 5)))

    def amend_both() -> tuple[Order, list[Any]]:
        with monkeypatch.context() as patched:
            patched.setattr(amend, "state_of", meeting_after(amend.state_of))
            results = at_once(lambda: amend_to(order, 3), lambda: amend_to(order, 8))
        return fresh(order), results

    return amend_both


def test_one_is_served_and_the_other_is_told(both: Any, holds: None) -> None:
    order, results = both()

    [served] = [one for one in results if isinstance(one, Order)]
    [stale] = [one for one in results if isinstance(one, Stale)]
    wanted = 3 if results[0] is served else 8
    assert stale.message == f"Somebody changed order {order.number} while you were writing."
    assert (order.version, order.status, order.lines.get().quantity) == (2, "allocated", wanted)
    assert Stock.objects.aggregate(kept=Sum("reserved"))["kept"] == wanted
    assert OrderEvent.objects.filter(order=order, kind="edited").count() == 1


def test_without_the_lock_both_believe_to_be_served(
    both: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(OrderQuerySet, "select_for_update", lambda orders, **_how: orders)

    order, results = both()

    assert [type(one) for one in results] == [Order, Order]
    assert (order.version, OrderEvent.objects.filter(order=order, kind="edited").count()) == (2, 2)
    assert [one.name for one in violations()] == ["counters_equal_a_recount"]
