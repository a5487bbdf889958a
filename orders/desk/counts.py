"""How many orders wait where, from the kept tallies; and how many comments wait for their reader."""

from collections.abc import Iterable, Mapping

from django.db.models import Count, Exists, Sum, Value

from inventory.models import WarehouseStaff
from oms.models import User
from orders.models import Mention, OrderTally
from orders.states import OrderStatus

Counts = Mapping[str, int]
_UNREAD = "unread mentions"


def status_counts(user: User) -> Counts:
    """Orders per status, exact as of now.

    Empty for somebody limited to some warehouses: the tallies know nothing of warehouses.
    """
    return {word: count for word, count in _counted(user).items() if word != _UNREAD}


def _counted(user: User) -> Counts:
    """One query a request, remembered on its `user`."""
    kept: Counts | None = getattr(user, "_status_counts", None)
    if kept is None:
        limits = WarehouseStaff.objects.filter(user=user.pk)
        tallies = OrderTally.objects.filter(~Exists(limits)).order_by().values_list("status")
        mine = Mention.objects.filter(user=user.pk, read_at__isnull=True)
        unread = mine.order_by().values_list(Value(_UNREAD)).annotate(Count("pk"))
        kept = dict(tallies.annotate(Sum("orders")).union(unread, all=True))
        user._status_counts = kept  # type: ignore[attr-defined]
    return kept


def count_of(counts: Counts, statuses: Iterable[OrderStatus]) -> int | None:
    """Orders in any of `statuses` (in all, when none is given); None when that is not known."""
    if not counts:
        return None
    return sum(counts.get(status, 0) for status in list(statuses) or OrderStatus.values)


def navigation_counts(user: User) -> dict[str, int]:
    """What the shell shows beside its entries."""
    unread = {"unread_mentions": _counted(user).get(_UNREAD, 0)}
    counts = status_counts(user)
    if not counts:
        return unread
    return unread | {
        "pending_review": counts.get(OrderStatus.PENDING_REVIEW, 0),
        "to_ship": counts.get(OrderStatus.ALLOCATED, 0),
    }
