"""What must hold of every plan, whoever made it: pure, for plans of a solver and for tests."""

from collections import Counter
from collections.abc import Iterable, Sequence

from inventory.ledger import Supply
from orders.allocation.plan import Demand, Result, Served


def faults(
    demands: Sequence[Demand], supplies: Iterable[Supply], served: Sequence[Served]
) -> list[str]:
    """In words what is wrong with a plan; empty for a right one."""
    found = []
    taken: Counter[int] = Counter()
    for demand, one in zip(demands, served, strict=True):
        got: Counter[int] = Counter()
        for allotment in one.allotments:
            taken[allotment.stock_id] += allotment.quantity
            got[allotment.order_line_id] += allotment.quantity
        wanted = {need.order_line_id: need.quantity for need in demand.needs}
        if one.order_id != demand.order_id or any(got[line] > wanted.get(line, 0) for line in got):
            found.append(f"order {demand.order_id} gets what it does not need")
        if is_complete(one) != all(got[line] == wanted[line] for line in wanted):
            found.append(f"order {demand.order_id} is not as complete as it says")
    free = {supply.stock_id: supply.available for supply in supplies}
    found += [f"stock {pk} is promised twice" for pk in taken if taken[pk] > free.get(pk, 0)]
    return found


def is_complete(served: Served) -> bool:
    return served.result in (Result.WHOLE, Result.SPLIT)


def worth(served: Sequence[Served]) -> tuple[int, int]:
    """More complete orders, then fewer parcels: the larger the better."""
    parcels = sum(len(one.why.chosen) for one in served)
    return sum(map(is_complete, served)), -parcels
