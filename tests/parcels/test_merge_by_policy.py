"""The workers merge what is ready for one recipient, where the channel or a person wants it; a person's no stays."""

from collections.abc import Callable

import pytest

from oms.models import Channel, User
from orders import pipeline
from orders.models import Order
from orders.parcels.merge_many import merge_orders, merge_waiting
from orders.parcels.together import ship_together
from orders.parcels.unmerge import unmerge_orders, unmerge_parcels
from tests.fixtures.company import Place
from tests.fixtures.flow import approve, pick
from tests.parcels.steps import ELSEWHERE, HOME, ready_of, travelling

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]
Ready = Callable[..., Order]


@pytest.fixture
def merging(web: Channel) -> Channel:
    Channel.objects.filter(pk=web.pk).update(merge_parcels=True)
    return web


def test_nothing_is_merged_unless_somebody_wants_it(ready: Ready) -> None:
    orders = [ready(), ready()]

    assert pipeline.advance().merged == 0
    assert travelling(*orders) == [None, None]


def test_a_channel_merges_what_is_ready(ready: Ready, merging: Channel) -> None:
    orders = [ready(), ready(), ready(ship_to=ELSEWHERE), ready()]

    assert travelling(*orders) == [1, 1, None, 1]
    assert orders[0].events.filter(kind="merged").get().actor_name == "allocation"
    assert merge_waiting() == 0


def test_what_is_begun_waits_for_nobody(ready: Ready, merging: Channel) -> None:
    first = ready()
    pick(first)

    assert travelling(first, ready(), ready()) == [None, 1, 1]


def test_many_groups_are_merged_in_one_go(
    ready: Ready, merging: Channel, django_assert_max_num_queries: Callable[..., object]
) -> None:
    Channel.objects.update(merge_parcels=False)
    orders = [ready(), ready(), ready(ship_to=ELSEWHERE), ready(ship_to=ELSEWHERE)]
    Channel.objects.update(merge_parcels=True)

    with django_assert_max_num_queries(10):
        assert merge_waiting() == 2

    assert travelling(*orders) == [1, 1, 2, 2]


def test_who_was_taken_out_by_hand_stays_alone(ready: Ready, merging: Channel) -> None:
    orders = [ready() for _n in range(3)]
    unmerge_parcels(ready_of(orders[0]), actor=None)

    pipeline.advance()

    assert travelling(*orders) == [None, 1, 1]


def test_a_person_may_put_it_back(ready: Ready, merging: Channel) -> None:
    orders = [ready(), ready()]
    unmerge_orders([orders[0].pk], actor=None)

    assert merge_orders([one.pk for one in orders], actor=None).refused == {}

    assert travelling(*orders) == [1, 1]


def test_ticked_orders_are_merged_where_they_can_be(ready: Ready) -> None:
    first, second, third = ready(), ready(), ready(ship_to=ELSEWHERE)

    outcome = merge_orders([first.pk, second.pk, third.pk], actor=None)

    assert outcome.done == [first.pk, second.pk]
    assert list(outcome.refused) == [third.pk]
    undone = unmerge_orders(outcome.done, actor=None)
    assert (undone.done, undone.refused) == (outcome.done, {})
    assert travelling(first, second) == [None, None]


def test_a_wish_in_review_is_kept_until_both_are_ready(
    ready: Ready, place: Place, reviewer: User
) -> None:
    first = ready()
    second = place(("CUP-1", 1), ship_to=HOME)

    ship_together([first.pk, second.pk], actor=reviewer)
    assert travelling(first) == [None]
    approve(second)

    assert travelling(first, second) == [1, 1]
    assert second.events.get(kind="together_asked").data == {"merged_with": [first.number]}
