from decimal import Decimal
from typing import Any

import pytest
from django.http import QueryDict

from inventory.models import Warehouse, WarehouseStaff
from oms.models import User
from orders.desk import listing
from orders.desk.asked import asked_in
from orders.desk.cancel import cancel_orders
from orders.desk.listing import OrderPage
from orders.intake.draft import PaymentDraft
from orders.models import Order
from orders.review.decide import hold_orders
from tests.fixtures import flow
from tests.fixtures.company import Place, create_sku


def page(user: User, address: str = "") -> OrderPage:
    query = QueryDict(address.removeprefix("?"))
    return listing.page(user, asked_in(query), query)


def ids(shown: OrderPage) -> list[int]:
    return [row.pk for row in shown.rows]


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orders.desk.asked.SIZES", (2, 50))
    monkeypatch.setattr("orders.desk.listing.SIZES", (2, 50))


def test_the_newest_order_comes_first(place: Place, clerk: User):
    first, second = place(), place()

    assert ids(page(clerk)) == [second.pk, first.pk]


@pytest.mark.usefixtures("small_pages")
@pytest.mark.parametrize(
    "address", ["size=2", "size=2&tab=review", "size=2&tab=shipped&tab=review"]
)
def test_pages_lead_forth_and_back(place: Place, clerk: User, address: str):
    five = [place().pk for _ in range(5)][::-1]

    first = page(clerk, address)
    second = page(clerk, first.pager.next_url)
    third = page(clerk, second.pager.next_url)
    back = page(clerk, third.pager.previous_url)

    assert [ids(one) for one in (first, second, third, back)] == [
        five[:2],
        five[2:4],
        five[4:],
        five[2:4],
    ]
    assert first.pager.previous_url == third.pager.next_url == ""
    assert page(clerk, back.pager.previous_url).pager.previous_url == ""


@pytest.mark.usefixtures("small_pages")
def test_a_search_is_paged_too(place: Place, clerk: User):
    three = [place().pk for _ in range(3)][::-1]

    first = page(clerk, "size=2&q=王")

    assert ids(first) == three[:2]
    assert ids(page(clerk, first.pager.next_url)) == three[2:]


def test_a_tab_holds_all_of_its_statuses(place: Place, clerk: User, reviewer: User):
    held, waiting, gone = place(), place(), place()
    hold_orders([held.pk], actor=reviewer, reason="?")
    cancel_orders([gone.pk], actor=reviewer, reason="?")

    assert ids(page(clerk, "tab=hold")) == [held.pk]
    assert ids(page(clerk, "tab=review")) == [waiting.pk]
    assert ids(page(clerk, "status=cancelled")) == [gone.pk]
    assert ids(page(clerk, "tab=shipped")) == []


@pytest.mark.usefixtures("stocked")
def test_a_tab_of_several_statuses_is_one_list_by_age(place: Place, clerk: User):
    on_the_way, at_home = (flow.send(flow.approve(place())) for _ in range(2))
    flow.deliver(at_home)

    assert ids(page(clerk, "tab=shipped")) == [at_home.pk, on_the_way.pk]


@pytest.mark.parametrize(
    "address",
    ["tab=nonsense", "after=x", "after=-1", "before=９", "size=7", "status=?", "day_from=2026-13-01",
     "after=99999999999999999999", "q=%00", "day_to=0001-01-01", "channel=%00"],
)  # fmt: skip
def test_an_address_that_makes_no_sense_shows_the_list(place: Place, clerk: User, address: str):
    order = place()

    assert ids(page(clerk, address)) == [order.pk]


def test_days_are_days_of_the_store(place: Place, clerk: User):
    order = place()
    at_home_in_shanghai = "2026-03-02T16:30:00+00:00"  # half past midnight of the third
    Order.objects.filter(pk=order.pk).update(placed_at=at_home_in_shanghai)

    assert ids(page(clerk, "day_from=2026-03-03&day_to=2026-03-03")) == [order.pk]
    assert ids(page(clerk, "day_from=2026-03-02&day_to=2026-03-02")) == []
    assert ids(page(clerk, "day_from=2026-03-03&tab=hold")) == []
    assert ids(page(clerk, "day_to=2026-03-03&channel=web")) == [order.pk]
    assert ids(page(clerk, "channel=other")) == []


def test_a_row_says_what_was_ordered_and_whether_it_is_paid(place: Place, clerk: User):
    create_sku("POT", name="茶壶")
    place(("POT", 3), ("CUP-1", 1), payment=PaymentDraft("bank", Decimal(10)))

    (row,) = page(clerk).rows

    assert (row.item, row.quantity, row.more) == ("茶壶", "3", "1")
    assert (row.paid, row.paid_words) == ("partially_paid", "Partly paid")
    assert row.why == "Waiting for the rules"


def test_a_cancelled_order_is_neither_paid_nor_unpaid(place: Place, clerk: User):
    order = place()
    cancel_orders([order.pk], actor=clerk, reason="?")

    assert page(clerk).rows[0].paid == ""


def test_somebody_limited_to_a_warehouse_sees_its_orders_only(
    place: Place, packer: User, stocked: Warehouse, other_warehouse: Warehouse
):
    order = flow.approve(place())
    limit = WarehouseStaff.objects.create(user=packer, warehouse=stocked)
    assert ids(page(packer)) == ids(page(packer, "q=王")) == [order.pk]

    limit.warehouse = other_warehouse
    limit.save()

    assert ids(page(packer)) == ids(page(packer, "q=王")) == ids(page(packer, "tab=ready")) == []


@pytest.mark.parametrize(
    ("address", "queries"), [("", 2), ("tab=shipped", 2), ("q=王", 3), ("day_to=2100-01-01", 3)]
)
def test_the_number_of_rows_does_not_change_the_number_of_queries(
    place: Place, clerk: User, django_assert_num_queries: Any, address: str, queries: int
):
    for count in range(3):
        place(*[("CUP-1", 1)] * (count + 1))

    with django_assert_num_queries(queries):
        page(clerk, address)
