from typing import Any

from inventory.models import Warehouse, WarehouseStaff
from oms.models import User
from orders import pipeline
from orders.review.decide import hold_orders
from tests.fixtures import flow
from tests.fixtures.company import Place


def shown(response: Any) -> list[int]:
    return [row.pk for row in response.context["rows"]]


def test_the_oldest_order_comes_first_with_its_reason(place: Place, reviewer: User, signed_in: Any):
    orders = [place().pk, place().pk]
    pipeline.advance()

    response = signed_in(reviewer).get("/review/")

    assert shown(response) == orders
    assert response.context["rows"][0].why == "No rule decided"


def test_held_orders_have_a_queue_of_their_own(place: Place, reviewer: User, signed_in: Any):
    held, waiting = place(), place()
    hold_orders([held.pk], actor=None, reason="Address incomplete")
    browser = signed_in(reviewer)

    response = browser.get("/review/", {"tab": "hold"})

    assert (shown(response), shown(browser.get("/review/"))) == ([held.pk], [waiting.pk])
    assert "Held: Address incomplete" in response.content.decode()
    assert [tab.count for tab in response.context["tabs"]] == [1, 1]


def test_a_decision_leads_back_to_the_queue(place: Place, reviewer: User, signed_in: Any):
    order = place()

    response = signed_in(reviewer).post(
        f"/orders/{order.number}/approve/", {"next": "/review/?size=100"}
    )

    assert response.url == "/review/?size=100"
    assert flow.fresh(order).status == "approved"


def test_orders_of_other_warehouses_are_not_shown(
    place: Place, reviewer: User, stocked: Warehouse, other_warehouse: Warehouse, signed_in: Any
):
    order = flow.approve(place())
    hold_orders([order.pk], actor=None, reason="?")
    browser = signed_in(reviewer)
    assert shown(browser.get("/review/?tab=hold")) == [order.pk]

    WarehouseStaff.objects.create(user=reviewer, warehouse=other_warehouse)

    assert shown(browser.get("/review/?tab=hold")) == []


def test_it_is_for_those_who_decide(clerk: User, signed_in: Any):
    assert signed_in(clerk).get("/review/").status_code == 403


def test_the_queue_takes_eight_queries_whatever_its_length(
    place: Place, reviewer: User, signed_in: Any, django_assert_max_num_queries: Any
):
    for _ in range(4):
        place(("CUP-1", 1), ("CUP-1", 2))
    browser = signed_in(reviewer)

    with django_assert_max_num_queries(8):
        browser.get("/review/")
