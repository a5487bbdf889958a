"""The buttons on one order: each a URL of its own, a thin door to one verb."""

from django.utils.translation import gettext as _

from oms.access import SignedInRequest
from oms.errors import NotPossible
from orders.desk.cancel import cancel_orders
from orders.desk.door import order_action, typed
from orders.models import Order
from orders.outcome import require_all
from orders.review.decide import approve_orders, hold_orders, release_orders


@order_action("orders.review_order")
def approve(request: SignedInRequest, order: Order) -> str:
    reason = typed(request, "reason")
    require_all(approve_orders([order.pk], actor=request.user, reason=reason))
    return _("Order %s approved.") % order.number


@order_action("orders.review_order")
def hold(request: SignedInRequest, order: Order) -> str:
    reason = required_reason(request)
    require_all(hold_orders([order.pk], actor=request.user, reason=reason))
    return _("Order %s put on hold.") % order.number


@order_action("orders.review_order")
def release(request: SignedInRequest, order: Order) -> str:
    reason = typed(request, "reason")
    require_all(release_orders([order.pk], actor=request.user, reason=reason))
    return _("Order %s released.") % order.number


@order_action("orders.cancel_order")
def cancel(request: SignedInRequest, order: Order) -> str:
    reason = required_reason(request)
    require_all(cancel_orders([order.pk], actor=request.user, reason=reason))
    return _("Order %s cancelled.") % order.number


def required_reason(request: SignedInRequest) -> str:
    """Raises NotPossible without one: the next reader must learn why the order stands still."""
    reason = typed(request, "reason")
    if not reason:
        raise NotPossible(_("Say why: the reason is shown with the order. Nothing was changed."))
    return reason
