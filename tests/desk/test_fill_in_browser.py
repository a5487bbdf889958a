"""The new order filled in, in a real browser: by keyboard, by pasting, and without JavaScript."""

import pytest
from playwright.sync_api import Page, expect

from oms.models import User
from orders.models import Order
from tests.fixtures.browser import OpenAs
from tests.fixtures.company import Place

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("web", "cup"),
]

PASTED = "张三 13900000000 浙江省杭州市西湖区文三路1号 请放门卫"


def line(page: Page, row: int, name: str) -> str:
    return page.locator(f'[name="lines-{row}-{name}"]').input_value()


def test_a_known_customers_order_takes_a_few_keys(open_as: OpenAs, place: Place, clerk: User):
    place()
    page = open_as(clerk, "/orders/new/")
    page.keyboard.type("8001")
    expect(page.get_by_role("button", name="王小明")).to_be_visible()

    page.keyboard.press("Enter")
    expect(page.get_by_label("Customer", exact=True)).to_have_value("王小明")
    expect(page.locator('[name="lines-0-sku"]')).to_be_focused()
    page.keyboard.type("3*CUP-1")
    page.keyboard.press("Control+Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("To review")
    newest = Order.objects.latest("pk")
    assert (newest.ship_street, newest.lines.get().quantity) == ("文三路 1 号", 3)


def test_the_arrows_go_through_the_known_customers(open_as: OpenAs, place: Place, clerk: User):
    place()
    page = open_as(clerk, "/orders/new/")
    page.keyboard.type("138")
    expect(page.get_by_role("button", name="王小明")).to_be_visible()

    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("button", name="王小明")).to_be_focused()
    page.keyboard.press("Escape")

    expect(page.get_by_label("Phone", exact=True)).to_be_focused()
    expect(page.get_by_role("button", name="王小明")).to_have_count(0)


def test_a_pasted_address_goes_to_its_fields(open_as: OpenAs, clerk: User):
    page = open_as(clerk, "/orders/new/")

    page.get_by_label("Paste a whole address").fill(PASTED)
    page.get_by_role("button", name="Fill in").click()

    expect(page.get_by_label("Street, building, room")).to_have_value("文三路1号")
    expect(page.get_by_label("District")).to_have_value("西湖区")
    expect(page.locator("mark")).to_contain_text("请放门卫")


def test_a_line_changes_places_with_its_neighbour(open_as: OpenAs, clerk: User):
    page = open_as(clerk, "/orders/new/")
    page.locator('[name="lines-0-sku"]').fill("2*CUP-1")
    page.keyboard.press("Enter")
    assert (line(page, 0, "sku"), line(page, 0, "quantity")) == ("CUP-1", "2")

    page.keyboard.press("Alt+ArrowDown")

    assert (line(page, 0, "sku"), line(page, 1, "sku"), line(page, 1, "quantity")) == (
        "",
        "CUP-1",
        "2",
    )
    expect(page.locator('[name="lines-1-quantity"]')).to_be_focused()


def test_a_copied_order_is_placed_again(open_as: OpenAs, place: Place, clerk: User):
    order = place(("CUP-1", 3))
    page = open_as(clerk, f"/orders/{order.number}/")

    page.get_by_role("link", name="Copy order").click()
    expect(page.get_by_text("This customer ordered CUP-1")).to_be_visible()
    page.keyboard.press("Control+Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("To review")
    assert [one.lines.get().quantity for one in Order.objects.all()] == [3, 3]


def test_without_javascript_the_buttons_fill_in(open_as: OpenAs, place: Place, clerk: User):
    place()
    page = open_as(clerk, "/orders/new/", java_script_enabled=False)
    page.get_by_label("Phone", exact=True).fill("138")
    page.locator('[name="lines-0-sku"]').fill("2*CUP-1")
    page.get_by_role("button", name="Find the customer by phone").click()
    page.get_by_role("button", name="王小明").click()
    page.get_by_label("Paste a whole address").fill(PASTED)
    page.get_by_role("button", name="Fill in").click()
    page.get_by_role("button", name="Place the order").last.click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("To review")
    newest = Order.objects.latest("pk")
    assert (newest.ship_name, newest.ship_street) == ("张三", "文三路1号")
    assert newest.lines.get().quantity == 2
