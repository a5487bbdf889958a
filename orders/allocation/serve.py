"""Serving chosen orders at once, in the transaction that locked them, and bringing their status in line."""

from collections.abc import Sequence

from inventory import ledger
from inventory.models import Warehouse
from orders.allocation.allocate import (
    Waits,
    codes_of,
    demands_of,
    plan_alone,
    reserve_served,
    say_why,
    short_move,
    shortage,
)
from orders.allocation.plan import Result, Served, plan
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

    Their stock stays locked until the commit.
    """
    plan_alone()
    demands = [one for one in demands_of(waiting) if one.needs]
    skus = sorted({need.sku_id for one in demands for need in one.needs})
    ledger.lock_stock(skus)
    priority = list(Warehouse.objects.filter(is_active=True).values_list("pk", flat=True))
    served = plan(demands, ledger.look_at_supply(skus), priority)
    ledger.promise(reserve_served(served))
    return {one.order_id: one for one in served}


def lacking_of(order_ids: Sequence[int]) -> dict[int, Served]:
    """What each of these orders lacks now, as if nothing could be served; those that lack nothing are left out."""
    found = {}
    for one in demands_of([(pk, "", True) for pk in order_ids]):
        missing: dict[int, int] = {}
        for need in one.needs:
            missing[need.sku_id] = missing.get(need.sku_id, 0) + need.quantity
        if missing:
            found[one.order_id] = Served(one.order_id, Result.SHORT, missing=missing)
    return found


def follow(waiting: Sequence[Waiting], served: dict[int, Served]) -> None:
    """Bring the status of these orders in line with their parcels; `served` says what some of them lack now.

    Stopped orders stay where they are.
    """
    names = codes_of({sku for one in served.values() for sku in one.missing})
    moving = [(pk, status) for pk, status, _complete in waiting if status in SERVED | {S.ALLOCATED}]
    short = {pk: one for pk, one in served.items() if one.missing}
    walked = [pk for pk, status in moving if status == S.ALLOCATED and pk in short]
    # The table of moves knows no way straight back: it is walked.
    for target in (S.ON_HOLD, S.APPROVED):
        move([Move(pk, target, "replanned") for pk in walked], actor=None, actor_name="allocation")
    back = [*walked, *(pk for pk, status in moving if status == S.APPROVED and pk in short)]
    move([short_move(short[pk], names) for pk in back], actor=None, actor_name="allocation")
    settle([pk for pk, _status in moving], actor=None, actor_name="allocation")
    say_why(
        [
            Waits(pk, "short", shortage(short[pk], names)) if pk in short else Waits(pk, "", "")
            for pk, _status in moving
        ]
    )
