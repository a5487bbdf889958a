"""Goods by hand on the screens: on one order, and on many with a result for each."""

from collections.abc import Callable
from typing import Any

import pytest

from inventory.models import Reservation, Sku, Warehouse
from oms.models import User
from orders.models import Order
from tests.desk.bulk_steps import choose, do, fates, job
from tests.fixtures.company import Place
from tests.fixtures.flow import approve, fresh, receive

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]


@pytest.fixture
def placed(place: Place, cup: Sku, warehouse: Warehouse) -> Callable[..., Order]:
    receive(cup, warehouse, 5)
    return lambda cups, **fields: approve(place(("CUP-1", cups), **fields))


def test_goods_of_many_are_given_back_and_reserved_again(
    placed: Callable[..., Order], manager: User, signed_in: Any
) -> None:
    first, second = placed(2), placed(3)
    browser = signed_in(manager)

    choose(browser, "free-goods", first, second, reason="fair")
    do(browser, job())
    assert fates(job()) == [
        ("done", "2 pieces are free again."),
        ("done", "3 pieces are free again."),
    ]
    assert [fresh(one).status for one in (first, second)] == ["on_hold", "on_hold"]

    choose(browser, "allocate", first, second)
    page = do(browser, job())
    assert page.status_code == 302
    assert fates(job()) == [
        ("done", "CUP-1: 2 of 2 reserved in 杭州仓"),
        ("done", "CUP-1: 3 of 3 reserved in 杭州仓"),
    ]
    assert "2 of 2 reserved" in browser.get(page.url).content.decode()


def test_a_priority_of_many_is_taken_back(
    placed: Callable[..., Order], manager: User, signed_in: Any
) -> None:
    first, second = placed(1), placed(1)
    browser = signed_in(manager)
    browser.post(f"/orders/{first.number}/priority/", {"priority": "1"})

    choose(browser, "priority", first, second, reason="urgent")
    do(browser, job())
    assert [fresh(one).priority for one in (first, second)] == [2, 2]
    browser.post(f"/orders/bulk/{job().pk}/undo/")

    assert [fresh(one).priority for one in (first, second)] == [1, 0]


def test_reserved_pieces_are_offered_to_those_that_lack_them(
    placed: Callable[..., Order], manager: User, signed_in: Any
) -> None:
    placed(5)
    short = placed(2)
    pk = Reservation.objects.get().pk
    browser = signed_in(manager)

    offer = browser.get(f"/orders/give/{pk}/").context["offer"]
    page = browser.get(f"/orders/{short.number}/goods/?take={pk}")

    assert [(one.number, one.lacking) for one in offer.lackers] == [(short.number, 2)]
    assert page.context["form"][f"take-{pk}"].value() == 2
    wrong = browser.post(f"/orders/{short.number}/goods/", {f"take-{pk}": "9"})
    assert wrong.status_code == 422
    assert wrong.context["form"].errors == {
        f"take-{pk}": ["Only 5 are reserved here: write that or less."]
    }
