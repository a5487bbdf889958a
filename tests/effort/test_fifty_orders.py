"""T1b: fifty routine orders from the shop's file to the courier's hands, a waybill recorded for each parcel."""

from csv import DictWriter
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from inventory.models import Sku, Warehouse
from oms.models import User
from orders import pipeline
from orders.intake.files.presets.own import COLUMNS
from orders.models import Order, Shipment
from orders.review.models import ReviewRule, RuleCondition
from orders.states import OrderStatus
from tests.fixtures import flow
from tests.fixtures.browser import OpenAs
from tests.fixtures.effort import Effort

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("web", "holds"),
]

GOAL = 20
ORDERS = 50


@pytest.fixture
def shop_file(tmp_path: Path, cup: Sku, warehouse: Warehouse) -> Path:
    """Fifty paid orders of one cup each, all in stock, which a rule approves."""
    flow.receive(cup, warehouse, 100)
    rule = ReviewRule.objects.create(name="Paid", outcome="approve", reason="Paid in full")
    RuleCondition.objects.create(rule=rule, field="unpaid", operator="lte", value="0")
    file = tmp_path / "orders.csv"
    with file.open("w", newline="", encoding="utf-8") as text:
        writer = DictWriter(text, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(_row(number) for number in range(ORDERS))
    return file


def _row(number: int) -> dict[str, Any]:
    phone = f"1380013{number:04}"
    return {
        "order_no": f"W-{number}",
        "customer_name": "王小明",
        "customer_phone": phone,
        "ship_name": "王小明",
        "ship_phone": phone,
        "ship_country": "CN",
        "ship_province": "浙江省",
        "ship_city": "杭州市",
        "ship_street": f"文三路{number}号",
        "sku": "CUP-1",
        "quantity": 1,
        "unit_price": 10,
        "payment_method": "wechat",
        "payment_amount": 10,
    }


def test_by_keyboard(open_as: OpenAs, clerk: User, packer: User, shop_file: Path, within_goal: Any):
    page = open_as(clerk, "/")
    effort = Effort.begin(page, "T1b 50 routine orders, keyboard", goal=GOAL)
    press(page, "g", "i")
    page.get_by_label("File").set_input_files(shop_file)
    page.get_by_label("Channel").select_option("web")
    press(page, "Control+Enter")
    expect(page.get_by_role("button", name="Import 50 rows")).to_be_visible()
    press(page, "i")
    expect(page.get_by_role("heading", level=1)).to_contain_text("orders.csv")
    pipeline.advance()

    page = open_as(packer, "/")
    effort.goes_on_as(page)
    press(page, "g", "f")
    for act, tab in (("w", "2"), ("k", "3")):
        expect(page.locator("[data-row]")).to_have_count(ORDERS)
        press(page, "*", "a", act)
        expect(page.locator("[data-row]")).to_have_count(0)
        press(page, tab)
    scan_waybills(page, effort)
    press(page, "Enter")

    expect(page.get_by_text("50 shipments handed over.")).to_be_visible()
    everything_left_with_its_waybill()
    assert within_goal(effort)["scans"] == ORDERS


def test_by_mouse(open_as: OpenAs, clerk: User, packer: User, shop_file: Path, within_goal: Any):
    page = open_as(clerk, "/")
    effort = Effort.begin(page, "T1b 50 routine orders, mouse", goal=GOAL)
    page.get_by_role("link", name="Import", exact=True).first.click()
    page.get_by_label("File").set_input_files(shop_file)
    page.get_by_label("Channel").select_option("web")
    page.get_by_role("button", name="Next step").click()
    page.get_by_role("button", name="Import 50 rows").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("orders.csv")
    pipeline.advance()

    page = open_as(packer, "/")
    effort.goes_on_as(page)
    page.get_by_label("Main").get_by_role("link", name="Fulfil").click()
    for act, tab in (("Start picking", "Picking"), ("Pack", "Packed")):
        expect(page.locator("[data-row]")).to_have_count(ORDERS)
        page.get_by_role("button", name="Tick all").click()
        page.get_by_role("button", name=act).click()
        expect(page.locator("[data-row]")).to_have_count(0)
        page.get_by_label("Shipments by state").get_by_role("link", name=tab).click()
    scan_waybills(page, effort)
    page.get_by_role("button", name="Hand over").click()

    expect(page.get_by_text("50 shipments handed over.")).to_be_visible()
    everything_left_with_its_waybill()
    assert within_goal(effort)["scans"] == ORDERS


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def scan_waybills(page: Page, effort: Effort) -> None:
    """The scanner is armed: each label beeps into the row of its parcel."""
    expect(page.locator("[data-waybill]").first).to_be_focused()
    for number in range(ORDERS):
        effort.scan(f"SF10000000{number:02}")


def everything_left_with_its_waybill() -> None:
    assert set(Order.objects.values_list("status", flat=True)) == {OrderStatus.SHIPPED}
    waybills = Shipment.objects.order_by("pk").values_list("waybill", flat=True)
    assert list(waybills) == [f"SF10000000{number:02}" for number in range(ORDERS)]
