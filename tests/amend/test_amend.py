"""What becomes of an order whose lines are changed, in every state it can be in."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from inventory.models import Sku, Stock, Warehouse
from oms.errors import InvalidInput, NotPossible, Stale
from oms.models import User
from orders import pipeline
from orders.amend.amend import amend_order
from orders.amend.plan import Changes
from orders.models import Order
from orders.returns.credit import Credit, CreditLine, record_credits
from orders.review.decide import hold_orders, release_orders
from tests.amend.steps import amend, line, parcels, pieces
from tests.fixtures import flow
from tests.fixtures.company import Place, create_sku

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]


@pytest.fixture
def ready(place: Place, cup: Sku, warehouse: Warehouse) -> Order:
    """Five cups and two pots, all reserved; three cups and no pot are left."""
    flow.receive(cup, warehouse, 8)
    flow.receive(create_sku("POT-1", price=30), warehouse, 2)
    return flow.approve(place(("CUP-1", 5), ("POT-1", 2)))


def free(code: str = "CUP-1") -> int:
    return sum(one.available for one in Stock.objects.filter(sku__code=code))


def test_a_waiting_order_is_summed_anew(place: Place, clerk: User):
    order = place(("CUP-1", 5))

    after = amend_order(
        order.pk,
        version=1,
        changes=Changes(lines=[line(order, quantity=3)]),
        actor=clerk,
        reason="Typo",
    )

    assert (after.total_amount, after.version, pieces(order)) == (30, 2, [(3, 0, 30)])
    event = order.events.get(kind="edited")
    assert (event.actor, event.reason) == (clerk, "Typo")
    assert event.data == {
        "version": 2, "total": ["50.00", "30.00"],
        "lines": [{"line": order.lines.get().pk, "name": "CUP-1", "quantity": [5, 3]}],
    }  # fmt: skip


def test_a_line_taken_off_stays_as_history(place: Place):
    create_sku("POT-1", price=30)
    order = place(("CUP-1", 5), ("POT-1", 1))

    after = amend(order, line(order, quantity=0, discount="5"))

    assert pieces(order) == [(0, 5, 0), (1, 0, 30)]
    assert after.total_amount == 30
    assert order.lines.count() == 2


def test_a_line_taken_off_can_come_back(place: Place):
    create_sku("POT-1", price=30)
    order = place(("CUP-1", 5), ("POT-1", 1))
    amend(order, line(order, quantity=0))

    assert amend(order, line(order, quantity=2)).total_amount == 50
    assert pieces(order) == [(2, 0, 20), (1, 0, 30)]


def test_lines_prices_and_amounts_change_together(place: Place):
    create_sku("POT-1", price=30)
    order = place(("CUP-1", 2))

    after = amend(
        order, line(order, unit_price="9.5", discount="1"), added=[("pot-1", 3)], shipping_amount="6",
        discount_amount="8", ship_complete=False,
    )  # fmt: skip

    assert after.total_amount == Decimal("18") + 90 + 6 - 8
    assert order.events.get(kind="edited").data["added"] == [
        {"name": "POT-1", "quantity": 3, "unit_price": "30.00"}
    ]


def test_fewer_pieces_of_a_reserved_order_are_free_at_once(ready: Order):
    after = amend(ready, line(ready, quantity=2))

    assert (after.status, after.total_amount) == ("allocated", 80)
    assert (free(), parcels(ready)) == (6, [("ready", 4)])


def test_more_pieces_join_the_same_parcel(ready: Order):
    after = amend(ready, line(ready, quantity=8))

    assert (after.status, free(), parcels(ready)) == ("allocated", 0, [("ready", 10)])


def test_an_order_that_ships_complete_frees_everything_when_it_becomes_short(ready: Order):
    after = amend(ready, line(ready, 1, quantity=3))

    assert (after.status, after.reason_code, after.reason_detail) == (
        "backordered",
        "short",
        "POT-1 ×1",
    )
    assert (free(), free("POT-1"), parcels(ready)) == (8, 2, [])


def test_one_that_ships_in_parts_keeps_what_there_is(ready: Order):
    after = amend(ready, line(ready, 1, quantity=3), ship_complete=False)

    assert (after.status, parcels(ready)) == ("backordered", [("ready", 7)])
    assert [event.kind for event in ready.events.order_by("pk")][-4:] == [
        "edited", "replanned", "replanned", "backordered",
    ]  # fmt: skip


def test_a_short_order_without_what_lacked_is_ready(ready: Order):
    amend(ready, line(ready, 1, quantity=3))

    assert amend(ready, line(ready, 1, quantity=2)).status == "allocated"


def test_what_is_being_picked_cannot_be_taken_off(ready: Order):
    flow.pick(ready)

    with pytest.raises(InvalidInput) as refusal:
        amend(ready, line(ready, quantity=4))

    [error] = refusal.value.errors
    assert error.field == f"lines[{ready.lines.first().pk}].quantity"
    assert error.message == "Leave at least 5: so many are picked, packed or gone."


def test_more_goods_for_a_picked_order_need_the_consent_to_ship_in_parts(ready: Order):
    flow.pick(ready)
    with pytest.raises(InvalidInput) as refusal:
        amend(ready, line(ready, quantity=6))
    assert [error.field for error in refusal.value.errors] == ["ship_complete"]

    after = amend(ready, line(ready, quantity=6), ship_complete=False)

    assert (after.status, parcels(ready)) == ("in_fulfilment", [("picking", 7), ("ready", 1)])


def test_the_rest_of_a_partly_shipped_order_can_be_given_up(
    place: Place, cup: Sku, warehouse: Warehouse
):
    flow.receive(cup, warehouse, 3)
    order = flow.send(flow.approve(place(("CUP-1", 5), ship_complete=False)))
    assert order.status == "partially_shipped"

    after = amend(order, line(order, quantity=3))

    assert (after.status, after.total_amount) == ("shipped", 30)
    assert flow.deliver(order).status == "delivered"
    assert flow.pay(order, 30).status == "completed"


def test_an_order_on_hold_keeps_its_goods_and_stays_on_hold(ready: Order):
    hold_orders([ready.pk], actor=None, reason="?")

    after = amend(ready, line(ready, quantity=7))

    assert (after.status, free(), parcels(ready)) == ("on_hold", 1, [("ready", 9)])
    release_orders([ready.pk], actor=None)
    pipeline.advance()
    assert flow.fresh(ready).status == "allocated"


def test_nothing_changes_when_nothing_differs(ready: Order):
    before = ready.events.count()

    after = amend(ready, line(ready, quantity=5, unit_price="10"), note="", shipping_amount="0")

    assert (after.version, ready.events.count()) == (1, before)


def test_a_shipped_order_keeps_its_lines(ready: Order):
    flow.send(ready)

    with pytest.raises(NotPossible, match="its lines cannot be changed any more"):
        amend(ready, line(ready, unit_price="1"))


def test_a_stale_version_saves_nothing(place: Place):
    order = place()
    amend(order, line(order, quantity=2))

    with pytest.raises(Stale):
        amend_order(
            order.pk, version=1, changes=Changes(lines=[line(order, quantity=9)]), actor=None
        )

    assert pieces(order) == [(2, 0, 20)]


def test_goods_credited_by_a_document_stay_credited(place: Place, web: object):
    order = place(("CUP-1", 5))
    credited = order.lines.get()
    _credit(order, 2)

    after = amend(order, line(order, quantity=1))

    credited.refresh_from_db()
    assert (credited.quantity, credited.cancelled_quantity, after.total_amount) == (3, 2, 30)


def _credit(order: Order, quantity: int) -> None:
    lines = [CreditLine(order.lines.get().sku_id, "cup", quantity, Decimal(10))]
    later = timezone.now() + timedelta(hours=1)
    credit = Credit(order.channel_id, "C-1", order.customer_id, "CNY", later, lines)
    record_credits([credit], actor=None)


@pytest.mark.parametrize(
    ("field", "change"),
    [("quantity", {"quantity": -1}), ("quantity", {"quantity": 1_000_001}), ("unit_price", {"unit_price": "-1"}),
     ("unit_price", {"unit_price": "1.00001"}), ("discount", {"discount": "51"}), ("discount", {"discount": "0.001"})],
)  # fmt: skip
def test_a_bad_value_is_named_at_its_line(place: Place, field: str, change: dict[str, object]):
    order = place(("CUP-1", 5))

    with pytest.raises(InvalidInput) as refusal:
        amend(order, line(order, **change))

    assert [one.field for one in refusal.value.errors] == [f"lines[{order.lines.get().pk}].{field}"]
    assert flow.fresh(order).version == 1


@pytest.mark.parametrize(
    ("field", "added", "head"),
    [("added[0].sku", [("NOPE", 1)], {}), ("added[0].quantity", [("CUP-1", 0)], {}),
     ("discount_amount", [], {"discount_amount": "60"}), ("shipping_amount", [], {"shipping_amount": "-1"})],
)  # fmt: skip
def test_a_bad_addition_is_named_at_its_field(place: Place, field: str, added: list, head: dict):
    order = place(("CUP-1", 5))

    with pytest.raises(InvalidInput) as refusal:
        amend(order, added=added, **head)

    assert field in [one.field for one in refusal.value.errors]
    assert flow.fresh(order).version == 1


def test_the_last_line_cannot_be_taken_off(place: Place):
    order = place()

    with pytest.raises(InvalidInput, match="Keep at least one line"):
        amend(order, line(order, quantity=0))
