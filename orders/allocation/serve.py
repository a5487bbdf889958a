"""Serving chosen orders at once, in the transaction that locked them, and bringing their status in line."""

from collections.abc import Sequence

from inventory import ledger
from orders.allocation.allocate import plan_alone, planned, reserve_served
from orders.allocation.carry import going
from orders.allocation.plan import Demand, Result, Served
from orders.allocation.policies import Rules, current_rules
from orders.allocation.telling import Waits, say_why, telling_of
from orders.allocation.terms import DEFAULT
from orders.allocation.waiting import demands_of, orders_waiting
from orders.allocation.why import Why
from orders.fulfilment.progress import settle
from orders.states import OrderStatus
from orders.transition import Move, move

S = OrderStatus
Waiting = tuple[int, str, bool]
"""An order that lacks goods: its id, its status, whether it leaves only when complete."""

SERVED = frozenset({S.APPROVED, S.BACKORDERED, S.IN_FULFILMENT, S.PARTIALLY_SHIPPED})
"""Where an order can be given what it lacks."""


def serve_now(waiting: Sequence[Waiting]) -> dict[int, Served]:
    """Reserve for these orders, locked by the caller, what they lack; one that lacks nothing is left out.

    They are served in the order in which they are given. Their stock stays locked until the commit.
    """
    plan_alone()
    rules = current_rules()
    demands = _demands([one[0] for one in waiting], rules)
    ledger.lock_stock(sorted({need.sku_id for one in demands for need in one.needs}))
    served = planned(demands, ledger.look_at_supply, rules)
    ledger.promise(reserve_served(served, going(demands, served)))
    return {one.order_id: one for one in served}


def _demands(order_ids: Sequence[int], rules: Rules) -> list[Demand]:
    found = demands_of(orders_waiting(order_ids), ask_tags=rules.ask_tags)
    by_order = {one.order_id: one for one in found}
    return [by_order[pk] for pk in order_ids]


def lacking_of(order_ids: Sequence[int]) -> dict[int, Served]:
    """What each of these orders lacks now, as if nothing could be served; those that lack nothing are left out."""
    found = {}
    for one in demands_of(orders_waiting(order_ids)):
        missing: dict[int, int] = {}
        for need in one.needs:
            missing[need.sku_id] = missing.get(need.sku_id, 0) + need.quantity
        if missing:
            why = Why(DEFAULT.id, DEFAULT.prefer)
            found[one.order_id] = Served(one.order_id, Result.SHORT, why, missing=missing)
    return found


def walk_back(order_ids: Sequence[int]) -> None:
    """From allocated to approved, for an order that is about to be short: the table of moves has no straight way."""
    for target in (S.ON_HOLD, S.APPROVED):
        moves = [Move(pk, target, "replanned") for pk in order_ids]
        move(moves, actor=None, actor_name="allocation")


def follow(waiting: Sequence[Waiting], served: dict[int, Served]) -> None:
    """Bring the status of these orders in line with their parcels; `served` says what some of them lack now.

    Stopped orders stay where they are.
    """
    telling = telling_of(list(served.values()), current_rules())
    moving = [(pk, status) for pk, status, _complete in waiting if status in SERVED | {S.ALLOCATED}]
    short = {pk: one for pk, one in served.items() if one.missing}
    walked = [pk for pk, status in moving if status == S.ALLOCATED and pk in short]
    walk_back(walked)
    back = [*walked, *(pk for pk, status in moving if status == S.APPROVED and pk in short)]
    move([telling.short_move(short[pk]) for pk in back], actor=None, actor_name="allocation")
    settle([pk for pk, _status in moving], actor=None, actor_name="allocation")
    say_why(
        [telling.waits(short[pk]) if pk in short else Waits(pk, "", "") for pk, _status in moving]
    )
