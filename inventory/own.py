"""What of the warehouses a person may touch: everything else does not exist for them."""

from collections.abc import Sequence

from django.http import Http404
from django.shortcuts import get_object_or_404

from inventory.listing import warehouses_of
from inventory.models import Stock, Warehouse
from oms.ids import id_in
from oms.models import User

SEE_COST = "orders.view_payment"
"""Who may see money in the books may see what goods cost us."""


def own_warehouse(user: User, text: str) -> Warehouse:
    """The warehouse of this id, if the person works in it; 404 otherwise."""
    return get_object_or_404(warehouses_of(user), pk=id_in(text))


def own_stock(user: User, texts: Sequence[str]) -> list[int]:
    """The ids; 404 when one is no stock of a warehouse that the person works in."""
    ids = sorted({id_in(text) for text in texts})
    if Stock.objects.filter(pk__in=ids, warehouse__in=warehouses_of(user)).count() != len(ids):
        raise Http404
    return ids
