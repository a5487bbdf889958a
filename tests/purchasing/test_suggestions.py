"""What is suggested: live, with the orders that wait, and nothing that is ordered already."""

from datetime import timedelta

import pytest
from django.utils import timezone

from inventory.models import PurchaseOrder, Receipt, Sku, Stock, SupplierItem, Warehouse
from inventory.purchasing.counts import to_buy
from inventory.purchasing.lead_times import lead_times_of
from inventory.purchasing.snooze import snooze, wake
from inventory.purchasing.suggestions import suggestions
from inventory.transfers.draft import Route, Wanted, write_transfer
from inventory.transfers.send import send_transfer
from oms.errors import InvalidInput
from tests.fixtures import flow
from tests.fixtures.company import Place, create_sku
from tests.fixtures.purchasing import Buy, delivered, draft_of

pytestmark = pytest.mark.django_db


def needs() -> dict[str, tuple[int, int | None]]:
    return {row.code: (row.suggestion.need, row.suggestion.quantity) for row in suggestions()}


def test_what_an_order_lacks_is_suggested_at_once(bought: Sku, place: Place):
    flow.approve(place(("CUP-1", 3)))

    [row] = suggestions()

    assert (row.code, row.suggestion.quantity, row.demand.orders) == ("CUP-1", 3, 1)
    assert to_buy() == 1


def test_what_is_on_its_way_between_warehouses_is_not_bought(
    bought: Sku, warehouse: Warehouse, other_warehouse: Warehouse, place: Place
):
    flow.receive(bought, warehouse, 3)
    route = Route(warehouse.pk, other_warehouse.pk)
    transfer = write_transfer(route, [Wanted("CUP-1", 2)], actor=None)
    send_transfer(transfer.pk, version=1, actor=None)

    flow.approve(place(("CUP-1", 5)))

    assert needs() == {"CUP-1": (2, 2)}


def test_what_is_ordered_is_suggested_no_more(buy: Buy, bought: Sku, place: Place):
    flow.approve(place(("CUP-1", 3)))

    buy((bought, 3))

    assert (needs(), to_buy()) == ({}, 0)


def test_a_draft_counts_and_a_cancelled_one_does_not(
    bought: Sku, place: Place, warehouse: Warehouse
):
    flow.approve(place(("CUP-1", 3)))
    order = draft_of(warehouse, (bought, 3))
    assert needs() == {}

    PurchaseOrder.objects.filter(pk=order.pk).delete()

    assert needs() == {"CUP-1": (3, 3)}


def test_safety_stock_and_sales_count(bought: Sku, place: Place, warehouse: Warehouse):
    flow.receive(bought, warehouse, 31)
    flow.send(flow.approve(place(("CUP-1", 30))))
    Stock.objects.update(safety_stock=5)

    # Thirty in thirty days: one a day for the seven days of the lead time, and five of safety, less the one left.
    assert needs() == {"CUP-1": (11, 11)}


def test_no_supplier_and_no_lead_time_are_flagged(cup: Sku, place: Place, supplier):
    flow.approve(place(("CUP-1", 3)))
    assert [row.suggestion.missing for row in suggestions()] == [("lead_time", "supplier")]

    SupplierItem.objects.create(supplier=supplier, sku=cup, price=1)
    type(supplier).objects.update(lead_days=None)

    assert [row.suggestion.missing for row in suggestions()] == [("lead_time",)]


def test_a_whole_order_that_is_held_waits_for_nothing(bought: Sku, place: Place):
    place(("CUP-1", 3))

    assert needs() == {}


def test_put_off_until_its_day(bought: Sku, place: Place):
    flow.approve(place(("CUP-1", 3)))

    snooze([bought.pk], days=7, reason="New model comes", actor=None)

    assert (needs(), to_buy()) == ({}, 0)
    wake([bought.pk])
    assert to_buy() == 1


@pytest.mark.parametrize(("days", "reason", "field"), [(2, "x", "days"), (7, " ", "reason")])
def test_putting_off_wants_an_offered_time_and_a_reason(bought: Sku, days, reason, field):
    with pytest.raises(InvalidInput) as refusal:
        snooze([bought.pk], days=days, reason=reason, actor=None)

    assert [error.field for error in refusal.value.errors] == [field]


def arrived_after(order: PurchaseOrder, days: float) -> None:
    delivered(order, 1)
    ordered_at = Receipt.objects.latest("pk").created_at - timedelta(days=days)
    PurchaseOrder.objects.filter(pk=order.pk).update(ordered_at=ordered_at)


def test_lead_times_are_learnt_from_three_deliveries(buy: Buy, bought: Sku, place: Place):
    flow.approve(place(("CUP-1", 300)))
    for days in (10, 30):
        arrived_after(buy((bought, 1)), days)
    assert [row.lead.days for row in suggestions()] == [7]

    arrived_after(buy((bought, 1)), 11.5)

    [row] = suggestions()
    assert (row.lead.days, row.lead.learnt, row.lead.receipts) == (12, 12, 3)
    order = PurchaseOrder.objects.latest("pk")
    assert lead_times_of(order)[bought.pk].days == 12


def test_the_cost_does_not_grow_with_the_rows(
    bought: Sku, supplier, place: Place, django_assert_num_queries
):
    for number in range(5):
        sku = create_sku(f"POT-{number}")
        SupplierItem.objects.create(supplier=supplier, sku=sku, price=1)
        flow.approve(place((sku.code, 2)))

    with django_assert_num_queries(2):
        assert len(suggestions()) == 5


def test_the_most_urgent_comes_first(supplier, place: Place):
    later, sooner = timezone.now() + timedelta(days=9), timezone.now() + timedelta(days=1)
    for code, day in (("POT-1", later), ("POT-2", sooner)):
        SupplierItem.objects.create(supplier=supplier, sku=create_sku(code), price=1)
        flow.approve(place((code, 1), promised_at=day))

    assert [row.code for row in suggestions()] == ["POT-2", "POT-1"]
