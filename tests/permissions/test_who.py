"""The table of transitions says who may make a move; the doors that make it ask for exactly that right."""

import pytest
from django.urls import resolve, reverse

from orders.states import TRANSITIONS, OrderStatus, Who

DOORS = [
    ("orders:approve", OrderStatus.PENDING_REVIEW, OrderStatus.APPROVED),
    ("orders:hold", OrderStatus.PENDING_REVIEW, OrderStatus.ON_HOLD),
    ("orders:release", OrderStatus.ON_HOLD, OrderStatus.APPROVED),
    ("orders:cancel", OrderStatus.PENDING_REVIEW, OrderStatus.CANCELLED),
]


@pytest.mark.parametrize(("name", "source", "target"), DOORS)
def test_a_door_asks_for_the_right_that_the_table_names(
    name: str, source: OrderStatus, target: OrderStatus
) -> None:
    view = resolve(reverse(name, args=["SO2611220001"])).func

    assert TRANSITIONS[source][target].value in view.permissions


@pytest.mark.parametrize("target", [OrderStatus.ON_HOLD, OrderStatus.CANCELLED])
def test_who_may_is_the_same_wherever_the_order_stands(target: OrderStatus) -> None:
    people = {targets[target] for targets in TRANSITIONS.values() if target in targets}

    assert people - {Who.CLERK} == {Who.REVIEWER if target == OrderStatus.ON_HOLD else Who.CANCEL}
