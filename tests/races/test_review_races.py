"""Two reviewers at the queue at once."""

from typing import Any

import pytest

from oms.models import User
from orders.models import Order, OrderEvent, ReviewClaim
from orders.review.desk import claim
from orders.review.desk import settle as settle_module
from orders.review.desk.claim import claim_first
from orders.review.desk.settle import DecidedMeanwhile, Seen, settle
from tests.fixtures.company import Place
from tests.races.racing import at_once, meeting_after

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("holds")]


def both_go_on(place: Place, first: User, second: User) -> tuple[list[Order], list[Any]]:
    orders = [place(), place()]
    waiting = Order.objects.order_by("pk")
    return orders, at_once(
        lambda: claim_first(waiting, first), lambda: claim_first(waiting, second)
    )


def test_two_who_go_on_at_once_get_two_orders(
    place: Place, reviewer: User, manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claim, "_first_free", meeting_after(claim._first_free))

    orders, got = both_go_on(place, reviewer, manager)

    assert sorted(got) == [order.pk for order in orders]
    assert ReviewClaim.objects.count() == 2


def test_without_the_condition_both_get_the_same_order(
    place: Place, reviewer: User, manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claim, "_first_free", meeting_after(claim._first_free))
    statement, _condition = claim._CLAIM.split("WHERE")
    monkeypatch.setattr(claim, "_CLAIM", f"{statement} RETURNING order_id")

    orders, got = both_go_on(place, reviewer, manager)

    assert got == [orders[0].pk, orders[0].pk]


def both_decide(order: Order, first: User, second: User) -> list[Any]:
    seen = Seen(order.status, order.version)

    def decides(act: str, user: User) -> Any:
        return settle(order, act, seen=seen, reason="Fraud", actor=user, back="/review/")

    return at_once(lambda: decides("approve", first), lambda: decides("hold", second))


def test_of_two_decisions_at_once_one_counts_and_the_other_is_told(
    place: Place, reviewer: User, manager: User
) -> None:
    order = place()

    results = both_decide(order, reviewer, manager)

    assert [isinstance(one, DecidedMeanwhile) for one in results].count(True) == 1
    assert OrderEvent.objects.filter(kind__in=["approved", "held"]).count() == 1


def test_without_the_lock_both_decisions_go_through(
    place: Place, reviewer: User, manager: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = place()
    look = meeting_after(lambda order_id: Order.objects.get(pk=order_id))
    monkeypatch.setattr(settle_module, "_under_lock", look)

    results = both_decide(order, reviewer, manager)

    assert [isinstance(one, Exception) for one in results] == [False, False]
    assert OrderEvent.objects.filter(kind__in=["approved", "held"]).count() == 2
