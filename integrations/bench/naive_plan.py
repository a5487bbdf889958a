"""The way it is done elsewhere, to compare with: each line from the first warehouse that has something of it."""

from collections.abc import Iterable, Sequence

from inventory.ledger import Allotment, Supply
from orders.allocation.plan import Demand, Result, Served
from orders.allocation.shelves import Shelves
from orders.allocation.why import Why


def first_warehouse(
    demands: Iterable[Demand], supplies: Iterable[Supply], warehouses: Sequence[int]
) -> list[Served]:
    """Line by line, what there is of it; no order is looked at as a whole."""
    shelves = Shelves(supplies, {})
    return [_serve(demand, shelves, warehouses) for demand in demands]


def _serve(demand: Demand, shelves: Shelves, warehouses: Sequence[int]) -> Served:
    given, missing = list[Allotment](), dict[int, int]()
    for need in demand.needs:
        left = [need]
        for warehouse in warehouses:
            if left and shelves.shelf(warehouse).get(need.sku_id):
                taken, left = shelves.take(warehouse, left, {})
                given += taken
        for lack in left:
            missing[lack.sku_id] = missing.get(lack.sku_id, 0) + lack.quantity
    chosen = tuple(dict.fromkeys(one.warehouse_id for one in given))
    result = Result.SHORT
    if given:
        result = Result.PART if missing else Result.SPLIT if len(chosen) > 1 else Result.WHOLE
    return Served(demand.order_id, result, Why(0, "priority", chosen), given, missing)
