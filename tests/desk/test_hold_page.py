"""Holding stock for a time from the order's page and from order entry."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import now

from inventory.bundles import Part, set_components
from inventory.models import Reservation, Sku, Warehouse
from oms.models import User
from orders.allocation.hold import hold_softly
from orders.models import Order
from tests.desk.test_acts import said
from tests.fixtures import flow
from tests.fixtures.company import Place, create_sku

pytestmark = pytest.mark.usefixtures("holds")


def text_of(browser: Any, order: Order) -> str:
    return str(browser.get(f"/orders/{order.number}/").content.decode())


@pytest.fixture
def held(place: Place, cup: Sku, warehouse: Warehouse) -> Order:
    flow.receive(cup, warehouse, 5)
    order = place(("CUP-1", 3))
    hold_softly([order.pk], until=now() + timedelta(hours=2), actor=None)
    return order


def test_the_page_tells_what_is_held_and_how_long(held: Order, clerk: User, signed_in: Any) -> None:
    page = text_of(signed_in(clerk), held)

    assert "3 pieces are kept for this order until" in page
    assert "1 hour left" in page.replace("\xa0", " ")
    assert " for a time" in page


def test_a_clerk_holds_prolongs_and_lets_go(
    place: Place, cup: Sku, warehouse: Warehouse, clerk: User, signed_in: Any
) -> None:
    flow.receive(cup, warehouse, 1)
    order, browser = place(), signed_in(clerk)

    for _nth in range(2):
        response = browser.post(f"/orders/{order.number}/keep-stock/")
        assert said(browser, response).startswith(
            f"Stock is reserved for order {order.number} until "
        )
    until = Reservation.objects.get().expires_at
    assert until is not None
    assert until > now() + timedelta(hours=23)

    response = browser.post(f"/orders/{order.number}/let-stock-go/")
    assert (
        said(browser, response)
        == f"The stock that was reserved for order {order.number} is free again."
    )


def test_what_cannot_be_held_says_why(place: Place, clerk: User, signed_in: Any) -> None:
    order, browser = place(), signed_in(clerk)

    response = browser.post(f"/orders/{order.number}/keep-stock/")

    assert said(browser, response) == "Nothing of it is free now: CUP-1 ×1."
    assert not Reservation.objects.exists()


@pytest.mark.parametrize("act", ["keep-stock", "let-stock-go"])
def test_who_may_not_place_orders_changes_nothing(
    held: Order, packer: User, signed_in: Any, act: str
) -> None:
    assert signed_in(packer).post(f"/orders/{held.number}/{act}/").status_code == 403
    assert signed_in(packer).get(f"/orders/{held.number}/{act}/").status_code == 405
    assert Reservation.objects.filter(status="open").count() == 1


def test_components_stand_below_their_bundle_without_a_price(
    place: Place, cup: Sku, clerk: User, signed_in: Any
) -> None:
    set_components(create_sku("SET-1", kind="bundle", price=30).pk, [Part(cup, 4)])
    order = place(("SET-1", 2))

    page = text_of(signed_in(clerk), order)
    edit = signed_in(clerk).get(f"/orders/{order.number}/edit/").content.decode()

    assert page.index("SET-1") < page.index("in the bundle above:")
    bundle, part = order.lines.order_by("position")
    assert f'name="line-{bundle.pk}-quantity"' in edit
    assert f'name="line-{part.pk}-quantity"' not in edit
