"""Editing in a real browser: in place, by keyboard; and what was typed outlives the session."""

import pytest
from playwright.sync_api import Page, expect

from inventory.models import Sku, Warehouse
from oms.models import User
from orders.models import Order
from tests.fixtures import flow
from tests.fixtures.browser import OpenAs
from tests.fixtures.company import Place

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def reserved(place: Place, cup: Sku, warehouse: Warehouse) -> Order:
    flow.receive(cup, warehouse, 10)
    return flow.approve(place(("CUP-1", 2)))


def log_in(page: Page, user: User) -> None:
    page.get_by_label("User name").or_(page.locator("[name=username]")).first.fill(user.username)
    page.locator("[name=password]").fill("a long enough secret")
    page.keyboard.press("Enter")


def test_lines_are_changed_in_place_by_keyboard(open_as: OpenAs, clerk: User, reserved: Order):
    page = open_as(clerk, f"/orders/{reserved.number}/")
    page.locator("[data-part=lines] a[data-edit-part]").focus()
    page.keyboard.press("e")
    quantity = page.get_by_label("CUP-1, Quantity")
    expect(quantity).to_be_focused()

    quantity.fill("3")
    page.keyboard.press("Control+Enter")
    panel = page.locator("[data-consequences]")
    expect(panel).to_contain_text("¥20.00 → ¥30.00")
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(quantity).to_have_value("3")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("button", name="Save with all of this")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_text(f"Order {reserved.number} saved.")).to_be_visible()
    assert flow.fresh(reserved).total_amount == 30


def test_brackets_and_u_walk_the_list(open_as: OpenAs, clerk: User, place: Place):
    first, second = place(), place()
    page = open_as(clerk, "/orders/?tab=review")
    page.get_by_role("link", name=second.number).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(second.number)
    page.wait_for_load_state("networkidle")

    page.keyboard.press("]")
    expect(page.get_by_role("heading", level=1)).to_contain_text(first.number)
    page.wait_for_load_state("networkidle")
    page.keyboard.press("[")
    expect(page.get_by_role("heading", level=1)).to_contain_text(second.number)
    page.wait_for_load_state("networkidle")
    page.keyboard.press("u")

    expect(page.locator(f"#row-{second.number}")).to_have_attribute("aria-current", "true")


def test_what_was_typed_in_place_outlives_the_session(open_as: OpenAs, clerk: User, place: Place):
    order = place()
    page = open_as(clerk, f"/orders/{order.number}/")
    page.locator("[data-part=note] a[data-edit-part]").click()
    page.get_by_label("Note", exact=True).fill("Ring twice")
    page.context.clear_cookies(name="sessionid")

    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/login/**")
    log_in(page, clerk)
    page.get_by_role("button", name="Put it back").click()
    page.wait_for_url("**/edit/**")
    page.get_by_role("button", name="Put it back").click()

    expect(page.get_by_label("Note", exact=True)).to_have_value("Ring twice")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text(f"Order {order.number} saved.")).to_be_visible()
    assert flow.fresh(order).note == "Ring twice"
    expect(page.get_by_role("button", name="Put it back")).to_have_count(0)


@pytest.mark.usefixtures("web", "cup")
def test_a_new_order_outlives_the_session_with_all_its_rows(open_as: OpenAs, clerk: User):
    page = open_as(clerk, "/orders/new/")
    for _row in range(2):
        page.get_by_role("button", name="More rows").click()
    page.locator("[name=customer_name]").fill("王小明")
    page.locator("[name=lines-6-sku]").fill("CUP-1")
    page.context.clear_cookies(name="sessionid")

    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/login/**")
    log_in(page, clerk)
    page.wait_for_url("**/orders/new/")
    page.get_by_role("button", name="Put it back").click()

    expect(page.locator("[name=customer_name]")).to_have_value("王小明")
    expect(page.locator("[name=lines-6-sku]")).to_have_value("CUP-1")


def test_what_one_typed_is_not_shown_to_another(
    open_as: OpenAs, clerk: User, reviewer: User, place: Place
):
    order = place()
    page = open_as(clerk, f"/orders/{order.number}/edit/?part=note")
    page.get_by_label("Note", exact=True).fill("Ring twice")
    page.context.clear_cookies(name="sessionid")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/login/**")

    log_in(page, reviewer)
    page.wait_for_url("**/edit/**")

    expect(page.get_by_label("Note", exact=True)).to_have_value("")
    expect(page.get_by_role("button", name="Put it back")).to_have_count(0)


def test_without_javascript_a_confirmed_order_is_changed(
    open_as: OpenAs, clerk: User, reserved: Order
):
    page = open_as(clerk, f"/orders/{reserved.number}/edit/?part=lines", java_script_enabled=False)
    page.get_by_label("CUP-1, Quantity").fill("4")
    page.get_by_role("button", name="Save", exact=True).last.click()
    page.get_by_role("button", name="Save with all of this").click()

    expect(page.get_by_text(f"Order {reserved.number} saved.")).to_be_visible()
    assert flow.fresh(reserved).total_amount == 40
