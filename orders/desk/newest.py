"""The newest orders of some statuses, read off the end of an index however many orders there are."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from orders.models import Order
from orders.states import OrderStatus


def newest(
    orders: QuerySet[Order, Any],
    statuses: Sequence[OrderStatus],
    size: int,
    *,
    before: int | None = None,
) -> QuerySet[Order, Any]:
    """The `size` newest of `orders` in any of `statuses` (all, when none is given) whose id is below `before`.

    Each status is read for itself: with several at once PostgreSQL may sort all of them, or walk over all orders.
    """
    if before is not None:
        orders = orders.filter(pk__lt=before)
    parts = [orders.filter(status=status) for status in statuses] or [orders]
    ends = [part.order_by("-pk")[:size] for part in parts]
    if len(ends) == 1:
        return ends[0]
    return ends[0].union(*ends[1:], all=True).order_by("-pk")[:size]
