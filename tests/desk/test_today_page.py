from typing import Any

from inventory.models import Warehouse, WarehouseStaff
from oms.models import User
from orders import pipeline
from orders.desk.notes.assign import assign_order
from orders.review.decide import hold_orders
from tests.fixtures import flow
from tests.fixtures.company import Place


def today(signed_in: Any, user: User) -> Any:
    return signed_in(user).get("/").context["today"]


def test_queues_say_how_many_wait_and_since_when(place: Place, clerk: User, signed_in: Any):
    first, held = place(), place()
    place()
    hold_orders([held.pk], actor=clerk, reason="Ask the customer")

    review, hold, short, *_rest = today(signed_in, clerk).queues

    assert (review.count, review.oldest, review.url) == (2, first.placed_at, "/orders/?tab=review")
    assert (hold.count, hold.oldest) == (1, held.placed_at)
    assert (short.count, short.oldest) == (0, None)


def test_what_stands_still_is_told_with_its_cause(place: Place, clerk: User, signed_in: Any):
    place()
    held = [place().pk for _ in range(2)]
    hold_orders(held, actor=clerk, reason="Ask the customer")
    pipeline.advance()

    shown = today(signed_in, clerk)

    assert [(cause.text, cause.count) for cause in shown.causes] == [
        ("Held: Ask the customer", 2),
        ("No rule decided", 1),
    ]
    assert [row.pk for row in shown.oldest] == [held[0] - 1, *held]


def test_what_the_rules_have_not_seen_yet_does_not_stand_still(
    place: Place, clerk: User, signed_in: Any
):
    place()

    shown = today(signed_in, clerk)

    assert (shown.causes, shown.oldest) == ([], [])


def test_shortages_are_one_cause(place: Place, clerk: User, cup: Any, signed_in: Any):
    for quantity in (1, 2):
        flow.approve(place(("CUP-1", quantity)))

    (cause,) = today(signed_in, clerk).causes

    assert (cause.text, cause.count, cause.url) == ("Short of …", 2, "/orders/?status=backordered")


def test_somebody_limited_to_a_warehouse_gets_no_counts(
    place: Place, packer: User, stocked: Warehouse, signed_in: Any
):
    WarehouseStaff.objects.create(user=packer, warehouse=stocked)
    place()

    review = today(signed_in, packer).queues[0]

    assert (review.count, review.oldest) == (None, None)


def test_my_open_orders_are_listed_newest_first(place: Place, clerk: User, signed_in: Any):
    first, closed, second, held = (place() for _ in range(4))
    hold_orders([held.pk], actor=None, reason="Ask the customer")
    for order in (first, closed, held):
        assign_order(order.pk, user_id=clerk.pk, actor=clerk)
    flow.cancel(closed)

    mine = today(signed_in, clerk).mine

    assert [(one.order.pk, one.why) for one in mine] == [
        (held.pk, "Held: Ask the customer"),
        (first.pk, "Waiting for the rules"),
    ]
    assert second.number not in signed_in(clerk).get("/").content.decode().split('id="mine"')[1]


def test_without_a_role_the_page_says_who_can_help(make_user: Any, signed_in: Any):
    response = signed_in(make_user()).get("/")

    assert response.context["today"] is None
    assert "An administrator can give it one" in response.content.decode()


def test_a_visitor_is_sent_to_the_log_in(client: Any, db: None):
    assert client.get("/").url == "/login/?next=/"


def test_the_page_takes_few_queries(
    place: Place, clerk: User, signed_in: Any, django_assert_max_num_queries: Any
):
    browser = signed_in(clerk)
    hold_orders([place().pk for _ in range(5)], actor=clerk, reason="?")

    with django_assert_max_num_queries(11):
        browser.get("/")
