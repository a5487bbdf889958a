"""A rule is published while orders are judged by the rules of before."""

import pytest

from orders import pipeline
from orders.models import Order
from orders.review import judge
from orders.review.rules import force
from orders.review.rules.book import current_book
from orders.review.rules.force import put_in_force
from orders.review.rules.save import new_rule
from tests.fixtures.company import Place
from tests.fixtures.flow import fresh
from tests.fixtures.rules import rule_text
from tests.races.racing import at_once, meeting_after

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("holds")]


def judged_beside_publishing(place: Place, monkeypatch: pytest.MonkeyPatch) -> Order:
    """The rules are read, then the new one is published, then the order is left to a person."""
    order = place()
    one = new_rule(rule_text("hold", ("total", "gte", "0")), actor=None)
    meet = meeting_after(lambda kept=None: kept)
    monkeypatch.setattr(judge, "current_book", lambda: meet(meet(current_book())))

    def publish() -> None:
        meet()
        put_in_force(one, one.newest, "on", kind="published", actor=None)
        meet()

    assert at_once(pipeline.advance, publish)[1] is None
    monkeypatch.setattr(judge, "current_book", current_book)
    pipeline.advance()
    return fresh(order)


def test_no_order_is_left_to_people_by_rules_that_are_not_in_force_any_more(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert judged_beside_publishing(place, monkeypatch).status == "on_hold"


def test_without_the_lock_the_new_rule_never_sees_the_order(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(force, "change_book", lambda: None)

    order = judged_beside_publishing(place, monkeypatch)

    assert (order.status, order.reason_code) == ("pending_review", "no_rule")
