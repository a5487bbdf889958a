"""What was given back is shown with the order it came from, and with the customer."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from inventory.models import Warehouse, WarehouseStaff
from oms.models import User
from orders.models import Order
from orders.returns.credit import Credit, CreditLine, record_credits
from tests.fixtures import flow
from tests.fixtures.company import Place


def give_back(order: Order, pieces: int, number: str = "RT-1") -> None:
    line = order.lines.get()
    given = CreditLine(line.sku_id, line.description, pieces, line.unit_price)
    with transaction.atomic():
        record_credits(
            [Credit(order.channel_id, number, order.customer_id, "CNY", timezone.now(), [given])],
            actor=None,
        )


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def returns_of(browser: Any, order: Order) -> list[tuple[str, int, str, bool]]:
    history = browser.get(f"/customers/{order.customer_id}/").context["history"]
    return [(one.number, one.pieces, str(one.amount), one.is_waiting) for one in history.returns]


def test_the_order_page_shows_the_document_with_pieces_amount_and_state(
    place: Place, clerk: User, signed_in: Any
):
    order = place(("CUP-1", 3))
    give_back(order, 2)

    page = signed_in(clerk).get(f"/orders/{order.number}/")

    (one,) = page.context["detail"].returned
    assert (one.document, one.quantity, one.amount, one.line.sku.code) == ("RT-1", 2, 20, "CUP-1")
    assert page.context["detail"].balance == 10
    for part in ("Returns and credits", "RT-1", "¥20.00", "Taken off the order"):
        assert part in words(page)
    assert page.context["timeline"][0].text == "Pieces taken off"


def test_what_has_left_waits_for_a_person(
    place: Place, clerk: User, stocked: Warehouse, signed_in: Any
):
    order = flow.send(flow.approve(place(("CUP-1", 3))))
    give_back(order, 3)

    assert "Waiting for a person" in words(signed_in(clerk).get(f"/orders/{order.number}/"))
    assert returns_of(signed_in(clerk), order) == [("RT-1", 3, "30.00", True)]


def test_an_order_of_which_nothing_came_back_has_no_such_card(
    place: Place, clerk: User, signed_in: Any
):
    assert "Returns and credits" not in words(signed_in(clerk).get(f"/orders/{place().number}/"))


def test_the_customer_page_lists_the_newest_documents_first(
    place: Place, clerk: User, signed_in: Any
):
    order = place(("CUP-1", 3))
    give_back(order, 1)
    give_back(order, 9, "RT-2")

    assert returns_of(signed_in(clerk), order) == [
        ("RT-2", 9, "90.00", True), ("RT-1", 1, "10.00", False),
    ]  # fmt: skip


def test_documents_on_orders_of_another_warehouse_are_not_shown(
    place: Place, clerk: User, stocked: Warehouse, other_warehouse: Warehouse, signed_in: Any
):
    order = flow.approve(place(("CUP-1", 3)))
    give_back(order, 3)
    limit = WarehouseStaff.objects.create(user=clerk, warehouse=other_warehouse)
    assert returns_of(signed_in(clerk), order) == []

    limit.delete()
    WarehouseStaff.objects.create(user=clerk, warehouse=stocked)
    assert returns_of(signed_in(clerk), order) == [("RT-1", 3, "30.00", True)]
