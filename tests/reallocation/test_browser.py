"""From a short order to its goods in a few keys: who becomes late is read before anything happens."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from inventory.models import Sku, Warehouse
from oms.models import User
from tests.fixtures.browser import OpenAs
from tests.fixtures.company import Place
from tests.fixtures.effort import Effort
from tests.fixtures.flow import approve, fresh, receive

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("holds"),
]


def test_goods_of_another_order_in_three_keys(
    open_as: OpenAs, manager: User, place: Place, cup: Sku, warehouse: Warehouse, within_goal: Any
) -> None:
    receive(cup, warehouse, 5)
    giver = approve(place(("CUP-1", 5), promised_at=timezone.now() + timedelta(days=9)))
    short = approve(place(("CUP-1", 4), promised_at=timezone.now() + timedelta(days=1)))
    page = open_as(manager, f"/orders/{short.number}/")
    effort = Effort.begin(page, "Goods of another order, keyboard", goal=4)

    page.keyboard.press("t")
    expect(page.get_by_label(f"Pieces of {giver.number}")).to_have_value("4")
    page.get_by_label(f"Pieces of {giver.number}").press("Enter")
    expect(page.get_by_text("Late unless goods come before.")).to_be_visible()
    assert fresh(short).status == "backordered"
    page.keyboard.press("Enter")

    expect(page.get_by_text(f"Order {short.number} has the goods now.")).to_be_visible()
    within_goal(effort)
    assert [fresh(one).status for one in (giver, short)] == ["backordered", "allocated"]
