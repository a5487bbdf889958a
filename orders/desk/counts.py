"""How many orders wait where, from the kept tallies."""

from collections.abc import Iterable, Mapping

from django.db.models import Exists, Sum

from inventory.models import WarehouseStaff
from oms.models import User
from orders.models import OrderTally
from orders.states import OrderStatus

Counts = Mapping[str, int]


def status_counts(user: User) -> Counts:
    """Orders per status, exact as of now; one query a request, remembered on its `user`.

    Empty for somebody limited to some warehouses: the tallies know nothing of warehouses.
    """
    kept: Counts | None = getattr(user, "_status_counts", None)
    if kept is None:
        limits = WarehouseStaff.objects.filter(user=user.pk)
        rows = OrderTally.objects.filter(~Exists(limits)).order_by().values_list("status")
        kept = dict(rows.annotate(Sum("orders")))
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
