"""The colleagues an order can be shown to: who may be named in its comments, and who may own it."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from inventory.models import WarehouseStaff
from oms.models import User


def who_may_see(order: Any) -> QuerySet[User]:
    """Active users who may open the order (an id, or a reference to one of an outer query)."""
    limits = WarehouseStaff.objects.filter(user=OuterRef("pk"))
    inside = limits.filter(warehouse__shipments__order=order)
    people = User.objects.with_perm("orders.view_order")
    return people.filter(~Exists(limits) | Exists(inside)).order_by("username")
