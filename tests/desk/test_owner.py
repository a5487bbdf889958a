"""Whose an order is."""

from typing import Any

import pytest

from inventory.models import WarehouseStaff
from oms.models import User
from orders.desk.notes.assign import assign_order
from orders.models import Order, OrderOwner
from tests.fixtures.company import Place

pytestmark = pytest.mark.usefixtures("holds")


def do(browser: Any, order: Order, act: str, **data: object) -> Any:
    return browser.post(f"/orders/{order.number}/{act}/", data)


def owner(order: Order) -> str:
    row = OrderOwner.objects.filter(order=order).select_related("user").first()
    return row.user.username if row else ""


def changes(order: Order) -> list[list[str]]:
    return [one.data["owner"] for one in order.events.filter(kind="assigned").order_by("pk")]


def said(browser: Any) -> list[str]:
    return [str(one) for one in browser.get("/help/").context["messages"]]


def test_somebody_takes_it(place: Place, clerk: User, signed_in: Any):
    order, browser = place(), signed_in(clerk)

    do(browser, order, "take")

    assert (owner(order), changes(order)) == ("clerk", [["", "clerk"]])
    response = browser.get(order.get_absolute_url())
    assert response.context["notes"].owner == clerk
    assert response.context["timeline"][0].detail == "– → clerk"


def test_it_is_given_to_a_colleague(place: Place, clerk: User, reviewer: User, signed_in: Any):
    order, browser = place(), signed_in(clerk)
    do(browser, order, "take")

    do(browser, order, "give", to=reviewer.pk)

    assert (owner(order), changes(order)[-1]) == ("reviewer", ["clerk", "reviewer"])
    assert said(browser)[-1] == f"Order {order.number} is given to reviewer."


def test_it_is_given_up_by_its_owner(place: Place, clerk: User, signed_in: Any):
    order, browser = place(), signed_in(clerk)
    do(browser, order, "take")

    do(browser, order, "give-up")

    assert (owner(order), changes(order)[-1]) == ("", ["clerk", ""])


def test_nobody_gives_up_what_is_anothers(
    place: Place, clerk: User, reviewer: User, signed_in: Any
):
    order, browser = place(), signed_in(reviewer)
    assign_order(order.pk, user_id=clerk.pk, actor=clerk)

    do(browser, order, "give-up")

    assert said(browser) == ["The order is not yours any more. Nothing was changed."]
    assert owner(order) == "clerk"


@pytest.mark.parametrize(("act", "kind"), [("take", {}), ("give", {"to": "clerk"})])
def test_what_is_theirs_already_changes_nothing(
    place: Place, clerk: User, signed_in: Any, act: str, kind: dict[str, str]
):
    order, browser = place(), signed_in(clerk)
    assign_order(order.pk, user_id=clerk.pk, actor=clerk)

    do(browser, order, act, **dict.fromkeys(kind, clerk.pk))

    assert said(browser) == ["The order is clerk's already. Nothing was changed."]
    assert len(changes(order)) == 1


@pytest.mark.parametrize("to", ["", "x", "0", "-1", "9" * 30])
def test_without_a_colleague_it_is_not_given(place: Place, clerk: User, signed_in: Any, to: str):
    order = place()

    response = do(signed_in(clerk), order, "give", to=to)

    assert response.status_code == 422
    assert response.context["form"].errors == {"to": ["Choose a colleague."]}
    assert owner(order) == ""


def test_it_is_given_to_nobody_who_may_not_see_it(
    place: Place, clerk: User, packer: User, other_warehouse: Any, make_user: Any, signed_in: Any
):
    WarehouseStaff.objects.create(user=packer, warehouse=other_warehouse)
    order = place()
    people = (packer.pk, make_user().pk, 999_999)

    answers = [do(signed_in(clerk), order, "give", to=one) for one in people]

    words = "Choose a colleague from the list; this one may not see the order."
    assert [one.context["form"].errors for one in answers] == [{"to": [words]}] * 3
    assert owner(order) == ""
