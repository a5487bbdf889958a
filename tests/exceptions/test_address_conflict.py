"""Two people who complete one address: the second sees both and chooses."""

from typing import Any

import pytest

from oms.models import User
from orders.desk.edit import edit_order
from orders.exceptions.models import OrderException
from orders.models import Order
from tests.exceptions.steps import the_one
from tests.exceptions.test_causes import incomplete
from tests.fixtures import flow
from tests.fixtures.company import Place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]


@pytest.fixture
def order(place: Place, clerk: User) -> Order:
    """Its street is still missing; meanwhile a colleague changed the city."""
    order = incomplete(place)
    the_one("address_incomplete")
    edit_order(order.pk, version=1, changes={"ship_city": "宁波市"}, actor=clerk)
    return order


def save(desk: Any, order: Order, **typed: Any) -> Any:
    one = OrderException.objects.get(order=order, cause="address_incomplete")
    return desk.post(f"/exceptions/{one.pk}/address/", typed)


def opened(**typed: str) -> dict[str, Any]:
    """The form as it was opened before the colleague saved, with what was typed."""
    stood = {"ship_city": "杭州市", "ship_street": ""}
    return {
        "version": 1, "next": "/exceptions/?kind=address",
        **stood, **{f"initial-{name}": value for name, value in stood.items()}, **typed,
    }  # fmt: skip


def test_it_is_refused_and_both_are_shown(desk: Any, order: Order, clerk: User) -> None:
    answer = save(desk, order, **opened(ship_street="新街 2 号"))

    clashes = [(one.name, one.shown, one.is_mine) for one in answer.context["conflict"].clashes]
    assert answer.status_code == 409
    assert clashes == [
        ("ship_city", ("杭州市", "宁波市"), False),
        ("ship_street", ("新街 2 号", "–"), True),
    ]
    assert answer.context["conflict"].clashes[0].who == clerk.display_name
    assert flow.fresh(order).ship_street == ""
    assert OrderException.objects.get(cause="address_incomplete").closed_at is None


def test_what_is_chosen_is_saved_and_solves_it(desk: Any, order: Order) -> None:
    conflict = save(desk, order, **opened(ship_street="新街 2 号")).context["conflict"]
    picked = {f"mine-{one.name}": one.yours for one in conflict.clashes}
    picked |= {"pick-ship_city": "theirs", "pick-ship_street": "yours"}

    answer = save(desk, order, **dict(conflict.hidden), **picked)

    assert (answer.status_code, answer["Location"]) == (302, "/exceptions/?kind=address")
    mended = flow.fresh(order)
    assert (mended.ship_city, mended.ship_street) == ("宁波市", "新街 2 号")
    assert OrderException.objects.get(cause="address_incomplete").closed_how == "solved"


def test_the_wish_to_release_is_not_forgotten(desk: Any, order: Order) -> None:
    answer = save(desk, order, **opened(ship_street="新街 2 号"), release="1")

    assert ("release", "1") in answer.context["conflict"].hidden


def test_the_page_keeps_its_list_and_its_links_lead_to_the_queue(desk: Any, order: Order) -> None:
    one = OrderException.objects.get(order=order, cause="address_incomplete")

    refused = save(desk, order, **opened(ship_street="新街 2 号"))
    followed = desk.get(f"/exceptions/{one.pk}/address/?kind=short")

    assert refused.context["asked"].kind == "address"
    assert refused.context["here"] == "/exceptions/?kind=address"
    assert followed["Location"] == f"/exceptions/?kind=short&at={one.pk}"
