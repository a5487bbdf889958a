"""T9: an order is short; its goods are ordered, received, and the order is released."""

from typing import Any

import pytest
from playwright.sync_api import expect

from inventory.models import PurchaseOrder, Sku, Warehouse
from oms.models import User
from orders import pipeline
from orders.exceptions import watch
from orders.models import OrderEvent
from tests.fixtures import flow
from tests.fixtures.browser import OpenAs
from tests.fixtures.company import Place
from tests.fixtures.effort import Effort

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("holds"),
]

ORDERED, RELEASED = 5, 12


def test_from_shortage_to_purchase_order_to_released_order(
    open_as: OpenAs,
    manager: User,
    bought: Sku,
    warehouse: Warehouse,
    place: Place,
    within_goal: Any,
):
    order = flow.approve(place(("CUP-1", 3)))
    watch.sweep()
    page = open_as(manager, f"/orders/{order.number}/")
    effort = Effort.begin(page, "T9 shortage to released order, keyboard", goal=RELEASED)
    expect(page.locator(".outlook")).to_contain_text("not ordered yet")

    page.keyboard.press("g")
    page.keyboard.press("p")
    expect(page.locator("[data-row]")).to_have_count(1)
    page.wait_for_load_state()
    page.keyboard.press("j")
    page.keyboard.press("w")
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 purchase order")
    page.wait_for_load_state()
    page.keyboard.press("Control+Enter")

    expect(page.get_by_text("was ordered.")).to_be_visible()
    purchase = PurchaseOrder.objects.get()
    page.wait_for_load_state()
    assert effort.done()["interactions"] <= ORDERED
    assert (purchase.status, purchase.lines.get().ordered) == ("sent", 3)

    page.keyboard.press("r")
    expect(page.get_by_label("Good CUP-1")).to_have_value("3")
    page.wait_for_load_state()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("1 waiting order can go on.")).to_be_visible()
    pipeline.advance()
    page.get_by_role("link", name=order.number).first.click()

    expect(page.get_by_text("Goods it waited for have arrived")).to_be_visible()
    assert within_goal(effort)["interactions"] <= RELEASED
    assert flow.fresh(order).status == "allocated"
    told = OrderEvent.objects.get(order=order, kind="goods_arrived")
    assert told.data["purchase_order"] == purchase.number


def test_rows_are_edited_explained_and_put_off_by_key(
    open_as: OpenAs, buyer: User, bought: Sku, place: Place
):
    flow.approve(place(("CUP-1", 3)))
    page = open_as(buyer, "/purchasing/")

    page.keyboard.press("j")
    page.keyboard.press("i")
    expect(page.get_by_text("7 days × 0/day + safety 0 + waiting 3")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.insert_text("8")
    page.keyboard.press("Enter")
    expect(page.locator("[data-ticked]")).to_contain_text("1")
    page.keyboard.press("h")
    page.get_by_label("Reason").fill("New model comes")
    page.get_by_role("button", name="Put off", exact=True).last.click()

    expect(page.get_by_text("1 SKU is put off for 7 days.")).to_be_visible()
    expect(page.get_by_text("Enough of everything")).to_be_visible()


def test_a_scan_goes_to_its_line(open_as: OpenAs, buyer: User, buy: Any):
    page = open_as(buyer, f"/purchasing/orders/{buy().number}/receive/")

    page.keyboard.press("/")
    page.keyboard.insert_text("cup-1")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Good CUP-1")).to_be_focused()
    page.keyboard.insert_text("4")
    page.keyboard.press("Enter")
    page.keyboard.insert_text("nothing")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Not in this purchase order: nothing")).to_be_visible()
    page.keyboard.press("Control+Enter")

    expect(page.get_by_text("was taken in.")).to_be_visible()
    assert PurchaseOrder.objects.get().lines.get().received == 4
