"""The palette and the hits below the search box, in a real browser."""

import pytest
from playwright.sync_api import expect

from oms.models import User
from tests.fixtures.browser import OpenAs
from tests.fixtures.company import Place

pytestmark = pytest.mark.browser


def test_the_palette_goes_where_one_types(open_as: OpenAs, place: Place, clerk: User):
    order = place()
    page = open_as(clerk, "/help/")

    page.keyboard.press("Control+k")
    page.keyboard.type(order.number)
    expect(page.get_by_role("option", name=order.number)).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page).to_have_url(order.get_absolute_url())


def test_the_palette_does_what_the_page_can_do(open_as: OpenAs, clerk: User):
    page = open_as(clerk, "/help/")

    page.keyboard.press("Control+k")
    page.keyboard.type("Stock")
    page.get_by_role("option", name="Stock").click()

    expect(page).to_have_url("/stock/")


def test_the_search_box_shows_hits_at_once_and_enter_lists_all(
    open_as: OpenAs, place: Place, clerk: User
):
    place()
    page = open_as(clerk, "/help/")

    page.keyboard.press("/")
    page.keyboard.type("8001")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Enter")

    expect(page).to_have_url("/orders/?q=8001")
