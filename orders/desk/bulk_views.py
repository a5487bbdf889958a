"""Acts on many orders at once: one verb call for all, and a page that accounts for each of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from oms.access import SignedInRequest, View, allowed
from oms.errors import Refused
from oms.models import User
from orders.desk.act_views import required_reason
from orders.desk.cancel import cancel_orders
from orders.desk.door import typed, way_back
from orders.models import Order
from orders.outcome import Outcome
from orders.review.decide import approve_orders, hold_orders, release_orders

MAX_ORDERS = 1000

Verb = Callable[[Sequence[int], User, str], Outcome]


@dataclass(frozen=True, slots=True)
class Refusal:
    """An order that stayed as it was, and why. `number` is empty when there is no such order."""

    pk: int
    number: str
    reason: str


def _bulk(permission: str, verb: Verb, words: Callable[[int], str], *, needs_reason: bool) -> View:
    @require_POST
    @allowed("orders.view_order", permission)
    def view(request: SignedInRequest) -> HttpResponse:
        back = way_back(request, reverse("orders:list"))
        chosen = _chosen(request)
        if not chosen:
            messages.warning(request, _("Tick at least one order first."))
            return redirect(back)
        try:
            reason = required_reason(request) if needs_reason else typed(request, "reason")
        except Refused as refusal:
            messages.error(request, refusal.message)
            return redirect(back)
        visible = Order.objects.visible_to(request.user).filter(pk__in=chosen)
        numbers = dict(visible.values_list("pk", "number"))
        outcome = verb(sorted(numbers), request.user, reason)
        refused = [Refusal(pk, numbers[pk], why) for pk, why in sorted(outcome.refused.items())]
        gone = [Refusal(pk, "", _("There is no such order.")) for pk in chosen if pk not in numbers]
        if not refused and not gone:
            messages.success(request, words(len(outcome.done)))
            return redirect(back)
        context = {
            "done_words": words(len(outcome.done)),
            "done_count": len(outcome.done),
            "refused": refused + gone,
            "back": back,
        }
        return render(request, "orders/bulk_result.html", context)

    return view


def _chosen(request: SignedInRequest) -> list[int]:
    """The ticked orders' ids, each once."""
    ids = request.POST.getlist("order")[:MAX_ORDERS]
    return sorted(
        {int(text) for text in ids if text.isascii() and text.isdigit() and len(text) < 19}  # noqa: PLR2004
    )


def _approved(count: int) -> str:
    return ngettext("%d order approved.", "%d orders approved.", count) % count


def _held(count: int) -> str:
    return ngettext("%d order put on hold.", "%d orders put on hold.", count) % count


def _released(count: int) -> str:
    return ngettext("%d order released.", "%d orders released.", count) % count


def _cancelled(count: int) -> str:
    return ngettext("%d order cancelled.", "%d orders cancelled.", count) % count


approve = _bulk(
    "orders.review_order",
    lambda ids, actor, reason: approve_orders(ids, actor=actor, reason=reason),
    _approved,
    needs_reason=False,
)
hold = _bulk(
    "orders.review_order",
    lambda ids, actor, reason: hold_orders(ids, actor=actor, reason=reason),
    _held,
    needs_reason=True,
)
release = _bulk(
    "orders.review_order",
    lambda ids, actor, reason: release_orders(ids, actor=actor, reason=reason),
    _released,
    needs_reason=False,
)
cancel = _bulk(
    "orders.cancel_order",
    lambda ids, actor, reason: cancel_orders(ids, actor=actor, reason=reason),
    _cancelled,
    needs_reason=True,
)
