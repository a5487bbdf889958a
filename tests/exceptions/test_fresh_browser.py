"""The queue of exceptions in a real browser, while others work on it."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from oms.models import User
from orders.desk.cancel import cancel_orders
from orders.exceptions import watch
from orders.intake.draft import CustomerDraft
from tests.exceptions.test_causes import incomplete
from tests.fixtures import flow
from tests.fixtures.browser import OpenAs
from tests.fixtures.company import Place, draft

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_what_a_colleague_solved_is_struck_out_where_it_stands(
    open_as: OpenAs, place: Place, manager: User, clerk: User
) -> None:
    of_another = draft(("CUP-1", 3), customer=CustomerDraft(name="李雷", phone="13900139000"))
    first, second = incomplete(place), flow.approve(place(draft=of_another))
    watch.sweep()
    page = open_as(manager, "/exceptions/")
    rows = page.locator("[data-row]")
    before = rows.locator(".cell-main a").all_inner_texts()
    gone = page.locator("[data-row]", has_text=first.number)
    gone.locator("[name=exception]").check()

    cancel_orders([first.pk], reason="not wanted", actor=clerk)
    watch.catch_up()
    page.evaluate("document.dispatchEvent(new Event('exceptions:fresh'))")

    expect(gone.locator(".gone-words")).to_have_text(f"Solved: Cancelled · {clerk.display_name}")
    expect(gone.locator(".two-lines")).to_have_css("text-decoration-line", "line-through")
    expect(gone.locator("[name=exception]")).not_to_be_checked()
    expect(gone.locator("[name=exception]")).to_be_disabled()
    expect(page.locator("[data-row]", has_text=second.number).locator(".gone-words")).to_have_count(
        0
    )
    assert rows.locator(".cell-main a").all_inner_texts() == before
    assert Axe().run(page).violations_count == 0


def test_what_is_typed_in_the_panel_stays(
    open_as: OpenAs, place: Place, manager: User, clerk: User
) -> None:
    order = incomplete(place)
    watch.sweep()
    page = open_as(manager, "/exceptions/?kind=address")
    page.locator("#panel [name=ship_street]").fill("文三路 9 号")

    cancel_orders([order.pk], reason="not wanted", actor=clerk)
    watch.catch_up()
    page.evaluate("document.dispatchEvent(new Event('exceptions:fresh'))")

    expect(page.locator("#panel .note-success")).to_contain_text("Solved: Cancelled")
    expect(page.locator("#panel [name=ship_street]")).to_have_value("文三路 9 号")
    expect(page.locator("#panel [data-fix]:not([disabled])")).to_have_count(0)
