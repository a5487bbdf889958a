"""The comforts of the order list in a real browser: the panel, news, columns, a view that somebody else opens."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import FloatRect, Locator, Page, expect

from oms.models import User
from orders.desk.columns.layout import save_layout
from orders.desk.columns.models import ListLayout
from orders.desk.columns.registry import COLUMNS
from orders.review.decide import hold_orders
from tests.fixtures import flow
from tests.fixtures.browser import OpenAs
from tests.fixtures.company import Place

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ALL = [column.name for column in COLUMNS]


def headings(page: Page) -> list[str]:
    return page.locator("#rows thead th").all_inner_texts()[1:]


def box_of(row: Locator) -> FloatRect:
    box = row.bounding_box()
    assert box
    return box


def test_the_panel_follows_the_row_by_keyboard(open_as: OpenAs, place: Place, reviewer: User):
    older, newer = place(note="older"), place(note="newer")
    page = open_as(reviewer, "/orders/")
    panel = page.locator("#peek")

    page.keyboard.press("j")
    page.keyboard.press(" ")
    expect(panel).to_contain_text(newer.number)
    page.keyboard.press("j")
    expect(panel).to_contain_text(older.number)
    page.keyboard.press("k")
    expect(panel).to_contain_text(newer.number)
    panel.get_by_role("button", name="Approve").click()
    expect(page.get_by_text(f"Order {newer.number}")).to_be_visible()
    expect(page).to_have_url("/orders/")

    assert flow.fresh(newer).status == "approved"
    assert flow.fresh(older).status == "pending_review"


def test_escape_closes_the_panel_and_the_row_stays(open_as: OpenAs, place: Place, clerk: User):
    place()
    page = open_as(clerk, "/orders/", width=1024)
    page.keyboard.press("j")
    page.keyboard.press(" ")
    expect(page.locator("#peek")).to_contain_text("文三路")

    page.keyboard.press("Escape")

    expect(page.locator("#peek")).to_be_hidden()
    expect(page.locator("[data-row].is-current")).to_have_count(1)
    assert page.evaluate("window.scrollY") == 0


def test_news_are_told_without_moving_a_row(open_as: OpenAs, place: Place, clerk: User):
    first = place()
    page = open_as(clerk, "/orders/")
    hold_orders([first.pk], actor=clerk, reason="?")
    second = place()
    before = box_of(page.locator("[data-row]"))["y"]

    page.evaluate("document.dispatchEvent(new Event('orders:fresh'))")

    expect(page.locator("[data-new-rows]")).to_have_text("1 new order – show")
    expect(page.locator("[data-row] .cell-status")).to_have_text("On hold")
    expect(page.locator("[data-row] .dot")).to_have_count(1)
    assert box_of(page.locator("[data-row]"))["y"] == before
    page.locator("[data-new-rows]").click()
    expect(page.locator("[data-row]")).to_have_count(2)
    expect(page.locator("[data-row] a[data-open]").first).to_have_text(second.number)
    expect(page.locator("[data-new-rows]")).to_be_hidden()


def test_columns_are_chosen_and_ordered_by_keyboard(open_as: OpenAs, place: Place, clerk: User):
    place()
    page = open_as(clerk, "/orders/")

    page.get_by_role("link", name="Columns").click()
    panel = page.locator("#look-panel")
    panel.get_by_label("City", exact=True).uncheck()
    panel.get_by_label("Platform no.", exact=True).check()
    for _ in range(2):
        page.get_by_role("button", name="Goods: one place up").press("Enter")
    panel.get_by_label("Compact").check()
    panel.get_by_role("button", name="Save for my lists").last.click()

    expect(page.get_by_text("Your columns are saved.")).to_be_visible()
    assert headings(page)[:5] == ["Order", "Placed", "Goods", "Customer", "Amount"]
    assert headings(page)[-1] == "Platform no."
    assert ListLayout.objects.get().density == "compact"


def test_columns_are_chosen_without_javascript(open_as: OpenAs, clerk: User, place: Place):
    place()
    page = open_as(clerk, "/orders/", java_script_enabled=False)
    page.get_by_role("link", name="Columns").click()
    page.get_by_role("button", name="Customer: one place up").click()
    page.get_by_role("button", name="Save for my lists").last.click()

    assert headings(page)[:3] == ["Order", "Customer", "Placed"]


def test_a_saved_view_is_opened_by_somebody_else(
    open_as: OpenAs, place: Place, manager: User, clerk: User
):
    held = place()
    place()
    hold_orders([held.pk], actor=clerk, reason="?")
    page = open_as(manager, "/orders/")
    page.locator("#query").press_sequentially("status:hold")
    expect(page.locator(".list-said")).to_have_text("1 order")
    page.locator(".more-views summary").click()
    page.get_by_role("link", name="Save this list as a view").click()
    page.get_by_label("Name of the view").fill("Stuck")
    page.get_by_label("Share it").check()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("link", name="Stuck")).to_have_attribute("aria-current", "page")

    other = open_as(clerk, page.url)

    expect(other.locator("[data-row]")).to_have_count(1)
    expect(other.get_by_role("link", name="Stuck (shared by manager)")).to_be_visible()
    other.locator("#query").press_sequentially(" amount:>5")
    expect(other.get_by_text("View “Stuck” is changed.")).to_be_visible()
    expect(other.get_by_role("button", name="Save", exact=True)).to_have_count(0)
    other.get_by_role("link", name="Reset").click()
    expect(other.locator("#query")).to_have_value("status:hold")
    expect(other.get_by_text("View “Stuck” is changed.")).to_have_count(0)


def test_fourteen_rows_fit_on_a_small_screen(open_as: OpenAs, place: Place, clerk: User):
    for _ in range(16):
        place(("CUP-1", 1), ("CUP-1", 2))
    page = open_as(clerk, "/orders/")

    boxes = [box_of(row) for row in page.locator("[data-row]").all()]

    assert {box["height"] for box in boxes} == {40}
    assert sum(box["y"] + box["height"] <= 720 for box in boxes) >= 14


@pytest.mark.parametrize(("density", "height"), [("compact", 32), ("touch", 48)])
def test_rows_are_as_high_as_chosen(
    open_as: OpenAs, place: Place, clerk: User, density: str, height: int
):
    place()
    save_layout(clerk, ["customer", "amount", "status"], density)

    box = box_of(open_as(clerk, "/orders/").locator("[data-row]"))

    assert box["height"] == height


@pytest.mark.parametrize("width", [320, 768, 1024, 1280])
def test_all_columns_do_not_scroll_the_page_sideways(
    open_as: OpenAs, place: Place, manager: User, width: int
):
    place(external_no="T-1234567890123456", note="x" * 200)
    save_layout(manager, ALL, "normal")
    page = open_as(manager, "/orders/", width=width)

    inner, outer = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )

    assert inner <= outer


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "address", ["/orders/", "/orders/columns/", "/orders/saved/", "/orders/saved/new/"]
)
def test_no_page_fails_the_accessibility_check(
    open_as: OpenAs, place: Place, manager: User, address: str, scheme: Any
):
    place(external_no="T-1", note="x")
    save_layout(manager, ALL, "normal")
    page = open_as(manager, address, color_scheme=scheme, width=1500)
    if address == "/orders/":
        page.keyboard.press("j")
        page.keyboard.press(" ")
        expect(page.locator("#peek")).to_contain_text("Last events")

    found = Axe().run(page).response["violations"]
    assert [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found] == []
