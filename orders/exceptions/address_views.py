"""The address panel: a pasted text finds its fields, and saving mends the order."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from oms.access import SignedInRequest, allowed
from oms.errors import InvalidInput, NotPossible, Stale
from orders.amend.conflict import conflict_of, resolved
from orders.amend.forms import EditForm
from orders.amend.state import state_of
from orders.desk.door import way_back
from orders.exceptions import listing
from orders.exceptions.address_form import PART, AddressForm
from orders.exceptions.fix_address import fix_address
from orders.exceptions.models import OrderException
from orders.exceptions.views import queue_page
from orders.intake.filled import Pasted, from_paste
from orders.models import Order

_UNPROCESSABLE, _CONFLICT = 422, 409


@require_POST
@allowed("orders.view_order", "orders.place_order")
def paste(request: SignedInRequest) -> JsonResponse:
    """The text in `pasted`, taken apart: the fields of the address that it fills, and what to show about it."""
    pasted = from_paste({"pasted": request.POST.get("pasted", "")})
    html = render_to_string("orders/_pasted.html", {"pasted": pasted}, request)
    status = _UNPROCESSABLE if pasted.is_refused else 200
    return JsonResponse({"fields": _of_recipient(pasted), "html": html}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("orders.view_order", "orders.place_order", "orders.view_orderexception")
def address(request: SignedInRequest, exception_id: int) -> HttpResponse:
    """Save the address of the exception's order, or (button `parse_address`) fill the form from the pasted text.

    A page with a refused form stands at this address; to read it, and where its links lead, is the queue.
    """
    visible = listing.with_shown(listing.visible_to(request.user)).filter(order__isnull=False)
    one = get_object_or_404(visible, pk=exception_id)
    if request.method != "POST":
        query = request.GET.copy()
        query.setdefault("at", str(one.pk))
        return redirect(f"{reverse('exceptions:queue')}?{query.urlencode()}")
    if "parse_address" in request.POST:
        return _filled(request, one)
    return _save(request, one)


def _save(request: SignedInRequest, one: OrderException) -> HttpResponse:
    data = resolved(request.POST)
    form = AddressForm(data)
    if not form.is_valid():
        return queue_page(request, at=one, form=form, status=_UNPROCESSABLE)
    try:
        order = fix_address(
            one.order_id or 0,
            version=form.cleaned_data["version"],
            changes=form.changes,
            release="release" in request.POST and request.user.has_perm("orders.review_order"),
            actor=request.user,
        )
    except Stale as stale:
        return _conflict(request, one, data, stale)
    except InvalidInput as refusal:
        for error in refusal.errors:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        return queue_page(request, at=one, form=form, status=_UNPROCESSABLE)
    except NotPossible as refusal:
        form.add_error(None, refusal.message)
        return queue_page(request, at=one, form=form, status=_CONFLICT)
    messages.success(request, _("Address of order %s saved.") % order.number)
    return redirect(way_back(request, reverse("exceptions:queue")))


def _filled(request: SignedInRequest, one: OrderException) -> HttpResponse:
    pasted = from_paste({"pasted": request.POST.get("pasted", "")})
    data = request.POST.copy()
    for name, value in _of_recipient(pasted).items():
        data[name] = value
    status = _UNPROCESSABLE if pasted.is_refused else 200
    context: dict[str, Any] = {"pasted": pasted, "pasted_text": request.POST.get("pasted", "")}
    return queue_page(request, at=one, form=AddressForm(data), context=context, status=status)


def _conflict(
    request: SignedInRequest, one: OrderException, data: QueryDict, stale: Stale
) -> HttpResponse:
    """What was typed beside what stands now, with the choice for each field."""
    order = Order.objects.get(pk=one.order_id or 0)
    state = state_of(order.pk)
    data["part"] = PART
    typed = EditForm.typed(state, data)
    typed.is_valid()
    conflict = conflict_of(order, state, typed, data, stale)
    if "release" in data:
        conflict.hidden.append(("release", "1"))
    context = {"conflict": conflict, "has_errors": True}
    return queue_page(request, at=one, context=context, status=_CONFLICT)


def _of_recipient(pasted: Pasted) -> dict[str, str]:
    """Whoever the text names is who gets the parcel."""
    return {name.replace("customer_", "ship_"): value for name, value in pasted.fields.items()}
