"""What rules leave on orders besides a decision: each mark once, and never over what a person did."""

from typing import Any

import pytest

from oms.models import User
from orders import pipeline
from orders.desk.notes.assign import assign_order
from orders.desk.notes.models import Mention, OrderOwner, OrderTag
from orders.desk.notes.tag import tag_orders, untag_orders
from orders.models import Order
from orders.review.judge_again import judge_again
from orders.review.rules.text import Marks
from tests.fixtures.company import Place
from tests.fixtures.flow import fresh
from tests.fixtures.people import create_user
from tests.fixtures.rules import rule

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]


def mark(**marks: object) -> None:
    rule("mark", ("total", "gte", "1"), marks=Marks(**marks))


def kinds(order: Order) -> list[str]:
    events = order.events.filter(kind__in=["tagged", "assigned", "marked", "notified"])
    return list(events.order_by("pk").values_list("kind", flat=True))


def judge_twice() -> None:
    pipeline.advance()
    judge_again()
    pipeline.advance()


def test_a_tag_is_put_on_once(place: Place) -> None:
    mark(tags=("vip", "gift"))
    order = place()

    judge_twice()

    assert set(OrderTag.objects.values_list("tag__name", flat=True)) == {"vip", "gift"}
    assert kinds(order) == ["tagged", "tagged"]
    assert {event.actor_name for event in order.events.filter(kind="tagged")} == {"rules"}


def test_an_owner_is_given_only_where_there_is_none(
    place: Place, clerk: User, manager: User
) -> None:
    mark(owner=clerk.pk)
    free, owned = place(), place()
    assign_order(owned.pk, user_id=manager.pk, actor=manager)

    judge_twice()

    assert dict(OrderOwner.objects.values_list("order", "user")) == {
        free.pk: clerk.pk, owned.pk: manager.pk,
    }  # fmt: skip
    assert kinds(free) == ["assigned"]


def test_a_colleague_is_told_once_on_the_bell(place: Place, clerk: User, signed_in: Any) -> None:
    mark(notify=(clerk.pk,))
    order = place()

    judge_twice()

    [mention] = Mention.objects.all()
    assert (mention.user, mention.order) == (clerk, order)
    assert kinds(order) == ["notified"]
    page = signed_in(clerk).get("/mentions/").text
    assert "A rule asks you to look at this order." in page
    assert "Review rules" in page


def test_who_left_or_may_not_see_orders_is_not_told(place: Place, clerk: User) -> None:
    stranger = create_user("", "stranger")
    User.objects.filter(pk=clerk.pk).update(is_active=False)
    mark(notify=(clerk.pk, stranger.pk, 0), owner=stranger.pk)
    order = place()

    pipeline.advance()

    assert not Mention.objects.exists()
    assert kinds(order) == []


def test_priority_and_completeness_are_set_and_told_once(place: Place) -> None:
    mark(priority=2, ship_complete=False)
    order = place()

    judge_twice()

    assert (fresh(order).priority, fresh(order).ship_complete) == (2, False)
    assert kinds(order) == ["marked"]
    assert order.events.get(kind="marked").data == {"priority": 2, "ship_complete": False}


def test_the_timeline_says_it_in_words(place: Place, clerk: User, signed_in: Any) -> None:
    mark(priority=2, ship_complete=True, notify=(clerk.pk,))
    order = place()
    pipeline.advance()

    page = signed_in(clerk).get(f"/orders/{order.number}/").text

    assert "Marked by the rules" in page
    assert "priority “Urgent” · ships only complete" in page
    assert "A colleague was told" in page


def test_a_rule_that_is_overruled_leaves_its_marks_too(place: Place) -> None:
    rule("hold", ("total", "gte", "1"))
    rule("approve", ("total", "gte", "1"), marks=Marks(("seen",)))
    order = place()

    pipeline.advance()

    assert fresh(order).status == "on_hold"
    assert OrderTag.objects.filter(order=order, tag__name="seen").exists()


def test_a_shadow_leaves_nothing(place: Place) -> None:
    rule("mark", ("total", "gte", "1"), marks=Marks(("x",), priority=1), mode="shadow")
    order = place()

    pipeline.advance()

    assert kinds(order) == []
    assert fresh(order).priority == 0


def test_a_tag_that_a_person_took_off_comes_back_only_with_a_new_judgement(
    place: Place, manager: User
) -> None:
    mark(tags=("vip",))
    order = place()
    pipeline.advance()
    tag, _marked = tag_orders([order.pk], "vip", actor=manager)
    untag_orders([order.pk], tag, actor=manager)

    pipeline.advance()

    assert not OrderTag.objects.exists()
