"""Putting off, waving off, owning: what people do with exceptions, and how these come back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from inventory.models import Sku, Warehouse
from oms.errors import InvalidInput
from oms.models import User
from orders import pipeline
from orders.desk.edit import edit_order
from orders.desk.notes.assign import assign_order
from orders.exceptions import watch
from orders.exceptions.assign import assign_exceptions
from orders.exceptions.dismiss import dismiss
from orders.exceptions.models import ExceptionKeeper, OrderException
from orders.exceptions.put_off import bring_back, put_off
from orders.models import ImportBatch, Order
from tests.exceptions.steps import open_causes, the_one
from tests.exceptions.test_causes import incomplete
from tests.fixtures import flow
from tests.fixtures.company import Place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]


def later(**ahead: int):
    return timezone.now() + timedelta(**ahead)


def test_it_comes_back_when_the_day_has_come(place: Place, clerk: User) -> None:
    incomplete(place)
    one = the_one("address_incomplete")

    assert put_off([one.pk], until=later(days=2), actor=clerk) == 1
    assert the_one("address_incomplete").waiting_until is not None
    OrderException.objects.update(waiting_until=later(hours=-1))

    assert the_one("address_incomplete").waiting_until is None


def test_it_comes_back_when_its_cause_changes(place: Place, clerk: User) -> None:
    order = incomplete(place, phone="")
    put_off([the_one("address_incomplete").pk], until=later(days=2), actor=clerk)

    edit_order(order.pk, version=1, changes={"ship_phone": "13800138001"}, actor=clerk)

    assert the_one("address_incomplete").waiting_until is None


def test_it_is_brought_back_by_hand(place: Place, clerk: User) -> None:
    order = incomplete(place)
    one = the_one("address_incomplete")
    put_off([one.pk], until=later(days=2), actor=clerk)

    assert bring_back([one.pk], actor=clerk) == 1
    assert bring_back([one.pk], actor=clerk) == 0
    kinds = order.events.order_by("-pk").values_list("kind", flat=True)[:2]
    assert list(kinds) == ["brought_back", "put_off"]


@pytest.mark.parametrize("ahead", [{"seconds": -1}, {"days": 400}])
def test_it_is_not_put_off_to_a_day_that_makes_no_sense(
    place: Place, clerk: User, ahead: dict[str, int]
) -> None:
    incomplete(place)
    one = the_one("address_incomplete")

    with pytest.raises(InvalidInput, match="Choose a day from tomorrow on"):
        put_off([one.pk], until=later(**ahead), actor=clerk)

    assert the_one("address_incomplete").waiting_until is None


@pytest.fixture
def twice(place: Place) -> tuple[Order, Order]:
    orders = place(), place()
    pipeline.advance()
    return orders


def test_both_are_kept_and_it_stays_closed(twice: tuple[Order, Order], clerk: User) -> None:
    one = the_one("duplicate")

    assert dismiss([one.pk], actor=clerk) == 1
    edit_order(twice[1].pk, version=1, changes={"note": "yes, two"}, actor=clerk)

    assert open_causes() == []
    one.refresh_from_db()
    assert (one.closed_how, one.closed_by) == ("dismissed", clerk)


def test_the_same_as_another_order_is_another_duplicate(
    twice: tuple[Order, Order], place: Place, clerk: User
) -> None:
    dismiss([the_one("duplicate").pk], actor=clerk)
    third = place()
    pipeline.advance()

    assert the_one("duplicate").order_id == third.pk


def test_a_missing_address_is_not_waved_off(place: Place, clerk: User) -> None:
    incomplete(place)

    assert dismiss([the_one("address_incomplete").pk], actor=clerk) == 0
    assert open_causes() == ["address_incomplete"]


def test_rejected_rows_are_one_until_somebody_dealt_with_them(place: Place, clerk: User) -> None:
    batch = ImportBatch.objects.create(
        file_name="a.csv", channel=place().channel, status="finished",
        account={"outcomes": {"rejected": {"rows": 3}}},
    )  # fmt: skip
    pipeline.advance()
    one = the_one("rejected_rows")
    assert (one.order, one.batch, one.data) == (None, batch, {"rows": 3, "file": "a.csv"})

    dismiss([one.pk], actor=clerk)
    assert open_causes() == []

    ImportBatch.objects.update(account={"outcomes": {"rejected": {"rows": 2}}})
    assert open_causes() == ["rejected_rows"]
    ImportBatch.objects.update(account={"outcomes": {"rejected": {"rows": 0}}})
    assert open_causes() == []


def test_the_owner_of_the_order_goes_before_who_looks_after_the_kind(
    place: Place, clerk: User, reviewer: User
) -> None:
    order = incomplete(place)
    assert the_one("address_incomplete").owner is None

    ExceptionKeeper.objects.create(kind="address", user=reviewer)
    watch.look_again("address")
    assert the_one("address_incomplete").owner == reviewer
    assign_order(order.pk, user_id=clerk.pk, actor=clerk)
    assert the_one("address_incomplete").owner == clerk


def test_who_was_given_it_keeps_it(place: Place, clerk: User, reviewer: User) -> None:
    order = incomplete(place)
    one = the_one("address_incomplete")

    assert assign_exceptions([one.pk], user_id=reviewer.pk) == (reviewer, 1)
    assign_order(order.pk, user_id=clerk.pk, actor=clerk)

    assert the_one("address_incomplete").owner == reviewer


def test_nobody_is_given_it_who_sees_no_orders(place: Place, make_user) -> None:
    incomplete(place)
    one = the_one("address_incomplete")

    with pytest.raises(InvalidInput, match="Choose a colleague from the list"):
        assign_exceptions([one.pk], user_id=make_user().pk)

    assert the_one("address_incomplete").owner is None


def test_what_comes_back_after_it_was_solved_is_a_new_one(
    place: Place, cup: Sku, warehouse: Warehouse
) -> None:
    order = flow.cancel(flow.pay(place(), 10))
    assert open_causes() == ["cancelled_paid"]
    flow.pay(order, -10)
    assert open_causes() == []
    flow.pay(order, 4)

    assert open_causes() == ["cancelled_paid"]
    assert OrderException.objects.count() == 2
