"""T5: from a template to a rule in force, with its effect on the order that waits."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from oms.models import User
from orders import pipeline
from orders.models import Order, ReviewRule
from tests.fixtures import flow
from tests.fixtures.browser import OpenAs
from tests.fixtures.company import Place
from tests.fixtures.effort import Effort
from tests.fixtures.rules import rule

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("holds"),
]

GOAL = 6
LIST = "/admin/orders/reviewrule/"


@pytest.fixture
def waiting(place: Place) -> Order:
    """No rule knows what to do with it: its note asks for an invoice."""
    order = place(note="invoice please")
    pipeline.advance()
    return flow.fresh(order)


def in_force(page: Page) -> None:
    expect(page.get_by_text("Version 1 is in force.")).to_be_visible()


def test_by_mouse_from_nothing(
    open_as: OpenAs, administrator: User, waiting: Order, within_goal: Any
):
    page = open_as(administrator, LIST)
    effort = Effort.begin(page, "T5 template, tried, published, mouse", goal=GOAL)

    page.get_by_role("button", name="Wishes in the note").click()
    page.get_by_role("button", name="30 days").click()
    expect(page.get_by_text("Hits 1 of 1 orders, would change 1")).to_be_visible()
    page.locator("#trial").get_by_role("button", name="Publish").click()

    in_force(page)
    assert within_goal(effort)["interactions"] == 3
    pipeline.advance()
    assert (waiting.status, flow.fresh(waiting).status) == ("pending_review", "on_hold")


def test_by_keyboard_beside_other_rules(
    open_as: OpenAs, administrator: User, waiting: Order, within_goal: Any
):
    rule("hold", ("total", "gte", "99999"), name="Huge")
    page = open_as(administrator, LIST)
    effort = Effort.begin(page, "T5 template, tried, published, keyboard", goal=GOAL)

    page.locator("summary", has_text="From a template").press("Enter")
    page.get_by_role("button", name="Wishes in the note").press("Enter")
    page.get_by_role("button", name="30 days").press("Enter")
    page.locator("#trial").get_by_role("button", name="Publish").press("Enter")

    in_force(page)
    within_goal(effort)
    pipeline.advance()
    assert flow.fresh(waiting).status == "on_hold"


def test_rows_follow_what_is_chosen(open_as: OpenAs, administrator: User):
    page = open_as(administrator, f"{LIST}add/")

    page.get_by_label("Name", exact=True).fill("Large")
    page.get_by_label("Field of condition 1").select_option("total")
    page.get_by_label("Comparison of condition 1").select_option("between")
    page.get_by_label("From, condition 1").fill("500")
    page.get_by_label("To, condition 1").fill("2000")
    page.get_by_role("button", name="Add a condition").press("Enter")
    expect(page.get_by_label("Field of condition 2")).to_be_focused()
    page.get_by_label("Field of condition 2").select_option("payment")
    page.get_by_label("Not paid").check()
    page.get_by_label("Reason").fill("Unpaid and large")
    page.keyboard.press("Tab")
    expect(page.locator("#rule-said [lang=en]")).to_contain_text(
        "When Order total is within 500–2,000 and Payment is one of “Not paid” → hold, reason “Unpaid and large”"
    )
    page.keyboard.press("Control+Enter")

    expect(page.get_by_text("The rule is saved.")).to_be_visible()
    [first, second] = ReviewRule.objects.get().newest.text.conditions
    assert (first.value, second.value) == ("500..2000", "unpaid")


def test_what_is_typed_must_be_saved_before_it_is_published(open_as: OpenAs, administrator: User):
    one = rule("hold", ("total", "gte", "1"), name="Large", mode="shadow")
    page = open_as(administrator, f"{LIST}{one.pk}/change/")
    page.get_by_role("button", name="30 days").click()
    publish = page.locator("#rule-standing").get_by_role("button", name="Publish")
    expect(publish).to_be_enabled()

    page.get_by_label("Value of condition 1").fill("5")

    expect(publish).to_be_disabled()
    expect(page.locator("#rule-standing").get_by_text("Save or try")).to_be_visible()


def test_it_works_without_scripts(open_as: OpenAs, administrator: User):
    page = open_as(administrator, f"{LIST}add/", java_script_enabled=False)

    page.get_by_label("Name", exact=True).fill("Large")
    page.get_by_label("Field of condition 1").select_option("total")
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Value of condition 1").fill("2000")
    page.get_by_role("button", name="Add a condition").click()
    page.get_by_role("button", name="Take out condition 2").click()
    page.get_by_label("Reason").fill("Large")
    page.get_by_role("button", name="Save draft").last.click()

    expect(page.get_by_text("The rule is saved.")).to_be_visible()
    assert [one.value for one in ReviewRule.objects.get().newest.text.conditions] == ["2000"]
