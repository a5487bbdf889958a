"""The wizard in a real browser, without a mouse: paste, correct, import, see the orders, take them back."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from orders.models import ImportBatch, ImportDraft, Order
from tests.intake_wizard.conftest import BAD, GOOD, HEADER, OTHER, OTHER_ROW

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("cup"),
]

PASTED = "\n".join([HEADER, GOOD, BAD, GOOD.replace("A-1", "A-3")])
LONG = "a-rather-long-name-without-a-blank-in-it-" * 3


def paste(page, text: str) -> None:
    page.locator("[name=pasted]").focus()
    page.keyboard.insert_text(text)
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/import/draft/*/")


def test_pasted_rows_become_orders_and_are_taken_back_by_keyboard_alone(open_as, clerk) -> None:
    page = open_as(clerk, "/import/")
    paste(page, PASTED)
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/check/*")

    cell = page.locator("input[name=cell-3-5]")
    assert cell.evaluate("cell => cell === document.activeElement")
    page.keyboard.press("Control+a")
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    page.locator("text=Import 3 rows").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_function("/^\\/import\\/\\d+\\/$/.test(location.pathname)")
    assert Order.objects.count() == 3

    page.keyboard.press("z")
    page.keyboard.press("Tab")
    button = page.locator("text=Cancel the orders of this import")
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/orders/bulk/*/")
    assert set(Order.objects.values_list("status", flat=True)) == {"cancelled"}


def test_enter_goes_from_cell_to_cell_and_saves_in_the_last(open_as, clerk) -> None:
    page = open_as(clerk, "/import/")
    paste(page, "\n".join([HEADER, BAD, BAD.replace("A-2", "A-3").replace("many", "few")]))
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/check/*")

    for _cell in range(2):
        page.keyboard.press("Control+a")
        page.keyboard.type("2")
        page.keyboard.press("Enter")
    page.locator("text=Import 2 rows").wait_for()

    assert ImportDraft.objects.get().rows.filter(state="good").count() == 2


def test_a_file_may_be_dropped_on_the_card(open_as, clerk) -> None:
    page = open_as(clerk, "/import/")
    page.evaluate(
        """text => {
          const data = new DataTransfer();
          data.items.add(new File([text], "dropped.csv"));
          const event = new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true});
          document.querySelector("[data-drop]").dispatchEvent(event);
        }""",
        PASTED,
    )
    page.keyboard.press("Enter")
    page.wait_for_url("**/import/draft/*/")

    assert ImportDraft.objects.get().file_name == "dropped.csv"


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("locale", ["en", "zh-CN"])
def test_every_step_is_narrow_and_accessible(open_as, clerk, width, locale) -> None:
    page = open_as(clerk, "/import/", width=width, locale=locale)
    assert_sound(page, width)
    paste(page, PASTED.replace("李强", LONG).replace("many", LONG))
    assert_sound(page, width)
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/check/*")
    assert_sound(page, width)
    page.locator("button[value=import]").click()
    page.wait_for_function("/^\\/import\\/\\d+\\/$/.test(location.pathname)")
    assert_sound(page, width)
    page.goto("/import/")
    paste(page, f"{OTHER}\t{LONG}\n{OTHER_ROW}\t{LONG}")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/columns/*")
    assert_sound(page, width)
    assert ImportBatch.objects.count() == 1


def assert_sound(page, width: int) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"][:120]) for rule in found] == []
