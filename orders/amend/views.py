"""The edit form of an order, on a page of its own or in place of what it changes; and who else has it open."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from customers.seen import note_view
from oms.access import SignedInRequest, allowed
from oms.errors import InvalidInput, NotPossible, Refused, Stale
from orders.amend import presence
from orders.amend.amend import is_open
from orders.amend.conflict import conflict_of, resolved
from orders.amend.consequences import TITLES, Consequence
from orders.amend.forms import EditForm, part_named
from orders.amend.preview import Outlook, Wish, save_as_seen
from orders.amend.state import OrderState, state_of
from orders.desk.door import order_of, typed, way_back
from orders.fulfilment.correct import correct_waybill
from orders.models import Order

SHOWN_IN_NOTE = 3


@require_http_methods(["GET", "POST"])
@allowed("orders.view_order", "orders.place_order")
def edit(request: SignedInRequest, number: str) -> HttpResponse:
    """Change an order. Of a confirmed one everything that follows is shown before it is saved."""
    order = order_of(request, number)
    state = state_of(order.pk)
    if request.method == "GET":
        note_view(request.user, order.customer_id)
        form = EditForm.of(state, order.version, part_named(request.GET.get("part", "")))
        return _page(request, order, state, form)
    data = resolved(request.POST)
    form = EditForm.typed(state, data)
    if not form.is_valid():
        return _page(request, order, state, form, status=422)
    values = form.head.cleaned_data
    wish = Wish(order.pk, values["version"], form.changes, values["reason"])
    seen = str(data["seen"]).split(",") if "seen" in data else None
    try:
        outlook = save_as_seen(wish, actor=request.user, seen=seen)
    except (Stale, NotPossible) as refusal:
        return _conflict(request, number, form, data, refusal)
    except InvalidInput as refusal:
        form.show_errors(refusal.errors)
        return _page(request, order, state, form, status=422)
    if not outlook.is_done:
        return _page(request, order, state, form, **_panel(outlook, seen))
    presence.leave(order.pk, request.user)
    messages.success(request, _told(order, outlook, seen))
    return _go_to(request, way_back(request, order.get_absolute_url()))


def _panel(outlook: Outlook, seen: Sequence[str] | None) -> dict[str, Any]:
    """The consequences by kind; what was not there when somebody looked last is marked."""
    groups = {
        kind: [
            (one, seen is not None and one.mark not in seen)
            for one in outlook.found
            if one.kind == kind
        ]
        for kind in TITLES
    }
    return {
        "groups": [(TITLES[kind], found) for kind, found in groups.items() if found],
        "marks": ",".join(outlook.marks),
        "is_other": seen is not None,
    }


def _told(order: Order, outlook: Outlook, seen: Sequence[str] | None) -> str:
    """Who saw no preview reads the main things now."""
    words = _("Order %s saved.") % order.number
    if seen is not None or not outlook.found:
        return words
    main = sorted(outlook.found, key=lambda one: one.kind != "money")[:SHOWN_IN_NOTE]
    return f"{words} {' · '.join(_brief(one) for one in main)}"


def _brief(one: Consequence) -> str:
    pair = " → ".join(part for part in (one.before, one.after) if part)
    return f"{one.subject}: {pair}" if pair else f"{one.subject}. {one.note}"


def _conflict(
    request: SignedInRequest, number: str, form: EditForm, data: QueryDict, refusal: Refused
) -> HttpResponse:
    """What was typed beside what stands now, with the choice for each field."""
    order = order_of(request, number)
    state = state_of(order.pk)
    conflict = conflict_of(order, state, form, data, refusal)
    return _page(request, order, state, form, status=409, conflict=conflict, has_errors=True)


def _page(
    request: SignedInRequest, order: Order, state: OrderState, form: EditForm, *, status: int = 200, **more: Any
) -> HttpResponse:  # fmt: skip
    """The whole page; only the form for who asks to edit in place."""
    is_fragment = request.headers.get("HX-Request") == "true"
    context = {
        "order": order,
        "edit": form,
        "form": form.head,
        "formset": form.added,
        "row_errors": [error for row in form.rows for error in row.errors.items()],
        "open": {part: is_open(state.status, part) for part in ("ship_name", "lines", "note")},
        "in_place": is_fragment,
        "editors": presence.others(order.pk, request.user),
        "next": request.POST.get("next") or request.GET.get("next", ""),
        **more,
    }
    template = "orders/_edit_form.html" if is_fragment else "orders/edit.html"
    return render(request, template, context, status=status)


def _go_to(request: SignedInRequest, address: str) -> HttpResponse:
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


@require_POST
@allowed("orders.view_order", "orders.place_order")
def editing(request: SignedInRequest, number: str) -> HttpResponse:
    """An open form tells that it is open; the answer names who else has it open. `look` only asks."""
    order = order_of(request, number)
    if not request.POST.get("look"):
        presence.beat(order.pk, request.user)
    editors = presence.others(order.pk, request.user)
    return render(request, "orders/_editors.html", {"editors": editors})


@require_POST
@allowed("orders.view_order", "orders.place_order")
def correct(request: SignedInRequest, number: str, shipment_id: int) -> HttpResponse:
    """Carrier and waybill of a parcel that has left."""
    order = order_of(request, number)
    shipment = get_object_or_404(order.shipments.all(), pk=shipment_id)
    was = (request.POST.get("was_carrier", ""), request.POST.get("was_waybill", ""))
    try:
        correct_waybill(
            shipment.pk, was=was, carrier=request.POST.get("carrier", ""), actor=request.user,
            waybill=request.POST.get("waybill", ""), reason=typed(request, "reason"),
        )  # fmt: skip
        messages.success(request, _("Waybill of %s corrected.") % shipment.number)
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect(way_back(request, order.get_absolute_url()))
