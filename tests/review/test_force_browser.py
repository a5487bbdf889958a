"""From the reasons of a held order to its forced approval, in a real browser."""

import pytest
from playwright.sync_api import expect

from oms.models import User
from orders import pipeline
from tests.fixtures import flow
from tests.fixtures.browser import OpenAs
from tests.fixtures.company import Place
from tests.fixtures.rules import rule

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_reasons_of_a_held_order_lead_to_a_forced_approval(
    open_as: OpenAs, place: Place, manager: User
) -> None:
    rule("hold", ("total", "gte", "5"), name="Large", reason="Large order")
    order = place()
    pipeline.advance()
    page = open_as(manager, "/review/?tab=hold")
    expect(page.locator("#review-desk h2").first).to_have_text(order.number)
    expect(page.locator(".review-why")).to_contain_text("Large order")
    expect(page.locator(".htmx-added, .htmx-settling, .htmx-request")).to_have_count(0)

    page.keyboard.press("f")
    expect(page.locator("#review-force")).to_contain_text("held by the rule “Large” v1")
    page.keyboard.type("Paid at the counter")
    page.keyboard.press("Enter")

    expect(page.locator("[data-told]")).to_have_text(f"Order {order.number} approved by force.")
    assert flow.fresh(order).status == "approved"
    page.get_by_role("link", name="Forced approvals").click()
    expect(page.get_by_role("row").nth(1)).to_contain_text("Paid at the counter")
