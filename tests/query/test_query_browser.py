"""The query line in a real browser: what is acted on is what is seen, however one got there."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from oms.models import User
from orders.desk.bulk.models import BulkJob
from orders.desk.notes.tag import tag_orders
from orders.models import Order
from tests.fixtures import flow
from tests.fixtures.browser import OpenAs
from tests.fixtures.company import Place

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def marked(place: Place, clerk: User) -> list[Order]:
    """53 orders with a tag, so that they fill more than a page, between 53 without."""
    orders = [place() for _ in range(106)]
    tag_orders([one.pk for one in orders[::2]], "加急", actor=clerk)
    return orders[::2]


def line(page: Page) -> Any:
    return page.locator("#query")


def said(page: Page, words: str) -> None:
    expect(page.locator(".list-said")).to_have_text(words)


def statuses(orders: list[Order]) -> set[str]:
    return {flow.fresh(one).status for one in orders}


def test_all_of_a_list_typed_without_a_reload_are_exactly_those_orders(
    open_as: OpenAs, marked: list[Order], reviewer: User
):
    page = open_as(reviewer, "/orders/?tab=review")

    line(page).press_sequentially("tag:加急")
    said(page, "53 orders")
    page.get_by_label("All 53 of this list").check()
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Approve 53 orders")
    page.get_by_role("button", name="Approve 53 orders").click()

    expect(page.get_by_text("53 orders approved.")).to_be_visible()
    assert statuses(marked) == {"approved"}
    assert Order.objects.filter(status="approved").count() == 53


def test_on_the_second_page_all_of_the_list_is_still_all_of_it(
    open_as: OpenAs, marked: list[Order], reviewer: User
):
    page = open_as(reviewer, "/orders/")
    line(page).press_sequentially("标签:加急")
    said(page, "53 orders")

    page.get_by_role("link", name="Next").click()
    expect(page.locator("[data-row]")).to_have_count(3)
    page.get_by_label("All 53 of this list").check()
    page.get_by_role("button", name="Hold").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Put 53 orders on hold")


def test_what_changed_between_count_and_act_is_told_and_left(
    open_as: OpenAs, marked: list[Order], reviewer: User, place: Place, clerk: User
):
    page = open_as(reviewer, "/orders/?tab=review&q=tag:加急")
    page.get_by_label("All 53 of this list").check()
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Approve 53 orders")
    late = place()
    tag_orders([late.pk], "加急", actor=clerk)
    flow.cancel(marked[0])

    page.get_by_role("button", name="Approve 53 orders").click()

    expect(page.get_by_text("52 orders approved.")).to_be_visible()
    expect(page.get_by_text("1 order stayed as it was.")).to_be_visible()
    assert statuses([late]) == {"pending_review"}


def test_a_query_changed_after_choosing_takes_the_choice_away_at_once(
    open_as: OpenAs, marked: list[Order], reviewer: User
):
    page = open_as(reviewer, "/orders/?tab=review")
    page.get_by_label("All 106 of this list").check()

    page.route("**/orders/?*", hold_back(page))
    line(page).press_sequentially("tag:加急")

    expect(page.locator("#bulk")).to_have_attribute("inert", "")
    assert page.locator("[name=order]:checked, [name=scope]:checked").count() == 0
    page.unroute_all(behavior="ignoreErrors")
    line(page).press_sequentially(" ")
    line(page).press_sequentially("amount:>1")
    said(page, "53 orders")
    expect(page.locator("#bulk")).not_to_have_attribute("inert", "")
    page.get_by_label("All 53 of this list").check()
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Approve 53 orders")
    assert BulkJob.objects.count() == 1


def hold_back(_page: Page) -> Callable[[Any], None]:
    return lambda route: route.abort()


def test_chips_and_line_are_one(open_as: OpenAs, place: Place, clerk: User):
    tag_orders([place().pk], "加急", actor=clerk)
    page = open_as(clerk, "/orders/")

    line(page).press_sequentially("status:to-review amount:>1")
    expect(page.locator(".query-chips .chip")).to_have_count(2)
    assert page.url.endswith("/orders/?q=status%3Ato-review+amount%3A%3E1")
    page.get_by_role("link", name="Remove Status: To review").click()
    expect(line(page)).to_have_value("amount:>1")
    page.locator("label.chip-words").click()
    page.keyboard.type("tag:加急")
    expect(page.locator(".query-chips .chip")).to_have_text(["Tag: 加急Remove Tag: 加急"])

    line(page).fill("")
    expect(page.locator(".query-chips .chip")).to_have_count(0)
    said(page, "1 order")


def test_backspace_in_the_empty_line_takes_the_last_chip(
    open_as: OpenAs, place: Place, clerk: User
):
    place()
    page = open_as(clerk, "/orders/?channel=web&status=pending_review")
    expect(page.locator(".query-chips .chip")).to_have_count(2)

    page.keyboard.press("/")
    page.keyboard.press("Backspace")

    expect(page.locator(".query-chips .chip")).to_have_count(1)
    expect(page).to_have_url("/orders/?channel=web")


def test_suggestions_are_taken_by_keyboard(open_as: OpenAs, place: Place, clerk: User):
    place()
    page = open_as(clerk, "/orders/")

    page.keyboard.press("/")
    page.keyboard.type("sta")
    expect(page.get_by_role("option")).to_have_text(
        ["status:a status such as to-review or shipped"]
    )
    page.keyboard.press("ArrowDown")
    expect(line(page)).to_have_attribute("aria-activedescendant", "query-suggestions-0")
    page.keyboard.press("Tab")
    page.keyboard.type("rev")
    expect(page.get_by_role("option").first).to_contain_text("to-review")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(line(page)).to_have_value("status:to-review ")
    said(page, "1 order")
    expect(line(page)).to_be_focused()


def test_nothing_is_asked_while_a_chinese_word_is_composed(
    open_as: OpenAs, place: Place, clerk: User
):
    place()
    page = open_as(clerk, "/orders/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "?" in request.url else None)
    line(page).focus()
    client = page.context.new_cdp_session(page)

    client.send("Input.imeSetComposition", {"text": "wang", "selectionStart": 4, "selectionEnd": 4})
    page.wait_for_timeout(700)
    assert asked == []
    client.send("Input.insertText", {"text": "王"})

    said(page, "1 order")


def test_back_leads_to_the_row_one_left(open_as: OpenAs, marked: list[Order], clerk: User):
    page = open_as(clerk, "/orders/")
    line(page).press_sequentially("tag:加急")
    said(page, "53 orders")
    row = page.locator(f"#row-{marked[10].number}")

    row.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(marked[10].number)
    page.go_back()

    expect(page.locator(f"#row-{marked[10].number}.is-current")).to_be_in_viewport()
    expect(line(page)).to_have_value("tag:加急")
    said(page, "53 orders")


def test_a_tab_keeps_the_line_and_back_returns_to_the_other(
    open_as: OpenAs, marked: list[Order], clerk: User
):
    page = open_as(clerk, "/orders/?q=tag:加急")

    page.get_by_role("link", name="Cancelled").click()
    expect(page.get_by_text("No order fits")).to_be_visible()
    expect(page.locator(".closest li")).to_have_count(3)
    page.go_back()

    said(page, "53 orders")
    expect(page.get_by_role("link", name="All 53")).to_have_attribute("aria-current", "page")


def test_without_javascript_the_line_is_a_form(open_as: OpenAs, marked: list[Order], clerk: User):
    page = open_as(clerk, "/orders/?tab=review", java_script_enabled=False)

    line(page).fill("tag:加急")
    page.get_by_role("button", name="Search").click()

    said(page, "53 orders")
    assert "tab=review" in page.url


@pytest.mark.parametrize(
    "address", ["/orders/?q=tag:加急 amount:>1 bad:x", "/orders/?q=tag:x&tab=hold"]
)
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 320)])
def test_the_list_with_chips_is_accessible_and_fits(
    open_as: OpenAs, place: Place, manager: User, address: str, scheme: Any, width: int
):  # fmt: skip
    tag_orders([place().pk], "加急", actor=manager)
    page = open_as(manager, address, color_scheme=scheme, width=width)

    found = Axe().run(page).response["violations"]
    assert [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found] == []
    assert page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )
