"""Two workers at the orders that wait for the rules."""

from collections import Counter
from typing import Any

import pytest

from orders.models import Order, OrderEvent, RuleHit
from orders.review import judge as judge_module
from orders.review.judge import judge_chunk
from tests.fixtures.company import Place
from tests.fixtures.rules import rule
from tests.races.racing import at_once, meeting_after

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("holds")]

_KINDS = ("held", "referred")


@pytest.fixture
def waiting(place: Place) -> list[Order]:
    """Two that a rule holds, one that is left to a person."""
    rule("hold", ("note", "contains", "gift"))
    return [place(note="gift"), place(note="gift"), place()]


@pytest.fixture
def meeting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both workers have taken their orders before either of them judges."""
    monkeypatch.setattr(judge_module, "judge", meeting_after(judge_module.judge))


def both_judge() -> list[Any]:
    return at_once(lambda: judge_chunk(after_id=0), lambda: judge_chunk(after_id=0))


def traces() -> tuple[Counter[int], Counter[int]]:
    """How often each order was decided, and how often a rule was noted for it."""
    events = OrderEvent.objects.filter(kind__in=_KINDS).values_list("order_id", flat=True)
    return Counter(events), Counter(RuleHit.objects.values_list("order_id", flat=True))


@pytest.mark.usefixtures("meeting")
def test_of_two_workers_one_decides_each_order(waiting: list[Order]) -> None:
    results = both_judge()

    first, second, third = (order.pk for order in waiting)
    assert [one for one in results if one is not None][0].held == 2
    assert None in results
    assert traces() == ({first: 1, second: 1, third: 1}, {first: 1, second: 1})


@pytest.mark.usefixtures("meeting")
def test_without_the_lock_both_write_it_down(
    waiting: list[Order], monkeypatch: pytest.MonkeyPatch
) -> None:
    statement, _lock = judge_module._CHUNK_OF_WAITING.split("FOR NO KEY")
    monkeypatch.setattr(judge_module, "_CHUNK_OF_WAITING", statement)

    both_judge()

    decided, noted = traces()
    first, second, third = (order.pk for order in waiting)
    assert decided[third] == 2
    assert noted == {first: 2, second: 2}
