"""T1b: fifty routine orders from the shop's file to the courier's hands, a waybill recorded for each parcel."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from inventory.models import Sku, Warehouse
from oms.models import User
from orders import pipeline
from orders.models import Order
from tests.effort.steps import (
    ORDERS,
    every_parcel_left_with_its_waybill,
    import_by_keyboard,
    row,
    scan_waybills,
    ship_by_keyboard,
    write_file,
)
from tests.fixtures import flow
from tests.fixtures.browser import OpenAs
from tests.fixtures.effort import Effort
from tests.fixtures.rules import rule

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("web", "holds"),
]

GOAL = 20


@pytest.fixture
def shop_file(tmp_path: Path, cup: Sku, warehouse: Warehouse) -> Path:
    """Fifty paid orders of one cup each, all in stock, which a rule approves."""
    flow.receive(cup, warehouse, 100)
    rule("approve", ("unpaid", "lte", "0"))
    return write_file(tmp_path / "orders.csv", map(row, range(ORDERS)))


def all_are_shipped() -> None:
    assert set(Order.objects.values_list("status", flat=True)) == {"shipped"}
    every_parcel_left_with_its_waybill()


def test_by_keyboard(open_as: OpenAs, clerk: User, packer: User, shop_file: Path, within_goal: Any):
    page = open_as(clerk, "/")
    effort = Effort.begin(page, "T1b 50 routine orders, keyboard", goal=GOAL)
    import_by_keyboard(page, shop_file)
    pipeline.advance()

    page = open_as(packer, "/")
    effort.goes_on_as(page)
    ship_by_keyboard(page, effort)

    all_are_shipped()
    assert within_goal(effort)["scans"] == ORDERS


def test_by_mouse(open_as: OpenAs, clerk: User, packer: User, shop_file: Path, within_goal: Any):
    page = open_as(clerk, "/")
    effort = Effort.begin(page, "T1b 50 routine orders, mouse", goal=GOAL)
    page.get_by_label("Main").get_by_role("link", name="Import").click()
    page.get_by_label("File").set_input_files(shop_file)
    page.get_by_label("Channel").select_option("web")
    page.get_by_role("button", name="Next step").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("orders.csv")
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
    all_are_shipped()
    assert within_goal(effort)["scans"] == ORDERS
