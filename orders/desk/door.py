"""What the views of one order and of many have in common: finding them, asking a verb, saying how it went."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from oms.access import SignedInRequest, View, allowed
from oms.errors import Refused
from orders.models import Order

REASON_LENGTH = 300

Act = Callable[[SignedInRequest, Order], str]


def order_of(request: SignedInRequest, number: str) -> Order:
    """The order, if this person may see it; Http404 otherwise."""
    return get_object_or_404(Order.objects.visible_to(request.user).with_number(number))


def order_action(*one_of: str) -> Callable[[Act], View]:
    """A button on one order: posts, does the act, says what happened, goes back to where it was pressed.

    Any of the permissions will do. The act returns the words of success; what it refuses is shown and changes nothing.
    """

    def decorate(act: Act) -> View:
        @require_POST
        @allowed("orders.view_order", one_of=one_of)
        @wraps(act)
        def view(request: SignedInRequest, number: str) -> HttpResponse:
            order = order_of(request, number)
            try:
                messages.success(request, act(request, order))
            except Refused as refusal:
                messages.error(request, refusal.message)
            return redirect(way_back(request, order.get_absolute_url()))

        return view

    return decorate


def way_back(request: HttpRequest, otherwise: str) -> str:
    """The page of ours that the form, or the address, names as `next`."""
    target = request.POST.get("next", "") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return target if safe else otherwise


def typed(request: HttpRequest, name: str, length: int = REASON_LENGTH) -> str:
    """A text as somebody typed it, made fit to be kept."""
    return request.POST.get(name, "").replace("\x00", "").strip()[:length]
