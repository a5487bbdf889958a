"""Allocation of one order anew, in the transaction that changed it."""

from collections.abc import Collection

from inventory import ledger
from orders.allocation.allocate import plan_alone, planned, reserve_served
from orders.allocation.carry import going
from orders.allocation.plan import Served
from orders.allocation.policies import current_rules
from orders.allocation.telling import Telling, telling_of
from orders.allocation.waiting import demands_of, orders_waiting
from orders.fulfilment.free import free_untouched


def serve_again(
    order_id: int, sku_ids: Collection[int], *, ship_complete: bool
) -> tuple[Served, Telling] | None:
    """Free what nobody has begun to pick and serve the order once more; None when it lacks nothing.

    The order is locked by the caller; `sku_ids` are all SKUs it has or had. Its goods are locked from before they
    are freed until the commit, so that nobody else gets them in between.
    """
    plan_alone()
    ledger.lock_stock(sorted(sku_ids))
    free_untouched(order_id)
    rules = current_rules()
    waiting = [one._replace(ship_complete=ship_complete) for one in orders_waiting([order_id])]
    demands = demands_of(waiting, ask_tags=rules.ask_tags)
    served = planned(demands, ledger.look_at_supply, rules)
    ledger.promise(reserve_served(served, going(demands, served)))
    return (served[0], telling_of(served, rules)) if served else None
