"""The colleagues an order can be shown to: who may be named in its comments, and who may own it."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from inventory.models import WarehouseStaff
from oms.models import User


def who_may_see(order: Any) -> QuerySet[User]:
    """Active users who may open the order (an id, or a reference to one of an outer query)."""
    limits = WarehouseStaff.objects.filter(user=OuterRef("pk"))
    inside = limits.filter(warehouse__shipments__order=order)
    return colleagues().filter(~Exists(limits) | Exists(inside))


def colleagues() -> QuerySet[User]:
    """Active users who work with orders at all."""
    people = User.objects.filter(_has_right("orders", "view_order"), is_active=True)
    return people.order_by("username")


def _has_right(app: str, codename: str) -> Q:
    """As `with_perm` asks, but the holders are collected once and not looked for user by user."""
    by_role = User.groups.through.objects.filter(
        group__permissions__codename=codename,
        group__permissions__content_type__app_label=app,
    )
    by_hand = User.user_permissions.through.objects.filter(
        permission__codename=codename, permission__content_type__app_label=app
    )
    return (
        Q(is_superuser=True)
        | Q(pk__in=by_role.values("user_id"))
        | Q(pk__in=by_hand.values("user_id"))
    )
