"""T4: an order is short of one of its goods; the rest is to go now, what is short is back-ordered."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from inventory.models import Sku, Warehouse
from oms.models import User
from orders import pipeline
from orders.exceptions import watch
from orders.intake.draft import CustomerDraft
from orders.models import Order, Shipment
from tests.fixtures import flow
from tests.fixtures.browser import OpenAs
from tests.fixtures.company import Place, create_sku
from tests.fixtures.effort import Effort

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("holds"),
]

GOAL = 4


@pytest.fixture
def short(place: Place, cup: Sku, warehouse: Warehouse) -> list[Order]:
    """Three orders, each short of its big thing; their cups are there."""
    create_sku("BIG-1", price=20)
    flow.receive(cup, warehouse, 6)
    buyers = [CustomerDraft(name=f"Buyer {n}", phone=f"1380013800{n}") for n in (1, 2, 3)]
    orders = [
        flow.approve(place(("CUP-1", n), ("BIG-1", n), customer=buyer))
        for n, buyer in enumerate(buyers, start=1)
    ]
    watch.sweep()
    return orders


def reserved(order: Order) -> int:
    pipeline.advance()
    return Shipment.objects.filter(order=order, status="ready").count()


def back_ordered(page: Page, count: int) -> None:
    words = "1 order ships" if count == 1 else f"{count} orders ship"
    expect(page.get_by_text(f"{words} what is there; the rest is back-ordered.")).to_be_visible()


def test_by_keyboard(open_as: OpenAs, manager: User, short: list[Order], within_goal: Any):
    page = open_as(manager, "/exceptions/")
    effort = Effort.begin(page, "T4 shortage back-ordered, keyboard", goal=GOAL)

    page.keyboard.press("j")
    expect(page.locator("[data-of]")).to_contain_text(short[1].number)
    page.keyboard.press("s")

    back_ordered(page, 1)
    assert within_goal(effort)["interactions"] <= GOAL
    assert [reserved(order) for order in short] == [0, 1, 0]


def test_all_of_them_by_mouse(open_as: OpenAs, manager: User, short: list[Order], within_goal: Any):
    page = open_as(manager, "/exceptions/")
    effort = Effort.begin(page, "T4 three shortages back-ordered, mouse", goal=GOAL)

    page.get_by_role("link", name="Short").first.click()
    page.get_by_label("All on this page").check()
    page.get_by_role("button", name="Ship what is there").click()
    page.get_by_role("button", name="Ship what is there of 3 orders").click()

    back_ordered(page, 3)
    assert within_goal(effort)["interactions"] == GOAL
    assert [reserved(order) for order in short] == [1, 1, 1]


def test_it_is_undone_with_z(open_as: OpenAs, manager: User, short: list[Order]):
    page = open_as(manager, "/exceptions/")

    page.keyboard.press("s")
    back_ordered(page, 1)
    page.keyboard.press("z")

    expect(page.get_by_text("1 order waits for all of its goods.")).to_be_visible()
    assert [order.ship_complete for order in Order.objects.order_by("pk")] == [True] * 3


def test_it_is_put_off_and_the_next_one_shows(open_as: OpenAs, manager: User, short: list[Order]):
    page = open_as(manager, "/exceptions/")

    page.keyboard.press("1")

    expect(page.get_by_text("1 exception waits until")).to_be_visible()
    expect(page.locator("[data-of]")).to_contain_text(short[1].number)
    expect(page.locator("[data-row]")).to_have_count(2)
