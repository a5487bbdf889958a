"""What happened to a list of orders since it was drawn: new ones it would show, and rows that are not true any more."""

from collections.abc import Mapping
from dataclasses import dataclass

from oms.models import User
from orders.desk.asked import Asked
from orders.desk.query.read import Place, matching
from orders.desk.query.wanted import wanted_by
from orders.models import Order
from orders.models.order import OrderQuerySet

MOST_NEW = 99
MOST_ROWS = 200
LOOK = 1_000  # of the newer orders so many are compared


@dataclass(frozen=True, slots=True)
class Changed:
    state: str
    status: str


@dataclass(frozen=True, slots=True)
class Fresh:
    """`new`: how many orders came in (one more than MOST_NEW: more than that); `changed` by id."""

    new: int
    changed: dict[int, Changed]


def fresh_of(user: User, asked: Asked, newest: int, states: Mapping[int, str]) -> Fresh:
    """Against a list whose newest order is `newest` (0: nothing to be told of) and whose rows were in `states`."""
    orders = Order.objects.visible_to(user)
    return Fresh(_new(user, orders, asked, newest) if newest else 0, _changed(orders, states))


def _new(user: User, orders: OrderQuerySet, asked: Asked, newest: int) -> int:
    wanted = wanted_by(user, asked)
    if not wanted.is_everything:
        place = Place(MOST_NEW, before=newest)
        return len(matching(orders, wanted, place, look=LOOK).ids)
    newer = orders.filter(pk__gt=newest)
    parts = [newer.filter(status=one) for one in wanted.statuses] or [newer]
    ends = [part.order_by("pk").values("pk")[: MOST_NEW + 1] for part in parts]
    found = ends[0].union(*ends[1:], all=True) if len(ends) > 1 else ends[0]
    return min(len(found), MOST_NEW + 1)


def _changed(orders: OrderQuerySet, states: Mapping[int, str]) -> dict[int, Changed]:
    if not states:
        return {}
    read = orders.filter(pk__in=list(states)).values_list("pk", "status", "version")
    now = {pk: (f"{status}.{version}", status) for pk, status, version in read}
    return {pk: Changed(*new) for pk, new in now.items() if new[0] != states[pk]}
