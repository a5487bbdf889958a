"""Two approvals of one order at once: never do both steps fall to one person. With its negative control."""

from typing import Any

import pytest

from oms.models import User
from orders import pipeline
from orders.models import Order, OrderEvent, SecondReview
from orders.outcome import Outcome
from orders.review import decide
from orders.review.decide import approve_orders
from tests.fixtures.company import Place
from tests.fixtures.people import create_user
from tests.fixtures.rules import rule
from tests.races.racing import at_once, meeting_after

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def asked(place: Place) -> Order:
    rule("second_review", ("total", "gte", "0"))
    order = place()
    pipeline.advance()
    return order


def both_approve(order: Order, first: User, second: User) -> list[Outcome]:
    found: list[Any] = at_once(
        lambda: approve_orders([order.pk], actor=first),
        lambda: approve_orders([order.pk], actor=second),
    )
    return found


def kinds() -> list[str]:
    events = OrderEvent.objects.filter(kind__in=["first_approved", "approved"])
    return list(events.order_by("pk").values_list("kind", flat=True))


@pytest.mark.usefixtures("holds")
def test_one_person_twice_at_once_does_the_first_step_only(asked: Order, manager: User) -> None:
    results = both_approve(asked, manager, User.objects.get(pk=manager.pk))

    assert sorted(len(one.done) for one in results) == [0, 1]
    assert [list(one.codes.values()) for one in results if one.codes] == [
        ["second_review_by_another"]
    ]
    assert kinds() == ["first_approved"]


@pytest.mark.usefixtures("holds")
def test_of_two_people_one_does_the_first_step_and_the_other_the_second(
    asked: Order, manager: User
) -> None:
    both_approve(asked, manager, create_user("manager", "other"))

    row = SecondReview.objects.get()
    assert kinds() == ["first_approved", "approved"]
    assert {row.passed_by_id, row.decided_by_id} == set(User.objects.values_list("pk", flat=True))


def test_without_the_lock_both_believe_to_be_first(
    asked: Order, manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decide, "lock_orders", lambda _ids: None)
    monkeypatch.setattr(decide, "standing_of", meeting_after(decide.standing_of))

    results = both_approve(asked, manager, create_user("manager", "other"))

    assert [one.done for one in results] == [[asked.pk], [asked.pk]]
    assert kinds() == ["first_approved", "first_approved"]
