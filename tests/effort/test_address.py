"""T3: a rule holds an order because its address has a part missing; the customer has sent the whole of it."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from oms.models import User
from orders import pipeline
from orders.exceptions import watch
from orders.intake.draft import ShipTo
from orders.models import Order
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

GOAL = 5
SENT = "李雷 13900139000 浙江省杭州市西湖区文三路 90 号"


@pytest.fixture
def held(place: Place) -> Order:
    """An order that a rule holds for its street, and that another rule lets go once it has one."""
    for outcome, operator in (("hold", "empty"), ("approve", "filled")):
        rule(outcome, ("street", operator, ""), reason="Street")
    order = place(ship_to=ShipTo("王小明", "13800138001", "CN", "浙江省", "杭州市"))
    pipeline.advance()
    watch.sweep()
    assert flow.fresh(order).status == "on_hold"
    return order


def paste(page: Page) -> None:
    """What Ctrl+V does with the customer's message in the clipboard."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("text => navigator.clipboard.writeText(text)", SENT)
    page.keyboard.press("Control+v")
    expect(page.get_by_label("Street, building, room")).to_have_value("文三路 90 号")


def has_gone_on(page: Page, order: Order) -> None:
    """Nobody released it: the workers asked the rules again."""
    expect(page.get_by_text(f"Address of order {order.number} saved.")).to_be_visible()
    pipeline.advance()
    watch.catch_up()
    assert flow.fresh(order).ship_name == "李雷"
    assert list(order.events.filter(kind="approved").values_list("actor_name", flat=True)) == [
        "rules"
    ]


def test_by_keyboard(open_as: OpenAs, reviewer: User, held: Order, within_goal: Any):
    page = open_as(reviewer, "/exceptions/")
    effort = Effort.begin(page, "T3 address mended and released, keyboard", goal=GOAL)

    page.keyboard.press("e")
    paste(page)
    page.keyboard.press("Control+Enter")

    has_gone_on(page, held)
    assert within_goal(effort)["interactions"] <= GOAL


def test_by_mouse(open_as: OpenAs, reviewer: User, held: Order, within_goal: Any):
    page = open_as(reviewer, "/exceptions/")
    effort = Effort.begin(page, "T3 address mended and released, mouse", goal=GOAL)

    page.get_by_role("link", name="Address").click()
    page.get_by_label("Paste the whole address").click()
    paste(page)
    page.get_by_role("button", name="Save the address").click()

    has_gone_on(page, held)
    assert within_goal(effort)["interactions"] <= GOAL
