"""The review queue in a real browser: one key a decision, the next order by itself, colleagues in sight."""

import pytest
from playwright.sync_api import Page, expect

from oms.models import User
from orders import pipeline
from orders.models import Order
from orders.review.decide import approve_orders
from orders.review.desk.claim import claim_order
from tests.fixtures import flow
from tests.fixtures.browser import OpenAs
from tests.fixtures.company import Place
from tests.fixtures.rules import rule

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def expect_order(page: Page, order: Order) -> None:
    expect(page.locator("#review-desk h2").first).to_have_text(order.number)
    # Swapped in is not yet wired: a faster hand than anybody's would send the form without the script.
    expect(page.locator(".htmx-added, .htmx-settling, .htmx-request")).to_have_count(0)


def test_each_plain_decision_is_one_key(open_as: OpenAs, place: Place, reviewer: User):
    orders = [place() for _ in range(3)]
    page = open_as(reviewer, "/review/")
    expect_order(page, orders[0])

    page.keyboard.press("a")
    expect_order(page, orders[1])
    page.keyboard.press("a")
    expect_order(page, orders[2])
    expect(page).to_have_url(f"/review/{orders[2].number}/")
    page.keyboard.press("a")

    expect(page.get_by_text("Everything is reviewed").last).to_be_visible()
    assert set(Order.objects.values_list("status", flat=True)) == {"approved"}


def test_a_hold_is_two_keys_and_z_takes_it_back(open_as: OpenAs, place: Place, reviewer: User):
    first, second = place(), place()
    page = open_as(reviewer, "/review/")
    expect_order(page, first)

    page.keyboard.press("h")
    expect(page.locator("#review-hold")).to_be_visible()
    page.keyboard.press("3")
    expect_order(page, second)
    assert flow.fresh(first).reason_detail == "Address incomplete"
    page.keyboard.press("z")

    expect_order(page, first)
    assert flow.fresh(first).status == "pending_review"


def test_a_digit_alone_does_nothing(open_as: OpenAs, place: Place, reviewer: User):
    first, second = place(), place()
    page = open_as(reviewer, "/review/")
    expect_order(page, first)

    page.keyboard.press("3")
    page.keyboard.press("j")

    expect_order(page, second)
    assert flow.fresh(first).status == "pending_review"


def test_another_reason_is_typed(open_as: OpenAs, place: Place, reviewer: User):
    order = place()
    page = open_as(reviewer, "/review/")
    expect_order(page, order)

    page.keyboard.press("h")
    expect(page.locator("#review-hold")).to_be_visible()
    page.keyboard.press("9")
    expect(page.locator("#hold-other")).to_be_focused()
    page.keyboard.type("3 pieces look wrong")
    page.keyboard.press("Enter")

    expect(page.locator("[data-told]")).to_have_text(f"Order {order.number} put on hold.")
    assert flow.fresh(order).reason_detail == "3 pieces look wrong"


def test_a_rejection_is_confirmed_with_a_reason(open_as: OpenAs, place: Place, reviewer: User):
    order = place()
    page = open_as(reviewer, "/review/")
    expect_order(page, order)

    page.keyboard.press("d")
    expect(page.locator("#cancel-reason")).to_be_focused()
    page.keyboard.type("Double")
    page.keyboard.press("Enter")

    expect(page.locator("[data-told]")).to_have_text(f"Order {order.number} cancelled.")
    assert flow.fresh(order).status == "cancelled"


def test_the_mouse_needs_no_more(open_as: OpenAs, place: Place, reviewer: User):
    first, second = place(), place()
    page = open_as(reviewer, "/review/")
    expect_order(page, first)

    page.locator(f"#row-{second.number} a").click()
    expect_order(page, second)
    page.get_by_role("button", name="Approve").click()

    expect_order(page, first)
    assert flow.fresh(second).status == "approved"


def test_keys_step_and_an_edit_comes_back(open_as: OpenAs, place: Place, reviewer: User):
    first, second = place(), place()
    page = open_as(reviewer, "/review/")
    expect_order(page, first)
    page.keyboard.press("]")
    expect_order(page, second)
    page.keyboard.press("[")
    expect_order(page, first)

    page.keyboard.press("e")
    page.get_by_label("Street, building, room").fill("文三路 9 号")
    page.keyboard.press("Control+Enter")

    expect_order(page, first)
    expect(page.locator(".review-facts")).to_contain_text("文三路 9 号")


def test_a_colleagues_order_asks_once_then_goes(
    open_as: OpenAs, place: Place, reviewer: User, manager: User
):
    order = place()
    claim_order(order.pk, manager)
    page = open_as(reviewer, f"/review/{order.number}/")
    expect(page.get_by_text("manager is reviewing it now").first).to_be_visible()

    page.keyboard.press("a")
    expect(page.get_by_text("decide again if you mean it")).to_be_visible()
    page.keyboard.press("a")

    expect(page.locator("[data-told]")).to_have_text(f"Order {order.number} approved.")


def test_what_a_colleague_decides_leaves_the_list_with_the_name(
    open_as: OpenAs, place: Place, reviewer: User, manager: User
):
    first, second = place(), place()
    page = open_as(reviewer, "/review/")
    expect_order(page, first)
    approve_orders([second.pk], actor=manager)

    page.evaluate("document.dispatchEvent(new Event('review:keep'))")

    expect(page.locator(f"#row-{second.number}")).to_contain_text("Decided by manager")
    expect(page.locator(f"#row-{second.number}")).to_have_count(0)


def test_the_reason_is_in_sight_without_scrolling(open_as: OpenAs, place: Place, reviewer: User):
    rule("hold", ("total", "gte", "1"), ("note", "contains", "x"))
    place(*[("CUP-1", 1)] * 20, note="x" * 300)
    pipeline.advance()
    page = open_as(reviewer, "/review/?tab=hold")

    expect(page.locator("#review-reason")).to_be_in_viewport(ratio=1)
    expect(page.locator(".review-why .why li").first).to_be_in_viewport(ratio=1)


def test_on_a_phone_the_list_leads_to_a_page_of_the_order(
    open_as: OpenAs, place: Place, reviewer: User
):
    first, second = place(), place()
    page = open_as(reviewer, "/review/", width=360)

    page.locator(f"#row-{first.number} a").click()
    expect_order(page, first)
    expect(page.locator("#review-list")).to_be_hidden()
    page.get_by_role("button", name="Approve").click()

    expect_order(page, second)


def test_without_javascript_the_queue_is_worked_off(open_as: OpenAs, place: Place, reviewer: User):
    first, second = place(), place()
    page = open_as(reviewer, "/review/", java_script_enabled=False)

    page.locator(f"#row-{first.number} a").click()
    page.get_by_role("button", name="Approve").click()
    expect_order(page, second)
    page.get_by_role("button", name="Hold").click()
    page.get_by_role("button", name="Suspected fraud").click()

    expect(page.get_by_text("Everything is reviewed").last).to_be_visible()
    assert flow.fresh(second).reason_detail == "Suspected fraud"
