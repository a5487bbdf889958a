"""Hints about an order being typed: they tell, and stop nothing."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from oms.models import User
from orders.intake.hints import Hints, hints_for
from orders.models import Order
from tests.fixtures import flow
from tests.fixtures.company import Place, create_sku

pytestmark = pytest.mark.usefixtures("web", "cup")

PHONE = "138 0013 8001"


@pytest.fixture
def hints(clerk: User) -> Any:
    """`hints(("CUP-1", "2"), phone=…)`: what the clerk is told."""

    def _hints(*rows: tuple[str, str], phone: str = PHONE) -> Hints:
        return hints_for(phone, [{"sku": sku, "quantity": n} for sku, n in rows], clerk)

    return _hints


def test_an_order_of_a_few_hours_ago_is_told(hints: Any, place: Place):
    order = place()

    assert [one.number for one in hints(("cup-1", "1")).again] == [order.number]


@pytest.mark.parametrize(
    ("sku", "phone"), [("POT-1", PHONE), ("CUP-1", "13900000000"), ("CUP-1", ""), ("", PHONE)]
)
def test_another_sku_or_customer_is_no_hint(hints: Any, place: Place, sku: str, phone: str):
    place()
    create_sku("POT-1")

    assert hints((sku, "1"), phone=phone) == Hints()


def test_an_order_of_yesterday_or_a_cancelled_one_is_no_hint(hints: Any, place: Place):
    Order.objects.filter(pk=place().pk).update(placed_at=timezone.now() - timedelta(hours=25))
    flow.cancel(place())

    assert hints(("CUP-1", "1")) == Hints()


@pytest.mark.parametrize(("typed", "told"), [("11", [11]), ("10", []), ("", []), ("x", [])])
def test_far_more_pieces_than_usual_are_told(hints: Any, place: Place, typed: str, told: list[int]):
    for _ in range(5):
        place(("CUP-1", 2))

    assert [one.quantity for one in hints(("CUP-1", typed)).unusual] == told


def test_pieces_of_several_rows_and_times_add_up(hints: Any, place: Place):
    for _ in range(5):
        place(("CUP-1", 2))

    (told,) = hints(("6*CUP-1", ""), ("CUP-1", "6")).unusual

    assert (told.quantity, told.usual) == (12, 2)


def test_a_few_lines_are_nothing_usual(hints: Any, place: Place):
    place(("CUP-1", 1))

    assert hints(("CUP-1", "1000")).unusual == ()


def test_the_page_asks_for_them(clerk: User, place: Place, signed_in: Any):
    order = place()
    typed = {"customer_phone": PHONE, "lines-TOTAL_FORMS": "5", "lines-0-sku": "CUP-1"}

    html = signed_in(clerk).post("/orders/new/hints/", typed).content.decode()

    assert f'<a href="/orders/{order.number}/">' in html


@pytest.mark.parametrize("typed", [{}, {"customer_phone": "\x00"}, {"lines-TOTAL_FORMS": "x"}])
def test_half_a_form_gets_no_hint_and_no_crash(clerk: User, signed_in: Any, typed: dict[str, str]):
    response = signed_in(clerk).post("/orders/new/hints/", {"lines-0-sku": "\x00*3"} | typed)

    assert (response.status_code, response.content.strip()) == (200, b"")
