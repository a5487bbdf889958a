"""Two colleagues at the same order at once."""

import pytest

from oms.models import User
from orders.desk.notes import assign
from orders.desk.notes.assign import assign_order
from orders.desk.notes.tag import tag_orders
from orders.models import Order, OrderEvent, OrderOwner, OrderTag, Tag
from tests.fixtures.company import Place
from tests.races.racing import at_once, meeting_after

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("holds")]


def both_take(order: Order, clerk: User, reviewer: User) -> list[object]:
    return at_once(
        lambda: assign_order(order.pk, user_id=clerk.pk, actor=clerk),
        lambda: assign_order(order.pk, user_id=reviewer.pk, actor=reviewer),
    )


def test_two_take_it_and_the_later_one_has_it(place: Place, clerk: User, reviewer: User) -> None:
    order = place()

    results = both_take(order, clerk, reviewer)

    assert sorted(str(one) for one in results) == ["clerk", "reviewer"]
    first, second = OrderEvent.objects.filter(kind="assigned").order_by("pk")
    assert second.data["owner"] == [first.data["owner"][1], str(OrderOwner.objects.get().user)]


def test_without_the_lock_no_event_knows_of_the_other(
    place: Place, clerk: User, reviewer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    nobody = meeting_after(dict.fromkeys)
    monkeypatch.setattr(assign, "_owners_under_lock", nobody)

    both_take(place(), clerk, reviewer)

    events = OrderEvent.objects.filter(kind="assigned")
    assert {event.data["owner"][0] for event in events} == {""}


def test_two_make_the_same_new_tag_and_it_is_one(place: Place, clerk: User, reviewer: User) -> None:
    order = place()

    results = at_once(
        lambda: tag_orders([order.pk], "VIP", actor=clerk)[1],
        lambda: tag_orders([order.pk], "vip", actor=reviewer)[1],
    )

    assert sorted(results, key=len) == [[], [order.pk]]
    assert (Tag.objects.count(), OrderTag.objects.count()) == (1, 1)
    assert OrderEvent.objects.filter(kind="tagged").count() == 1
