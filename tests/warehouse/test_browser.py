"""Counting in a real browser: one item by its key, and a sheet with a scanner."""

import pytest
from playwright.sync_api import expect

from inventory.counting.choose import Choice
from inventory.counting.hand_out import hand_out
from inventory.models import Sku, Stock, Warehouse
from inventory.receive import Arrival
from inventory.receive import receive as receive_goods
from oms.models import User
from tests.fixtures.browser import OpenAs
from tests.fixtures.flow import receive

pytestmark = [
    pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("holds"),
]  # fmt: skip


@pytest.fixture
def cups(cup: Sku, warehouse: Warehouse) -> Sku:
    """10 cups in A-01, which cost 4.50 each."""
    Sku.objects.filter(pk=cup.pk).update(cost="4.5")
    receive_goods([Arrival(cup.pk, 10, "A-01")], warehouse_id=warehouse.pk, actor=None)
    return cup


def test_an_item_is_adjusted_by_keyboard_and_shows_its_money_before(
    open_as: OpenAs, cups: Sku, manager: User
) -> None:
    page = open_as(manager, "/stock/CUP-1/")

    page.keyboard.press("e")
    page.keyboard.type("8")

    expect(page.locator("[data-difference]")).to_contain_text("−2 · −CNY 9.00")
    page.locator("#count").get_by_label("Reason").select_option("breakage")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("8 counted, -2 posted.")).to_be_visible()
    assert Stock.objects.get().on_hand == 8


def test_a_sheet_is_counted_by_scanner_and_asks_about_what_moved(
    open_as: OpenAs, cups: Sku, warehouse: Warehouse, packer: User
) -> None:
    cups.barcodes.create(code="6901234")
    sheet = hand_out(warehouse, Choice("bins", "A-01"), is_blind=False, actor=packer)
    receive(cups, warehouse, 5)
    page = open_as(packer, sheet.get_absolute_url())

    page.keyboard.press("s")
    page.keyboard.type("6901234\n8")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("1 count saved.")).to_be_visible()
    page.keyboard.press("y")
    expect(page.get_by_text("1 line was not posted:")).to_be_visible()
    assert Stock.objects.get().on_hand == 15
    page.get_by_role("checkbox", name="CUP-1").check()
    page.get_by_role("button", name="Apply the ticked differences").click()

    expect(page.get_by_text("1 differences posted (-2 pieces)")).to_be_visible()
    assert Stock.objects.get().on_hand == 13
