from typing import Any

import pytest

from inventory.models import Warehouse
from oms.models import User
from orders.review.decide import hold_orders
from tests.fixtures import flow
from tests.fixtures.company import Place
from tests.query.conftest import stocked  # noqa: F401 - a fixture


def peek(browser: Any, number: str, **query: str) -> str:
    return " ".join(browser.get(f"/orders/{number}/peek/", query).content.decode().split())


def test_it_says_the_essentials(place: Place, reviewer: User, signed_in: Any):
    order = place(("CUP-1", 2), note="Ring twice")
    hold_orders([order.pk], actor=reviewer, reason="Address")

    text = peek(signed_in(reviewer), order.number)

    for part in (
        "Held: Address",
        "CUP-1",
        "×",
        "¥20.00",
        "文三路 1 号",
        "138****8001",
        "Ring twice",
        "Release",
    ):
        assert part in text
    assert "13800138001" not in text
    assert text.count('class="event ') == 2


def test_only_acts_that_are_possible_are_buttons_and_lead_back(
    place: Place, reviewer: User, signed_in: Any
):
    order = place()

    text = peek(signed_in(reviewer), order.number, next="/orders/?tab=review")

    assert f'action="/orders/{order.number}/approve/"' in text
    assert f'action="/orders/{order.number}/release/"' not in text
    assert text.count('name="next" value="/orders/?tab=review"') >= 3
    assert "data-hotkey" not in text


def test_money_that_came_in_is_for_those_who_may_see_it(
    place: Place, packer: User, clerk: User, signed_in: Any
):
    order = place()

    assert "Awaiting payment" in peek(signed_in(clerk), order.number)
    assert "Awaiting payment" not in peek(signed_in(packer), order.number)


@pytest.mark.parametrize("lines", [1, 40])
def test_it_is_small_and_asks_little(
    place: Place, stocked: Warehouse, manager: User, signed_in: Any, lines: int,  # noqa: F811
    django_assert_max_num_queries: Any,
):  # fmt: skip
    order = flow.pay(flow.approve(place(*[("CUP-1", 1)] * lines)), 5)
    browser = signed_in(manager)

    with django_assert_max_num_queries(10):
        response = browser.get(f"/orders/{order.number}/peek/")

    assert len(response.content) < 30_000
    assert ("and 28 more lines" in response.content.decode()) == (lines == 40)
