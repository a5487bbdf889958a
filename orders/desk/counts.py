"""How many orders wait where, from the kept tallies."""

from collections.abc import Iterable, Mapping

from oms.models import User
from oms.sql import query
from orders.states import OrderStatus

Counts = Mapping[str, int]

_COUNTS = """
SELECT status, sum(orders)::bigint FROM orders_ordertally
WHERE NOT EXISTS (SELECT FROM inventory_warehousestaff WHERE user_id = %s) GROUP BY status
"""


def status_counts(user: User) -> Counts:
    """Orders per status, exact as of now; one query a request, remembered on its `user`.

    Empty for somebody limited to some warehouses: the tallies know nothing of warehouses.
    """
    kept: Counts | None = getattr(user, "_status_counts", None)
    if kept is None:
        kept = dict(query(_COUNTS, [user.pk]))
        user._status_counts = kept  # type: ignore[attr-defined]
    return kept


def count_of(counts: Counts, statuses: Iterable[OrderStatus]) -> int | None:
    """Orders in any of `statuses` (in all, when none is given); None when that is not known."""
    if not counts:
        return None
    return sum(counts.get(status, 0) for status in list(statuses) or OrderStatus.values)


def navigation_counts(user: User) -> dict[str, int]:
    """What the left navigation shows beside its entries."""
    counts = status_counts(user)
    if not counts:
        return {}
    return {
        "pending_review": counts.get(OrderStatus.PENDING_REVIEW, 0),
        "to_ship": counts.get(OrderStatus.ALLOCATED, 0),
    }
