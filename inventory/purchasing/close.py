"""What is not coming any more."""

from django.db import transaction
from django.utils.translation import gettext as _

from inventory.purchasing.models import PurchaseOrder
from inventory.purchasing.states import PurchaseStatus
from inventory.purchasing.transition import lock_purchase, move_purchase
from oms.errors import FieldError, InvalidInput
from oms.models import User

S = PurchaseStatus


def cancel_purchase(
    order_id: int, *, reason: str, version: int | None = None, actor: User | None
) -> PurchaseOrder:
    """Take a purchase order back of which nothing has arrived. Raises NotPossible, Stale, InvalidInput (`reason`)."""
    return _end(order_id, S.CANCELLED, reason, version, actor)


def close_purchase(
    order_id: int, *, reason: str, version: int | None = None, actor: User | None
) -> PurchaseOrder:
    """Wait no longer for the rest. Raises NotPossible, Stale, InvalidInput (`reason`)."""
    return _end(order_id, S.CLOSED, reason, version, actor)


def _end(
    order_id: int, target: PurchaseStatus, reason: str, version: int | None, actor: User | None
) -> PurchaseOrder:
    if not reason.strip():
        raise InvalidInput([FieldError("reason", "empty", _("Say why, in a few words."))])
    with transaction.atomic():
        order = lock_purchase(order_id, version=version)
        move_purchase(order, target, reason=reason.strip())
        order.actor = actor
        order.save(update_fields=["actor"])
    return order
