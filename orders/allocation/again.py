"""Allocation of one order anew, in the transaction that changed it."""

from collections.abc import Collection

from inventory import ledger
from orders.allocation.allocate import demands_of, plan_alone, reserve_served, served_from
from orders.allocation.carry import going
from orders.allocation.plan import Served
from orders.allocation.preorder import early_skus
from orders.fulfilment.free import free_untouched


def serve_again(order_id: int, sku_ids: Collection[int], *, ship_complete: bool) -> Served | None:
    """Free what nobody has begun to pick and serve the order once more; None when it lacks nothing.

    The order is locked by the caller; `sku_ids` are all SKUs it has or had. Its goods are locked from before they
    are freed until the commit, so that nobody else gets them in between.
    """
    plan_alone()
    ledger.lock_stock(sorted(sku_ids))
    free_untouched(order_id)
    [demand] = demands_of([(order_id, "", ship_complete)])
    served = served_from([demand], ledger.look_at_supply, early_skus()) if demand.needs else []
    ledger.promise(reserve_served(served, going([demand], served)))
    return served[0] if served else None
