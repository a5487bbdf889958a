"""T1: fifty orders of a day: 41 routine, 5 wait for a person, 2 lack a street, 2 are short of one of their goods."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from inventory.models import Sku, Warehouse
from oms.models import User
from orders import pipeline
from orders.exceptions import watch
from orders.models import Order
from tests.effort.steps import (
    ORDERS,
    every_parcel_left_with_its_waybill,
    import_by_keyboard,
    press,
    row,
    ship_by_keyboard,
    write_file,
)
from tests.fixtures import flow
from tests.fixtures.browser import OpenAs
from tests.fixtures.company import create_sku
from tests.fixtures.effort import Effort
from tests.fixtures.rules import rule

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("web", "holds"),
]

GOAL = 40
UNPAID = {"payment_method": "", "payment_amount": ""}


@pytest.fixture
def shop_file(tmp_path: Path, cup: Sku, warehouse: Warehouse) -> Path:
    flow.receive(cup, warehouse, 100)
    create_sku("BIG-1", price=20)
    rule("approve", ("unpaid", "lte", "0"), ("street", "filled", ""))
    rule("hold", ("street", "empty", ""))
    rows = [row(number) for number in range(41)]
    rows += [row(number, **UNPAID) for number in range(41, 46)]
    rows += [row(number, ship_street="") for number in (46, 47)]
    for number in (48, 49):
        rows += [
            row(number, payment_amount=30),
            row(number, payment_amount=30, sku="BIG-1", unit_price=20),
        ]
    return write_file(tmp_path / "orders.csv", rows)


def work() -> None:
    """What the workers do after each step."""
    pipeline.advance()
    watch.sweep()


def review(page: Page) -> None:
    press(page, "g", "r")
    for number in range(41, 46):
        order = Order.objects.get(external_no=f"W-{number}")
        expect(page.locator("#review-desk h2").first).to_have_text(order.number)
        press(page, "a")
    expect(page.get_by_text("Everything is reviewed").last).to_be_visible()


def mend_addresses(page: Page) -> None:
    """The two customers have sent their whole addresses."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    press(page, "g", "e")
    page.get_by_role("link", name="Address").click()
    for number in (46, 47):
        order = Order.objects.get(external_no=f"W-{number}")
        expect(page.locator("[data-of]")).to_contain_text(order.number)
        press(page, "e")
        sent = f"王小明 1380013{number:04} 浙江省杭州市西湖区文三路{number}号"
        page.evaluate("text => navigator.clipboard.writeText(text)", sent)
        press(page, "Control+v")
        expect(page.get_by_label("Street, building, room")).to_have_value(f"文三路{number}号")
        press(page, "Control+Enter")
        expect(page.get_by_text(f"Address of order {order.number} saved.")).to_be_visible()


def ship_what_is_there(page: Page) -> None:
    page.get_by_role("link", name="Short").click()
    expect(page.locator("[data-row]")).to_have_count(2)
    press(page, "*", "a", "s")
    expect(page.get_by_role("heading", level=1)).to_contain_text("2 orders")
    press(page, "Control+Enter")
    told = "2 orders ship what is there; the rest is back-ordered."
    expect(page.get_by_text(told).first).to_be_visible()


def test_a_mixed_day(
    open_as: OpenAs, manager: User, packer: User, shop_file: Path, within_goal: Any
):
    page = open_as(manager, "/")
    effort = Effort.begin(page, "T1 50 mixed orders, keyboard", goal=GOAL)
    import_by_keyboard(page, shop_file)
    work()
    review(page)
    work()
    mend_addresses(page)
    work()
    ship_what_is_there(page)
    work()

    page = open_as(packer, "/")
    effort.goes_on_as(page)
    ship_by_keyboard(page, effort)

    statuses = Order.objects.order_by("pk").values_list("status", flat=True)
    assert list(statuses) == ["shipped"] * 48 + ["partially_shipped"] * 2
    every_parcel_left_with_its_waybill()
    assert within_goal(effort)["scans"] == ORDERS
