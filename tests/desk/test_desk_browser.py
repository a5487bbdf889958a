"""The desk in a real browser: keys, ticking, suggestions; and everything again without JavaScript."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from inventory.models import Warehouse
from oms.models import User
from orders.models import Order
from tests.fixtures import flow
from tests.fixtures.browser import OpenAs
from tests.fixtures.company import Place

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def fill_address(page: Page) -> None:
    page.get_by_label("Phone", exact=True).fill("138 0013 8001")
    page.get_by_label("Customer", exact=True).fill("王小明")
    page.get_by_label("City").fill("杭州市")
    page.get_by_label("Street, building, room").fill("文三路 1 号")


@pytest.mark.usefixtures("web", "stocked")
def test_a_clerk_places_an_order_by_keyboard(open_as: OpenAs, clerk: User):
    page = open_as(clerk, "/")
    page.keyboard.press("c")
    expect(page).to_have_url("/orders/new/")
    fill_address(page)
    sku = page.get_by_label("SKU", exact=True).first
    sku.press_sequentially("cup")
    expect(page.locator("#sku-options option")).to_have_attribute("value", "CUP-1")
    sku.fill("CUP-1")
    expect(page.locator("[data-sku-hint]").first).to_have_text("Thing CUP-1 · available 50 pcs")
    sku.press("Enter")
    page.keyboard.type("3")

    page.keyboard.press("Control+Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("To review")
    assert Order.objects.get().total_amount == 30


@pytest.mark.usefixtures("web", "cup")
def test_more_rows_come_without_a_reload(open_as: OpenAs, clerk: User):
    page = open_as(clerk, "/orders/new/")
    fill_address(page)

    page.get_by_role("button", name="More rows").click()
    page.keyboard.type("CUP-1")
    page.get_by_role("button", name="Place the order").last.click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("To review")


@pytest.mark.usefixtures("web", "cup")
def test_without_javascript_an_order_is_placed_and_decided(open_as: OpenAs, reviewer: User):
    page = open_as(reviewer, "/orders/new/", java_script_enabled=False)
    fill_address(page)
    page.get_by_role("button", name="More rows").click()
    page.get_by_label("SKU", exact=True).nth(7).fill("CUP-1")
    page.get_by_role("button", name="Place the order").last.click()

    page.get_by_role("button", name="Hold").click()
    page.locator("#ask-hold").get_by_label("Reason").fill("Ask the customer")
    page.locator("#ask-hold").get_by_role("button", name="Hold").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("On hold")
    expect(page.get_by_text("Held: Ask the customer")).to_be_visible()


def test_keys_decide_on_an_order(open_as: OpenAs, place: Place, reviewer: User):
    order = place()
    page = open_as(reviewer, f"/orders/{order.number}/")

    page.keyboard.press("h")
    expect(page.locator("#ask-hold-reason")).to_be_focused()
    page.keyboard.type("Price to be checked")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("On hold")
    page.keyboard.press("a")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Approved")


def test_all_of_a_page_are_ticked_and_approved(open_as: OpenAs, place: Place, reviewer: User):
    for _ in range(3):
        place()
    page = open_as(reviewer, "/orders/?tab=review")

    page.get_by_label("All on this page").check()
    expect(page.get_by_text("3 ticked")).to_be_visible()
    page.get_by_role("button", name="Approve").click()
    page.get_by_role("button", name="Approve 3 orders").click()

    expect(page.get_by_text("3 orders approved.")).to_be_visible()
    assert set(Order.objects.values_list("status", flat=True)) == {"approved"}


def test_by_keys_orders_are_ticked_approved_and_taken_back(
    open_as: OpenAs, place: Place, reviewer: User
):
    for _ in range(3):
        place()
    page = open_as(reviewer, "/orders/?tab=review")

    for key in ("j", "x", "j", "x", "a"):
        page.keyboard.press(key)
    expect(page.get_by_role("heading", level=1)).to_have_text("Approve 2 orders")
    page.keyboard.press("Enter")
    expect(page.get_by_text("2 orders approved.")).to_be_visible()
    page.keyboard.press("z")

    expect(page.get_by_text("2 orders are back in review.")).to_be_visible()
    assert set(Order.objects.values_list("status", flat=True)) == {"pending_review"}


def test_all_of_the_list_means_every_page_of_it(open_as: OpenAs, place: Place, reviewer: User):
    for _ in range(52):
        place()
    page = open_as(reviewer, "/orders/?tab=review")

    page.keyboard.press("Shift+Digit8")
    page.keyboard.press("a")
    expect(page.get_by_label("All 52 of this list")).to_be_checked()
    page.get_by_role("button", name="Approve").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Approve 52 orders")


def test_who_unticks_one_no_longer_means_the_whole_list(
    open_as: OpenAs, place: Place, reviewer: User
):
    for _ in range(52):
        place()
    page = open_as(reviewer, "/orders/?tab=review")

    page.get_by_label("All 52 of this list").check()
    page.get_by_role("checkbox", name="SO").first.uncheck()
    page.get_by_role("button", name="Approve").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Approve 49 orders")


def test_a_hold_asks_for_the_reason_and_enter_confirms(
    open_as: OpenAs, place: Place, reviewer: User
):
    place()
    page = open_as(reviewer, "/orders/")

    for key in ("j", "h"):
        page.keyboard.press(key)
    page.get_by_label("Reason").fill("Address")
    page.keyboard.press("Enter")

    expect(page.get_by_text("1 order put on hold.")).to_be_visible()
    assert Order.objects.get().reason_detail == "Address"


ADDRESSES = ["/", "/orders/", "/orders/new/", "/review/", "ORDER", "ORDERedit/", "REVIEW"]


def at(address: str, order: Order) -> str:
    """`order` on its page, or one that waits at the review desk."""
    waiting = Order.objects.filter(status="pending_review").first()
    desk = f"/review/{waiting.number}/" if waiting else "/review/"
    return address.replace("ORDER", f"/orders/{order.number}/").replace("REVIEW", desk)


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("width", [320, 360, 768, 1024, 1280])
def test_no_page_scrolls_sideways(
    open_as: OpenAs, place: Place, stocked: Warehouse, manager: User, address: str, width: int
):  # fmt: skip
    order = flow.approve(place(note="x" * 200))
    place(note="x" * 200)
    page = open_as(manager, at(address, order), width=width)

    inner, outer = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )

    assert inner <= outer


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_fails_the_accessibility_check(
    open_as: OpenAs, place: Place, stocked: Warehouse, manager: User, address: str, scheme: Any
):  # fmt: skip
    order = flow.approve(place())
    place()
    page = open_as(manager, at(address, order), color_scheme=scheme)

    found = Axe().run(page).response["violations"]
    assert [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found] == []
