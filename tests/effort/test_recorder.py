"""The counter itself: what it calls an interaction, and that a goal can be missed."""

import pytest
from playwright.sync_api import Page

from oms.models import User
from tests.fixtures.browser import OpenAs
from tests.fixtures.effort import Effort, judge

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(open_as: OpenAs, clerk: User) -> Page:
    return open_as(clerk, "/")


def test_a_sequence_a_chord_a_typed_string_and_a_click_are_one_interaction_each(page: Page):
    effort = Effort.begin(page, "counting", goal=4)

    page.keyboard.press("g")
    page.keyboard.press("o")
    page.wait_for_url("**/orders/")
    page.keyboard.press("/")
    page.keyboard.type("1234")
    page.keyboard.press("Enter")
    page.wait_for_url("**/orders/?q=1234*")
    page.get_by_role("link", name="Today").first.click()
    page.wait_for_url("**/")

    figures = effort.done()
    assert [act.partition(":")[0] for act in figures["acts"]] == ["key", "key", "typed", "click"]
    assert (figures["acts"][0], figures["acts"][2]) == ("key:go", "typed:1234")
    assert (figures["views"], figures["scans"]) == (3, 0)


def test_scans_are_counted_apart(page: Page):
    effort = Effort.begin(page, "scanning", goal=1)
    page.keyboard.press("/")

    effort.scan("SO2611240001")
    page.wait_for_url("**/orders/**")

    assert (effort.done()["interactions"], effort.done()["scans"]) == (1, 1)


def test_more_than_the_goal_fails(page: Page):
    effort = Effort.begin(page, "a task that takes too long", goal=0)
    page.keyboard.press("?")

    with pytest.raises(AssertionError, match="key:\\?"):
        judge(effort, lambda name, value: None)
