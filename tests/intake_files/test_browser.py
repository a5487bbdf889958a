"""The import pages in a real browser: a file goes in, nothing scrolls sideways, axe finds nothing."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command

from tests.intake_files.conftest import HEADER

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROWS = [
    "1,22666,RECIPE BOX PANTRY,5,2010-12-01 09:00:00,2.95,12345.0,EIRE",
    "2,22666,BOX,many,2010-12-01 09:00:00,2.95,12345.0,EIRE",
    "C3,22666,RECIPE BOX PANTRY,-2,2010-12-02 09:00:00,2.95,12345.0,EIRE",
]


def test_a_file_goes_in_and_its_account_shows(open_as, clerk, write) -> None:
    page = open_as(clerk, "/import/")
    page.set_input_files("input[type=file]", write("\n".join([HEADER, *ROWS]), name="orders.csv"))

    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/import/draft/*/")
    page.keyboard.press("Control+Enter")
    page.locator("button[value=import]").click()
    page.wait_for_function("/^\\/import\\/\\d+\\/$/.test(location.pathname)")

    assert page.locator("h1").inner_text() == "orders.csv"
    assert "“many” is not a number" in page.locator("main").inner_text()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("locale", ["en", "zh-CN"])
def test_the_pages_are_narrow_and_accessible(open_as, clerk, write, width, locale) -> None:
    path = write("\n".join([HEADER, *ROWS]), name="a-rather-long-name-of-an-export-2026-11-22.csv")
    call_command("import_orders", str(path))

    page = open_as(clerk, "/import/", width=width, locale=locale)
    assert_sound(page, width)
    page.locator("a[data-open]").click()
    page.wait_for_url("**/import/*/")
    assert_sound(page, width)


def assert_sound(page, width: int) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [rule["id"] for rule in Axe().run(page).response["violations"]] == []
