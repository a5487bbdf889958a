"""Goods by hand: taking them from other orders with what that brings, giving back, reserving, priority."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from oms.access import SignedInRequest, allowed
from oms.errors import InvalidInput, NotPossible
from oms.ids import id_in
from orders.allocation.forms import GiftForm
from orders.allocation.give import Gift
from orders.allocation.holders import shortages_of, who_lacks
from orders.allocation.impact import TITLES, Impact, give_as_seen
from orders.allocation.now import allocate_now, give_back_goods
from orders.desk.act_views import required_reason
from orders.desk.door import order_action, order_of
from orders.desk.prioritise import prioritise
from orders.models import Order
from orders.outcome import require_all
from orders.review.rules.text import Priority

RIGHT = "orders.reallocate_order"


@require_http_methods(["GET", "POST"])
@allowed("orders.view_order", RIGHT)
def goods(request: SignedInRequest, number: str) -> HttpResponse:
    """Take for a short order what others hold. What it brings is shown before it is done, and again if it changed."""
    order = order_of(request, number)
    taken = [id_in(request.GET["take"])] if request.GET.get("take") else []
    shortages = shortages_of(order, request.user, taken)
    if request.method == "GET":
        return _page(request, order, GiftForm(shortages))
    form = GiftForm(shortages, request.POST)
    if not form.is_valid():
        return _page(request, order, form, status=422)
    seen = request.POST["seen"].split(",") if "seen" in request.POST else None
    try:
        impact = give_as_seen(Gift(order.pk, form.pieces), actor=request.user, seen=seen)
    except InvalidInput as refusal:
        form.show_errors(refusal.errors)
        return _page(request, order, form, status=422)
    except NotPossible as refusal:
        form.add_error(None, refusal.message)
        return _page(request, order, form, status=409)
    if not impact.is_done:
        return _page(request, order, form, **_panel(impact, seen))
    messages.success(request, _("Order %s has the goods now.") % order.number)
    return redirect(order)


def _panel(impact: Impact, seen: Sequence[str] | None) -> dict[str, Any]:
    """What follows, by kind; what was not there when somebody looked last is marked."""
    groups = [
        (title, [(one, seen is not None and one.mark not in seen) for one in impact.found if one.kind == kind])
        for kind, title in TITLES.items()
    ]  # fmt: skip
    return {
        "groups": [(title, found) for title, found in groups if found],
        "marks": ",".join(impact.marks),
        "is_other": seen is not None,
    }


def _page(
    request: SignedInRequest, order: Order, form: GiftForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"order": order, "form": form, **more}
    return render(request, "orders/goods.html", context, status=status)


@require_GET
@allowed("orders.view_order", RIGHT)
def give(request: SignedInRequest, reservation_id: int) -> HttpResponse:
    """For reserved pieces, the short orders that lack such goods: which of them is to have the pieces?"""
    found = who_lacks(reservation_id, request.user)
    if found is None:
        raise Http404
    return render(request, "orders/give.html", {"offer": found})


@order_action(RIGHT)
def free_goods(request: SignedInRequest, order: Order) -> str:
    reason = required_reason(request)
    outcome = give_back_goods([order.pk], actor=request.user, reason=reason)
    require_all(outcome)
    return f"{order.number}: {outcome.told[order.pk]}"


@order_action(RIGHT)
def allocate(request: SignedInRequest, order: Order) -> str:
    outcome = allocate_now([order.pk], actor=request.user)
    require_all(outcome)
    return f"{order.number}: {outcome.told[order.pk]}"


@order_action(RIGHT)
def set_priority(request: SignedInRequest, order: Order) -> str:
    typed = request.POST.get("priority", "")
    known = {str(value): value for value in Priority.values}
    wanted = known.get(typed)
    if wanted is None:
        raise NotPossible(_("Choose urgent, high, normal or low."))
    require_all(prioritise([order.pk], priority=wanted, actor=request.user))
    words = _("Order %(number)s now has the priority “%(priority)s”.")
    return words % {"number": order.number, "priority": Priority(wanted).label}
