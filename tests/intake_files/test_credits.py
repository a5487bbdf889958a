"""Cancellations: linked to the earlier lines they take back, taken off while the goods are here."""

from decimal import Decimal

import pytest

from orders.models import Order, OrderLine, ReturnLine
from orders.review.decide import approve_orders
from tests.fixtures.flow import approve, receive
from tests.intake_files.conftest import outcomes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]


def sale(
    number: str, quantity: int, *, day: int = 1, sku: str = "22666", customer: str = "12345.0"
) -> str:
    return f"{number},{sku},BOX,{quantity},2010-12-{day:02} 09:00:00,2.95,{customer},EIRE"


def credit(
    number: str, quantity: int, *, day: int = 20, sku: str = "22666", customer: str = "12345.0"
) -> str:
    return f"C{number},{sku},BOX,{-quantity},2010-12-{day:02} 09:00:00,2.95,{customer},EIRE"


def cancelled() -> dict[str, int]:
    """Pieces taken off, by the order's external number."""
    lines = OrderLine.objects.filter(cancelled_quantity__gt=0).order_by("order_id")
    return dict(lines.values_list("order__external_no", "cancelled_quantity"))


def test_a_line_of_exactly_that_many_pieces_is_taken_before_a_newer_one(retail) -> None:
    batch = retail(sale("1", 5), sale("2", 8, day=2), credit("9", 5))

    assert outcomes(batch) == ["goods", "goods", "return_linked"]
    assert cancelled() == {"1": 5}


def test_otherwise_the_newest_lines_are_used_up_one_after_the_other(retail) -> None:
    batch = retail(sale("1", 5), sale("2", 8, day=2), credit("9", 10))

    assert cancelled() == {"1": 2, "2": 8}
    assert list(ReturnLine.objects.order_by("-quantity").values_list("quantity", "amount", "status")) == [
        (8, Decimal("23.60"), "applied"), (2, Decimal("5.90"), "applied"),
    ]  # fmt: skip
    assert batch.account["returns"]["applied"] == {
        "lines": 2, "units": 10, "amount": "29.50", "orders": 2,
    }  # fmt: skip


@pytest.mark.parametrize(
    "row",
    [
        credit("9", 6),  # more than was ever sold
        credit("9", 5, customer="777.0"),  # another customer
        credit("9", 5, customer=""),  # nobody
        credit("9", 5, sku="22667"),  # other goods
        credit("9", 5, sku="POST"),  # a fee
        credit("9", 5, day=1).replace("09:00", "08:59"),  # before the sale
    ],
)
def test_what_no_earlier_line_covers_waits_for_a_person(retail, row) -> None:
    batch = retail(sale("1", 5), row)

    assert outcomes(batch) == ["goods", "credit_unlinked"]
    line = ReturnLine.objects.get()
    assert (line.order_line, line.status) == (None, "waiting")
    assert cancelled() == {}


def test_a_sale_further_down_the_file_is_not_earlier(retail) -> None:
    batch = retail(credit("9", 5), sale("1", 5))

    assert outcomes(batch) == ["credit_unlinked", "goods"]


def test_the_same_pieces_are_given_back_once(retail) -> None:
    batch = retail(sale("1", 5), credit("8", 4), credit("9", 4), credit("9", 1))

    assert outcomes(batch) == ["goods", "return_linked", "credit_unlinked", "return_linked"]
    assert cancelled() == {"1": 5}


def test_an_order_of_which_nothing_is_left_is_cancelled(retail) -> None:
    batch = retail(sale("1", 5), sale("2", 5, day=2), credit("9", 5))

    orders = Order.objects.order_by("external_no")
    assert list(orders.values_list("external_no", "status", "version")) == [
        ("1", "pending_review", 1), ("2", "cancelled", 2),
    ]  # fmt: skip
    assert list(orders[1].events.order_by("id").values_list("kind", "actor_name")) == [
        ("placed", "import"), ("reduced", "import"), ("cancelled", "import"),
    ]  # fmt: skip
    assert batch.account["returns"]["orders_cancelled"] == 1


def test_an_order_with_carriage_left_to_pay_stays(retail) -> None:
    retail(sale("1", 5), sale("1", 1, sku="POST"), credit("9", 5))

    assert Order.objects.get().status == "pending_review"
    assert cancelled() == {"1": 5}


def test_goods_that_are_reserved_are_not_taken_off_but_linked(retail, warehouse) -> None:
    retail(sale("1", 5))
    order = Order.objects.get()
    receive(order.lines.get().sku, warehouse, 5)
    approve(order)

    batch = retail(credit("9", 5))

    assert outcomes(batch) == ["return_linked"]
    assert batch.account["returns"]["waiting_linked"]["units"] == 5
    assert cancelled() == {}


def test_pieces_of_a_waiting_credit_are_spoken_for(retail, warehouse) -> None:
    retail(sale("1", 5))
    order = Order.objects.get()
    receive(order.lines.get().sku, warehouse, 5)
    approve(order)
    retail(credit("8", 5))

    assert outcomes(retail(credit("9", 5))) == ["credit_unlinked"]


def test_an_approved_order_without_stock_can_lose_pieces(retail) -> None:
    retail(sale("1", 5))
    approve_orders([Order.objects.get().pk], actor=None)

    retail(credit("9", 2))

    assert cancelled() == {"1": 2}


def test_amounts_of_the_pieces_add_up_to_the_credit(retail) -> None:
    batch = retail(
        sale("1", 1),
        sale("2", 1, day=2),
        sale("3", 1, day=3),
        credit("9", 3).replace("2.95", "0.335"),
    )

    amounts = list(ReturnLine.objects.order_by("id").values_list("amount", flat=True))
    assert sum(amounts) == Decimal("1.01")
    assert batch.account["amounts"]["cancellations"] == {
        "source": "-1.005", "booked": "-1.01", "not_booked": "0.00", "difference": "0.005",
    }  # fmt: skip
