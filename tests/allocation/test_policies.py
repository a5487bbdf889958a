"""Policies from the administration, in the orders they serve, and what the order's page says of it."""

import pytest
from django.test import Client
from django.utils import timezone

from inventory.models import Sku, Stock, Warehouse
from oms.models import User
from orders import pipeline
from orders.allocation.models import AllocationPolicy, WarehouseRate
from orders.allocation.words import explained
from orders.models import Order
from orders.review.decide import approve_orders
from tests.fixtures.company import Place
from tests.fixtures.flow import approve, fresh, receive

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]


@pytest.fixture
def both(cup: Sku, warehouse: Warehouse, other_warehouse: Warehouse) -> None:
    """Five cups in each of two warehouses, HZ and GZ."""
    receive(cup, warehouse, 5)
    receive(cup, other_warehouse, 5)


def why_of(order: Order) -> dict[str, object]:
    event = order.events.filter(kind__in=["allocated", "backordered"]).latest("pk")
    why: dict[str, object] = event.data["why"]
    return why


def test_without_policies_the_first_warehouse_serves_and_the_other_is_further_down(
    place: Place, both: None
) -> None:
    order = approve(place())

    assert why_of(order) == {"by": "priority", "from": ["HZ"], "others": [["GZ", "later", 0, 0]]}


def test_a_policy_by_cost_asks_the_cheaper_warehouse(
    place: Place, both: None, warehouse: Warehouse, other_warehouse: Warehouse
) -> None:
    policy = AllocationPolicy.objects.create(name="Cheap", prefer="cost")
    WarehouseRate.objects.create(warehouse=warehouse, cost=12)
    WarehouseRate.objects.create(warehouse=other_warehouse, cost=8)

    order = approve(place())

    assert why_of(order) == {
        "by": "cost", "from": ["GZ"], "others": [["HZ", "dearer", "4.00", 0]],
        "policy": [policy.pk, "Cheap"],
    }  # fmt: skip


def test_an_inactive_policy_and_one_for_another_channel_change_nothing(
    place: Place, both: None, warehouse: Warehouse
) -> None:
    off = AllocationPolicy.objects.create(name="Off", is_active=False)
    off.excluded.add(warehouse)
    abroad = AllocationPolicy.objects.create(name="Abroad", country="GB")
    abroad.excluded.add(warehouse)

    assert approve(place()).shipments.get().warehouse == warehouse


def test_a_policy_that_forbids_every_warehouse_says_so_until_it_is_changed(
    place: Place, both: None, warehouse: Warehouse, other_warehouse: Warehouse, administrator: User,
    client: Client,
) -> None:  # fmt: skip
    policy = AllocationPolicy.objects.create(name="Nowhere")
    policy.excluded.add(warehouse, other_warehouse)

    order = approve(place())

    assert (order.status, order.reason_code) == ("backordered", "policy_forbids")
    assert order.reason_detail == "Nowhere"
    client.force_login(administrator)
    page = client.get(order.get_absolute_url()).content.decode()
    assert "The policy lets no warehouse serve it." in page
    assert f"/admin/orders/allocationpolicy/{policy.pk}/change/" in page
    policy.excluded.clear()
    pipeline.advance()
    assert fresh(order).status == "allocated"


def test_who_may_not_change_policies_sees_its_name_without_a_link(
    place: Place, both: None, clerk: User, client: Client
) -> None:
    AllocationPolicy.objects.create(name="All of them")
    order = approve(place())
    client.force_login(clerk)

    page = client.get(order.get_absolute_url()).content.decode()

    assert "All of them" in page
    assert "allocationpolicy" not in page


def test_an_order_complete_by_its_own_word_leaves_in_parts_by_its_policy_as_goods_come(
    place: Place, cup: Sku, warehouse: Warehouse
) -> None:
    AllocationPolicy.objects.create(name="Now", ships="available")
    receive(cup, warehouse, 1)
    order = approve(place(("CUP-1", 3)))
    assert (order.status, order.reason_detail) == ("backordered", "CUP-1 ×2")

    receive(cup, warehouse, 1)
    pipeline.advance()

    assert (fresh(order).status, fresh(order).reason_detail) == ("backordered", "CUP-1 ×1")
    receive(cup, warehouse, 1)
    pipeline.advance()
    assert fresh(order).status == "allocated"


def test_safety_stock_is_left_by_orders_of_a_policy_that_keeps_it(
    place: Place, cup: Sku, warehouse: Warehouse
) -> None:
    receive(cup, warehouse, 3)
    Stock.objects.update(safety_stock=2)
    AllocationPolicy.objects.create(name="Careful", keeps_safety=True)

    order = approve(place(("CUP-1", 2)))

    assert order.status == "backordered"
    assert why_of(order)["others"] == [["HZ", "safety", 2, 0]]


def test_goods_go_to_what_was_promised_first_then_to_the_better_customer(
    place: Place, cup: Sku, warehouse: Warehouse
) -> None:
    late, none, soon, gold = (place(external_no=str(at)) for at in range(4))
    for order, day in ((late, 20), (soon, 10), (gold, 10)):
        Order.objects.filter(pk=order.pk).update(promised_at=f"2030-01-{day}T00:00Z")
    Order.objects.filter(pk=none.pk).update(promised_at=None)
    assert gold.customer
    gold.customer.level = "gold"
    gold.customer.save()
    Order.objects.exclude(pk=gold.pk).update(customer=None)
    receive(cup, warehouse, 1)
    approve_orders([late.pk, none.pk, soon.pk, gold.pk], actor=None)

    served = []
    for _piece in range(4):
        pipeline.advance()
        served += [
            one.external_no
            for one in Order.objects.filter(status="allocated").order_by("pk")
            if one.external_no not in served
        ]
        receive(cup, warehouse, 1)

    assert served == ["3", "2", "0", "1"]


def test_small_chunks_serve_in_the_same_order_as_a_large_one(
    place: Place, cup: Sku, warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("FIRST_CHUNK", "SMALLEST_CHUNK", "LARGEST_CHUNK"):
        monkeypatch.setattr(pipeline, name, 1)
    orders = [place(external_no=str(at)) for at in range(4)]
    for order, day in zip(orders, (None, "2040-01-01", "2030-01-01", "2030-01-01"), strict=True):
        Order.objects.filter(pk=order.pk).update(promised_at=day and f"{day}T00:00Z")
    receive(cup, warehouse, 2)
    approve_orders([one.pk for one in orders], actor=None)

    pipeline.advance()

    statuses = [fresh(one).status for one in orders]
    assert statuses == ["backordered", "backordered", "allocated", "allocated"]


def test_every_reason_has_words(administrator: User) -> None:
    told = {
        "by": "cost", "from": ["HZ", "GZ"],
        "others": [
            ["A", "covers", 3, 5], ["B", "dearer", "4.00", 0], ["C", "later", 0, 0],
            ["D", "excluded", 0, 0], ["E", "kept", 2, "web"], ["F", "safety", 2, 0],
        ],
        "notes": [
            ["forbidden", 0, 0], ["below_amount", "100.00", 0], ["over_cap", 2, 0],
            ["not_before", "2026-12-01", "CUP-1"], ["complete", 3, 5], ["batch", 0, 0],
        ],
    }  # fmt: skip

    shown = explained(told, timezone.now(), administrator)

    assert shown.chosen == "From HZ, GZ (2 parcels), chosen by the lowest cost of a parcel."
    assert [reason for _name, reason in shown.others] == [
        "has 3 of 5 pieces", "dearer by 4.00", "further down the list", "excluded by the policy",
        "2 kept for channel web", "2 kept as safety stock",
    ]  # fmt: skip
    assert len(shown.notes) == 6
    assert (shown.policy, shown.policy_url) == ("", "")
