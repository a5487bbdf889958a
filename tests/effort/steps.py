"""What the tasks share: a shop's file, the keys that take it in, the way through the warehouse."""

from collections.abc import Iterable
from csv import DictWriter
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from orders.intake.files.presets.own import COLUMNS
from orders.models import Shipment
from tests.fixtures.effort import Effort

ORDERS = 50


def row(number: int, **changes: Any) -> dict[str, Any]:
    """A paid order of one cup; each buyer is another one."""
    phone = f"1380013{number:04}"
    return {
        "order_no": f"W-{number}", "customer_name": f"王小明{number}", "customer_phone": phone,
        "ship_name": f"王小明{number}", "ship_phone": phone, "ship_country": "CN", "ship_province": "浙江省",
        "ship_city": "杭州市", "ship_street": f"文三路{number}号", "sku": "CUP-1", "quantity": 1, "unit_price": 10,
        "payment_method": "wechat", "payment_amount": 10,
    } | changes  # fmt: skip


def write_file(path: Path, rows: Iterable[dict[str, Any]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as text:
        writer = DictWriter(text, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def import_by_keyboard(page: Page, file: Path) -> None:
    press(page, "g", "i")
    page.get_by_label("File").set_input_files(file)
    page.get_by_label("Channel").select_option("web")
    press(page, "Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(file.name)
    press(page, "Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Check")
    press(page, "i")
    expect(page.get_by_role("heading", level=1)).to_contain_text(file.name)


def ship_by_keyboard(page: Page, effort: Effort) -> None:
    """Picked, packed, and a waybill scanned for each parcel."""
    press(page, "g", "f")
    for act, tab in (("w", "2"), ("k", "3")):
        expect(page.locator("[data-row]")).to_have_count(ORDERS)
        page.wait_for_load_state()
        press(page, "*", "a")
        expect(page.locator("[data-ticked]")).to_contain_text(str(ORDERS))
        press(page, act)
        expect(page.locator("[data-row]")).to_have_count(0)
        press(page, tab)
    scan_waybills(page, effort)
    press(page, "Enter")
    expect(page.get_by_text(f"{ORDERS} shipments handed over.")).to_be_visible()


def scan_waybills(page: Page, effort: Effort) -> None:
    """The scanner is armed: each label beeps into the row of its parcel."""
    expect(page.locator("[data-waybill]").first).to_be_focused()
    for number in range(ORDERS):
        effort.scan(f"SF10000000{number:02}")


def every_parcel_left_with_its_waybill() -> None:
    waybills = Shipment.objects.filter(status="shipped").order_by("pk")
    assert list(waybills.values_list("waybill", flat=True)) == [
        f"SF10000000{number:02}" for number in range(ORDERS)
    ]
