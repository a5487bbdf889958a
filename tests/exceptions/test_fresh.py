"""What a list that stays open is told of the exceptions that left it."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from inventory.models import Sku, Warehouse, WarehouseStaff
from oms.models import User
from orders import pipeline
from orders.desk.cancel import cancel_orders
from orders.desk.notes.comment import comment_on
from orders.exceptions import watch
from orders.exceptions.dismiss import dismiss
from orders.exceptions.fix_address import fix_address
from orders.exceptions.models import OrderException
from orders.exceptions.put_off import put_off
from orders.models import ImportBatch, Order
from tests.exceptions.steps import the_one
from tests.exceptions.test_causes import incomplete
from tests.fixtures import flow
from tests.fixtures.company import Place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]


def told(browser: Any, *rows: Any, waiting: str = "") -> dict[str, str]:
    """What was told of the rows, by id."""
    answer = browser.post("/exceptions/fresh/", {"row": rows, "waiting": waiting})
    if answer.status_code == 204:
        return {}
    gone: dict[str, str] = answer.json()["gone"]
    return gone


def test_of_what_is_still_open_nothing_is_told(desk: Any, short: Order) -> None:
    assert told(desk, OrderException.objects.get().pk) == {}


def test_it_says_what_a_colleague_did_to_the_order(desk: Any, short: Order, clerk: User) -> None:
    one = OrderException.objects.get()
    cancel_orders([short.pk], reason="not wanted", actor=clerk)
    watch.catch_up()
    comment_on(short.pk, "All done", actor=clerk)

    assert told(desk, one.pk) == {str(one.pk): f"Solved: Cancelled · {clerk.display_name}"}


def test_it_says_what_the_system_did(
    desk: Any, short: Order, place: Place, warehouse: Warehouse
) -> None:
    one = OrderException.objects.get()
    flow.receive(Sku.objects.get(code="BIG-1"), warehouse, 3)
    pipeline.advance()
    watch.catch_up()

    assert told(desk, one.pk) == {str(one.pk): "Solved: Stock reserved for everything · Allocation"}


def test_it_says_who_mended_it(desk: Any, place: Place, clerk: User) -> None:
    order = incomplete(place)
    one = the_one("address_incomplete")
    street = {"ship_street": "文三路 1 号"}
    fix_address(order.pk, version=1, changes=street, release=False, actor=clerk)

    assert told(desk, one.pk) == {str(one.pk): f"Solved by {clerk.display_name}"}


def test_what_happened_to_the_twin_is_told_of_a_duplicate(
    desk: Any, place: Place, clerk: User
) -> None:
    first, _second = place(), place()
    pipeline.advance()
    one = the_one("duplicate")
    cancel_orders([first.pk], reason="twice", actor=clerk)
    watch.catch_up()

    assert told(desk, one.pk) == {str(one.pk): f"Solved: Cancelled · {clerk.display_name}"}


def test_what_was_waved_off_or_put_off_leaves_as_well(
    desk: Any, place: Place, short: Order, clerk: User
) -> None:
    waits = the_one("short")
    for _nth in range(2):
        place()
    pipeline.advance()
    twice = the_one("duplicate")
    until = timezone.now() + timedelta(days=3)
    put_off([waits.pk], until=until, actor=clerk)
    dismiss([twice.pk], actor=clerk)

    assert told(desk, waits.pk, twice.pk) == {
        str(waits.pk): f"Put off until {timezone.localtime(until).date().isoformat()}",
        str(twice.pk): f"Waved off by {clerk.display_name}",
    }
    assert told(desk, waits.pk, waiting="1") == {}


def test_what_comes_back_leaves_the_list_of_what_waits(desk: Any, short: Order) -> None:
    one = OrderException.objects.get()

    assert told(desk, one.pk, waiting="1") == {str(one.pk): "To be done again"}


def test_a_file_that_is_in_order_again_just_says_so(desk: Any, place: Place) -> None:
    batch = ImportBatch.objects.create(file_name="a.csv", channel=place().channel)
    one = OrderException.objects.create(
        kind="import", cause="rejected_rows", batch=batch, deadline_at=timezone.now(),
        closed_at=timezone.now(), closed_how="solved",
    )  # fmt: skip

    assert told(desk, one.pk) == {str(one.pk): "The cause is gone"}


def test_of_other_warehouses_nothing_is_told(
    short: Order, other_warehouse: Warehouse, packer: User, signed_in: Any
) -> None:
    WarehouseStaff.objects.create(user=packer, warehouse=other_warehouse)
    flow.cancel(short)
    watch.sweep()

    assert told(signed_in(packer), OrderException.objects.get().pk) == {}


@pytest.mark.parametrize("row", ["", "x", "9" * 30, "\x00", "-1"])
def test_what_makes_no_sense_is_no_row(desk: Any, row: str) -> None:
    assert told(desk, row) == {}


def test_it_asks_little_whatever_the_rows(
    desk: Any, place: Place, django_assert_max_num_queries: Any
) -> None:
    for order in [flow.approve(place(("CUP-1", 3))) for _ in range(6)]:
        watch.sweep()
        flow.cancel(order)
    watch.sweep()
    rows = list(OrderException.objects.values_list("pk", flat=True))

    with django_assert_max_num_queries(4):
        assert len(told(desk, *rows)) == len(rows)
