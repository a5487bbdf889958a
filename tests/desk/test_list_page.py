from typing import Any

import pytest

from inventory.models import Warehouse, WarehouseStaff
from oms.models import User
from orders.models import Order, OrderLine
from orders.review.decide import hold_orders
from tests.fixtures import flow
from tests.fixtures.company import Place


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_an_exact_number_opens_its_order(place: Place, clerk: User, signed_in: Any):
    order = place()

    response = signed_in(clerk).get("/orders/", {"q": order.number.lower()})

    assert (response.status_code, response.url) == (302, f"/orders/{order.number}/")


def test_a_number_of_no_order_shows_that_nothing_was_found(clerk: User, signed_in: Any):
    response = signed_in(clerk).get("/orders/", {"q": "SO9999999999"})

    assert "No order found" in words(response)


def test_tabs_show_exact_counts(place: Place, clerk: User, signed_in: Any):
    held = place()
    place()
    hold_orders([held.pk], actor=clerk, reason="?")

    tabs = signed_in(clerk).get("/orders/").context["tabs"]

    assert [(tab.label, tab.count) for tab in tabs[:3]] == [
        ("All", 2),
        ("To review", 1),
        ("On hold", 1),
    ]


def test_counts_are_left_out_where_they_would_count_something_else(
    place: Place, packer: User, stocked: Warehouse, signed_in: Any
):
    place()
    WarehouseStaff.objects.create(user=packer, warehouse=stocked)
    browser = signed_in(packer)

    assert {tab.count for tab in browser.get("/orders/").context["tabs"]} == {None}
    assert {tab.count for tab in browser.get("/orders/", {"q": "王"}).context["tabs"]} == {None}


def test_tabs_keep_the_search(clerk: User, signed_in: Any):
    tabs = signed_in(clerk).get("/orders/", {"q": "王 &", "after": "7"}).context["tabs"]

    assert [tab.url for tab in tabs[:2]] == ["?q=%E7%8E%8B+%26", "?tab=review&q=%E7%8E%8B+%26"]


def test_a_row_shows_the_order_in_short(place: Place, clerk: User, signed_in: Any):
    order = place()

    text = words(signed_in(clerk).get("/orders/"))

    for part in (
        order.number,
        "Web shop",
        "王小明",
        "138****8001",
        "杭州市",
        "¥10.00",
        "To review",
    ):
        assert part in text
    assert "13800138001" not in text


def test_money_that_came_in_is_for_those_who_may_see_it(place: Place, packer: User, signed_in: Any):
    place()

    assert "Awaiting payment" not in words(signed_in(packer).get("/orders/"))


@pytest.mark.parametrize("address", ["/orders/", "/orders/?q=王", "/orders/?tab=shipped&size=200"])
def test_the_list_takes_six_queries_whatever_the_rows(
    place: Place, clerk: User, signed_in: Any, django_assert_max_num_queries: Any, address: str
):
    browser = signed_in(clerk)
    for _ in range(4):
        flow.approve(place(("CUP-1", 1), ("CUP-1", 2)))

    with django_assert_max_num_queries(6):
        assert browser.get(address).status_code == 200


def test_nobody_without_the_right_sees_orders(make_user: Any, signed_in: Any):
    assert signed_in(make_user()).get("/orders/").status_code == 403


def test_typed_script_is_shown_as_text(clerk: User, signed_in: Any):
    text = words(signed_in(clerk).get("/orders/", {"q": "<script>alert(1)</script>"}))

    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


def test_what_customers_write_is_shown_as_text(place: Place, clerk: User, signed_in: Any):
    evil = '"><script>alert(1)</script>'
    order = place()
    Order.objects.filter(pk=order.pk).update(
        customer_name=evil, ship_city=evil, ship_phone=evil, reason_code="short", reason_detail=evil
    )
    OrderLine.objects.filter(order=order).update(sku=None, kind="charge", description=evil)

    text = words(signed_in(clerk).get("/orders/"))

    assert "<script>alert" not in text
    assert text.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 8
