from collections.abc import Callable

import pytest

from customers.models import Customer
from orders.intake.draft import CustomerDraft
from orders.models import Order
from tests.fixtures.company import Place

Buy = Callable[..., Order]


def customer_of(order: Order) -> Customer:
    assert order.customer
    return order.customer


@pytest.fixture
def buy(place: Place) -> Buy:
    """`buy("13900000001")` places an order of whoever has this phone."""

    def _buy(phone: str, name: str = "李娜", pieces: int = 1, **fields: object) -> Order:
        return place(("CUP-1", pieces), customer=CustomerDraft(name=name, phone=phone), **fields)

    return _buy


@pytest.fixture
def ours(buy: Buy) -> Customer:
    """A customer with one order, by the phone 13900000001."""
    return customer_of(buy("13900000001"))


@pytest.fixture
def theirs(buy: Buy) -> Customer:
    """The same person under another phone (13900000002), with two orders."""
    buy("13900000002", "李 娜")
    return customer_of(buy("13900000002", "李 娜"))
