"""The buttons on one order: each a URL of its own, a thin door to one verb."""

from datetime import timedelta

from django.utils.timezone import now
from django.utils.translation import gettext as _

from oms.access import SignedInRequest
from oms.display import time_text
from oms.errors import NotPossible
from orders.allocation.hold import hold_softly, let_go
from orders.desk.cancel import cancel_orders
from orders.desk.door import order_action, typed
from orders.models import Order
from orders.outcome import require_all
from orders.review.decide import approve_orders, hold_orders, release_orders
from orders.review.desk.queue import waits_for_finance
from orders.review.force_approve import force_approve_orders
from orders.review.limits import FINANCE, FORCE, REVIEW


@order_action(REVIEW, FINANCE)
def approve(request: SignedInRequest, order: Order) -> str:
    reason = typed(request, "reason")
    require_all(approve_orders([order.pk], actor=request.user, reason=reason))
    return to_finance(order) or _("Order %s approved.") % order.number


def to_finance(order: Order) -> str:
    """What to say when an approval only led to the second review; "" when it was the last word."""
    if not waits_for_finance(order.pk):
        return ""
    return _("Order %s passed its first review: finance decides next.") % order.number


@order_action(FORCE)
def force_approve(request: SignedInRequest, order: Order) -> str:
    reason = typed(request, "reason")
    require_all(force_approve_orders([order.pk], actor=request.user, reason=reason))
    return _("Order %s approved by force.") % order.number


@order_action(REVIEW, FINANCE)
def hold(request: SignedInRequest, order: Order) -> str:
    reason = required_reason(request)
    require_all(hold_orders([order.pk], actor=request.user, reason=reason))
    return _("Order %s put on hold.") % order.number


@order_action(REVIEW)
def release(request: SignedInRequest, order: Order) -> str:
    reason = typed(request, "reason")
    require_all(release_orders([order.pk], actor=request.user, reason=reason))
    return to_finance(order) or _("Order %s released.") % order.number


@order_action("orders.cancel_order")
def cancel(request: SignedInRequest, order: Order) -> str:
    reason = required_reason(request)
    require_all(cancel_orders([order.pk], actor=request.user, reason=reason))
    return _("Order %s cancelled.") % order.number


HOLD_HOURS = 24


@order_action("orders.place_order")
def keep(request: SignedInRequest, order: Order) -> str:
    """Reserve what is free for a day from now, also when something is held already."""
    until = now() + timedelta(hours=HOLD_HOURS)
    require_all(hold_softly([order.pk], until=until, actor=request.user))
    return _("Stock is reserved for order %(number)s until %(until)s.") % {
        "number": order.number,
        "until": time_text(until),
    }


@order_action("orders.place_order")
def let_stock_go(request: SignedInRequest, order: Order) -> str:
    require_all(let_go([order.pk], actor=request.user))
    return _("The stock that was reserved for order %s is free again.") % order.number


def required_reason(request: SignedInRequest) -> str:
    """Raises NotPossible without one: the next reader must learn why the order stands still."""
    reason = typed(request, "reason")
    if not reason:
        raise NotPossible(_("Say why: the reason is shown with the order. Nothing was changed."))
    return reason
