"""T2: somebody is on the telephone and says the last four digits of their number."""

from typing import Any

import pytest
from playwright.sync_api import expect

from oms.models import User
from orders.intake.draft import ShipTo
from tests.fixtures.browser import OpenAs
from tests.fixtures.company import Place
from tests.fixtures.effort import Effort

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

GOAL = 3


@pytest.fixture
def theirs(place: Place) -> str:
    """The number of the one order whose phone ends in 7731, among others."""
    for digits in range(20):
        place(ship_to=ShipTo("王小明", f"1380013{digits:04}", "CN", "浙江省", "杭州市"))
    return place(ship_to=ShipTo("李小红", "13900017731", "CN", "江苏省", "南京市")).number


def test_by_keyboard(open_as: OpenAs, clerk: User, theirs: str, within_goal: Any):
    page = open_as(clerk, "/")
    effort = Effort.begin(page, "T2 order by phone tail, keyboard", goal=GOAL)

    page.keyboard.press("/")
    page.keyboard.type("7731")
    page.keyboard.press("Enter")
    expect(page.locator("[data-row]")).to_have_count(1)
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text(theirs)
    assert within_goal(effort)["interactions"] == GOAL


def test_by_mouse(open_as: OpenAs, clerk: User, theirs: str, within_goal: Any):
    page = open_as(clerk, "/")
    effort = Effort.begin(page, "T2 order by phone tail, mouse", goal=GOAL)

    page.get_by_label("Search orders").first.click()
    page.keyboard.type("7731")
    page.get_by_role("option", name=theirs).or_(page.get_by_role("link", name=theirs)).click()

    expect(page.get_by_role("heading", level=1)).to_contain_text(theirs)
    assert within_goal(effort)["interactions"] == GOAL
