from decimal import Decimal
from typing import Any

import pytest

from inventory.models import Warehouse, WarehouseStaff
from oms.models import User
from orders.models import Order, Payment
from tests.fixtures import flow
from tests.fixtures.company import Place

pytestmark = pytest.mark.usefixtures("holds")


def send(browser: Any, order: Order, **data: str) -> Any:
    paid = {"method": "bank", "amount": "10", "reference": "B-1", "form_key": "form:1"}
    return browser.post(f"/orders/{order.number}/pay/", paid | data)


@pytest.mark.parametrize("amount", ["10", "10.00", " １０ ", "¥10", "10 元"])
def test_a_payment_is_booked(place: Place, accountant: User, signed_in: Any, amount: str):
    order = place()

    response = send(signed_in(accountant), order, amount=amount)

    assert response.url == f"/orders/{order.number}/"
    payment = order.payments.get()
    assert (payment.method, payment.amount, payment.reference) == ("bank", Decimal(10), "B-1")
    assert order.events.latest("pk").actor == accountant


def test_a_second_click_books_nothing(place: Place, accountant: User, signed_in: Any):
    order, browser = place(), signed_in(accountant)

    for _click in range(2):
        assert send(browser, order, reference="").status_code == 302

    assert order.payments.count() == 1


def test_the_same_reference_on_a_new_form_is_refused(
    place: Place, accountant: User, signed_in: Any
):
    order, browser = place(), signed_in(accountant)
    send(browser, order)

    response = send(browser, order, form_key="form:2")

    assert response.status_code == 409
    assert "already booked" in response.context["payment_form"].errors["reference"][0]
    assert order.payments.count() == 1


@pytest.mark.parametrize("reference", ["x" * 81, "a\x01b"])
def test_a_bad_reference_is_shown_at_its_field(
    place: Place, accountant: User, signed_in: Any, reference: str
):
    order = place()

    response = send(signed_in(accountant), order, reference=reference)

    assert response.status_code == 422
    assert list(response.context["payment_form"].errors) == ["reference"]
    assert order.payments.count() == 0


@pytest.mark.parametrize(
    "amount", ["", "0", "abc", "NaN", "Infinity", "-Infinity", "1e5", "1.005", "9" * 40, "1,2,3.4.5", "\x00"]
)  # fmt: skip
def test_a_bad_amount_is_shown_at_its_field(
    place: Place, accountant: User, signed_in: Any, amount: str
):
    order = place()

    response = send(signed_in(accountant), order, amount=amount)

    assert response.status_code == 422
    assert list(response.context["payment_form"].errors) == ["amount"]
    assert response.context["payment_form"]["reference"].value() == "B-1"
    assert not Payment.objects.exists()


def test_an_unknown_way_of_paying_is_refused(place: Place, accountant: User, signed_in: Any):
    response = send(signed_in(accountant), place(), method="shells")

    assert (response.status_code, Payment.objects.count()) == (422, 0)


def test_it_must_be_posted(place: Place, accountant: User, signed_in: Any):
    assert signed_in(accountant).get(f"/orders/{place().number}/pay/").status_code == 405


def test_without_the_right_nothing_is_booked(place: Place, clerk: User, signed_in: Any):
    assert send(signed_in(clerk), place()).status_code == 403
    assert not Payment.objects.exists()


def test_for_an_order_outside_ones_warehouses_nothing_is_booked(
    place: Place, manager: User, stocked: Warehouse, other_warehouse: Warehouse, signed_in: Any
):
    order = flow.approve(place())
    WarehouseStaff.objects.create(user=manager, warehouse=other_warehouse)

    assert send(signed_in(manager), order).status_code == 404
    assert not Payment.objects.exists()
