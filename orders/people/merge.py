"""Merging a customer who was entered twice, and undoing it: the customers' own rows, and their orders."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from customers.merge import (
    Pair,
    give_back,
    hold,
    require_mergeable,
    require_undoable,
    take_over,
)
from customers.models import CustomerMerge
from oms.errors import Stale
from oms.models import User
from oms.sql import int_array, query

# By the part of `CustomerMerge` that says which rows went over.
_OURS = {"order_ids": "orders_order", "return_ids": "orders_return"}
# Orders are locked before customers, as everywhere. What is placed after this look waits for the
# customer, or is there already when the customer is ours.
_HOLD_ORDERS_OF = "SELECT id FROM orders_order WHERE customer_id = %s ORDER BY id FOR NO KEY UPDATE"
_HOLD_ORDERS = (
    "SELECT id FROM orders_order WHERE id = ANY(%s::bigint[]) ORDER BY id FOR NO KEY UPDATE"
)
Versions = tuple[int, int]


def merge_customers(
    survivor_id: int,
    merged_id: int,
    *,
    choice: Mapping[str, str],
    seen: Versions | None = None,
    actor: User | None,
) -> CustomerMerge:
    """Everything of the merged customer becomes the survivor's, orders of the future as well.

    `choice`: see `customers.merge.take_over`; `seen`: versions of both as the person looked at them.
    Raises NotPossible, Stale, InvalidInput, Customer.DoesNotExist.
    """
    with transaction.atomic():
        query(_HOLD_ORDERS_OF, [merged_id])
        pair = hold(survivor_id, merged_id)
        require_mergeable(pair)
        _require_unchanged(pair, seen)
        moved = {part: pair.take(table) for part, table in _OURS.items()}
        return take_over(pair, choice, moved, actor=actor)


def unmerge_customers(merge_id: int, *, actor: User | None) -> CustomerMerge:
    """Everything goes back to whose it was; orders placed since stay with the survivor.

    Raises NotPossible after 30 days, twice, and before later merges are undone; CustomerMerge.DoesNotExist.
    """
    with transaction.atomic():
        moved = CustomerMerge.objects.get(pk=merge_id)
        query(_HOLD_ORDERS, [int_array(moved.order_ids)])
        pair = hold(moved.survivor_id, moved.merged_id)
        merge = CustomerMerge.objects.get(pk=merge_id)
        require_undoable(merge, pair)
        for part, table in _OURS.items():
            pair.give_back(table, getattr(merge, part))
        give_back(pair, merge, actor=actor)
    return merge


def _require_unchanged(pair: Pair, seen: Versions | None) -> None:
    now = (pair.survivor.version, pair.merged.version)
    if seen is None or seen == now:
        return
    raise Stale(
        _("Somebody changed one of the two while you were choosing. Look at them again."),
        theirs={"versions": now},
        yours={"versions": seen},
    )
