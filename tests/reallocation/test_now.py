"""Giving reserved goods back, and reserving at once what is free: each order is told of in words."""

from collections.abc import Callable

import pytest

from inventory.models import Sku, Stock, Warehouse
from oms.models import User
from orders import pipeline
from orders.allocation.now import allocate_now, give_back_goods
from orders.desk.prioritise import prioritise
from orders.models import Order
from tests.fixtures.company import Place, create_sku
from tests.fixtures.flow import approve, cancel, fresh, pick, receive

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]


@pytest.fixture
def placed(place: Place, cup: Sku, warehouse: Warehouse) -> Callable[..., Order]:
    receive(cup, warehouse, 5)
    return lambda cups, **fields: approve(place(("CUP-1", cups), **fields))


def test_goods_given_back_stay_free_until_a_person_says_so(
    placed: Callable[..., Order], manager: User
) -> None:
    order, keeps = placed(3), placed(2)

    outcome = give_back_goods([order.pk, 404], actor=manager, reason="for the fair")
    pipeline.advance()

    assert (outcome.done, outcome.told) == ([order.pk], {order.pk: "3 pieces are free again."})
    assert outcome.refused == {404: "There is no such order."}
    assert (fresh(order).status, fresh(order).reason_detail) == ("on_hold", "for the fair")
    assert fresh(keeps).status == "allocated"
    assert Stock.objects.get().reserved == 2

    again = allocate_now([order.pk], actor=manager)

    assert again.told == {order.pk: "CUP-1: 3 of 3 reserved in 杭州仓"}
    assert fresh(order).status == "allocated"


def test_what_is_begun_or_gone_is_not_given_back(placed: Callable[..., Order]) -> None:
    begun, short, gone = placed(2), placed(9), placed(1)
    pick(begun)
    cancel(gone)

    refused = give_back_goods([begun.pk, short.pk, gone.pk], actor=None, reason="x").refused

    assert refused == {
        begun.pk: f"{begun.number}: picking has begun. Put the order on hold, or cancel it.",
        short.pk: f"{short.number}: nothing is reserved for it.",
        gone.pk: f"{gone.number}: it is “Cancelled”; nothing can be given back.",
    }
    assert fresh(begun).status == "in_fulfilment"


def test_each_line_says_what_it_got(
    placed: Callable[..., Order], place: Place, cup: Sku, warehouse: Warehouse
) -> None:
    receive(create_sku("LID-1"), warehouse, 1)
    order = approve(place(("CUP-1", 7), ("LID-1", 2), ship_complete=False))
    whole = placed(8)
    receive(cup, warehouse, 1)

    outcome = allocate_now([order.pk, whole.pk], actor=None)

    assert outcome.told == {
        order.pk: "CUP-1: 6 of 7 reserved in 杭州仓, 1 short; LID-1: 1 of 2 reserved in 杭州仓, 1 short"
    }
    assert outcome.refused == {whole.pk: "CUP-1: none of 8 reserved, 8 short"}
    assert fresh(order).reason_detail == "CUP-1 ×1, LID-1 ×1"


def test_who_lacks_nothing_or_is_in_review_is_refused(
    placed: Callable[..., Order], place: Place
) -> None:
    happy, waiting = placed(1), place(("CUP-1", 1))

    refused = allocate_now([happy.pk, waiting.pk], actor=None).refused

    assert refused == {
        happy.pk: f"{happy.number} is “Ready to ship”; nothing can be reserved for it now.",
        waiting.pk: f"{waiting.number} is “To review”; nothing can be reserved for it now.",
    }


def test_the_urgent_one_is_served_first(
    placed: Callable[..., Order], cup: Sku, warehouse: Warehouse
) -> None:
    placed(5)
    first, urgent = placed(3), placed(3)
    assert prioritise([urgent.pk], priority=2, actor=None).done == [urgent.pk]
    receive(cup, warehouse, 3)

    outcome = allocate_now([first.pk, urgent.pk], actor=None)

    assert outcome.done == [urgent.pk]
    assert fresh(first).status == "backordered"


def test_priority_of_a_closed_order_stays(placed: Callable[..., Order], clerk: User) -> None:
    gone, order = cancel(placed(1)), placed(1)

    outcome = prioritise([gone.pk, order.pk], priority=1, actor=clerk)
    prioritise([order.pk], priority=1, actor=clerk)

    assert (outcome.done, list(outcome.refused)) == ([order.pk], [gone.pk])
    assert fresh(order).priority == 1
    assert order.events.get(kind="prioritised").data == {"priority": 1}
