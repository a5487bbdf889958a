"""The only writer of `PurchaseOrder.status`, and how a purchase order is locked before anything is decided about it."""

from django.utils import timezone
from django.utils.translation import gettext as _

from inventory.purchasing.models import PurchaseOrder
from inventory.purchasing.states import TRANSITIONS, PurchaseStatus
from oms.errors import NotPossible, Stale
from oms.sql import query

_MOVE = """
UPDATE inventory_purchaseorder
SET status = %(target)s, version = version + 1, reason = %(reason)s, ordered_at = coalesce(ordered_at, %(ordered_at)s)
WHERE id = %(id)s
"""


def lock_purchase(order_id: int, *, version: int | None = None) -> PurchaseOrder:
    """The purchase order, which stays as it is until the transaction ends.

    Raises Stale when somebody changed it since `version` (None: whatever it is).
    """
    order = PurchaseOrder.objects.select_for_update(no_key=True).get(pk=order_id)
    if version is not None and order.version != version:
        words = _("%s was changed by somebody else meanwhile. Look at it as it is now.")
        raise Stale(
            words % order.number, theirs={"version": order.version}, yours={"version": version}
        )
    return order


def move_purchase(order: PurchaseOrder, target: PurchaseStatus, *, reason: str = "") -> None:
    """Move a locked purchase order. Raises NotPossible where the table knows no such move."""
    if target not in TRANSITIONS[PurchaseStatus(order.status)]:
        words = _("%(number)s is “%(status)s”; this is not possible any more.")
        raise NotPossible(words % {"number": order.number, "status": order.get_status_display()})
    ordered_at = timezone.now() if target == PurchaseStatus.SENT else None
    values = {"target": target.value, "reason": reason[:200], "ordered_at": ordered_at}
    query(_MOVE, {"id": order.pk, **values})
    order.refresh_from_db()
