"""The page of one order, recording a payment on it, and changing its address or note."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from oms.access import SignedInRequest, allowed
from oms.errors import InvalidInput, NotPossible, Refused, Stale
from oms.once import is_first_time
from orders.billing.pay import record_payment
from orders.desk.acts import HOLD_REASONS, acts_on, parcels_of
from orders.desk.conflict import conflict_of
from orders.desk.detail import Detail, detail_of
from orders.desk.door import order_of
from orders.desk.edit import edit_order
from orders.desk.forms import AddressForm, PaymentForm
from orders.desk.history import FILTERS, filter_named, road, timeline
from orders.desk.notes.forms import CommentForm, GiveForm, TagForm
from orders.desk.notes.sight import Notes, notes_of, with_notes
from orders.exceptions.of_order import exceptions_of, with_exceptions
from orders.models import Order
from orders.reasons import why
from orders.states import OrderStatus

_STANDS_STILL = {
    OrderStatus.PENDING_REVIEW: "info",
    OrderStatus.ON_HOLD: "warn",
    OrderStatus.BACKORDERED: "danger",
    OrderStatus.DELIVERED: "info",
}


@require_GET
@allowed("orders.view_order")
def detail(request: SignedInRequest, number: str) -> HttpResponse:
    return order_page(request, number)


def order_page(
    request: SignedInRequest, number: str, *, refused: forms.Form | None = None, status: int = 200
) -> HttpResponse:
    """The order's page, with blank forms but for the one that was refused."""
    orders = Order.objects.visible_to(request.user)
    found = with_notes(orders.select_related("channel", "customer").with_number(number))
    found = with_exceptions(found)
    order = get_object_or_404(found)
    may_see_customer = request.user.has_perm("customers.view_customer")
    shown = detail_of(order, orders if may_see_customer else orders.none())
    notes = notes_of(order)
    narrowed = filter_named(request.GET.get("show", ""))
    context = {
        "order": order,
        "detail": shown,
        "steps": road(order, shown.events),
        "why": why(order),
        "exceptions": exceptions_of(order),
        "why_tone": _STANDS_STILL.get(OrderStatus(order.status), ""),
        "acts": acts_on(order, request.user),
        "parcels": parcels_of(order, shown.shipments, request.user),
        "timeline": timeline(filter(narrowed.keeps, shown.events)),
        "filters": FILTERS,
        "filter": narrowed,
        "hold_reasons": HOLD_REASONS,
        "may_see_customer": may_see_customer,
        "may_see_money": request.user.has_perm("orders.view_payment"),
        "may_book": request.user.has_perm("orders.add_payment"),
        "notes": notes,
        "may_tag": request.user.has_perm("orders.add_ordertag"),
        "may_assign": request.user.has_perm("orders.change_orderowner"),
        "form": refused,
    }
    context |= _forms(notes, shown, refused)
    return render(request, "orders/detail.html", context, status=status)


def _forms(notes: Notes, shown: Detail, refused: forms.Form | None) -> dict[str, forms.Form]:
    """Every form of the page, by the name the templates know it by."""
    balance = shown.balance if shown.balance > 0 else ""
    blank: dict[str, forms.Form] = {
        "payment_form": PaymentForm(initial={"amount": balance}),
        "comment_form": CommentForm(),
        "tag_form": TagForm(),
        "give_form": GiveForm(),
    }
    found = {
        name: refused if refused and type(refused) is type(form) else form
        for name, form in blank.items()
    }
    give_form = found["give_form"]
    assert isinstance(give_form, GiveForm)
    give_form.offer(notes.people)
    return found


@require_POST
@allowed("orders.view_order", "orders.add_payment")
def pay(request: SignedInRequest, number: str) -> HttpResponse:
    order = order_of(request, number)
    form = PaymentForm(request.POST)
    if not form.is_valid():
        return order_page(request, number, refused=form, status=422)
    values = form.cleaned_data
    try:
        with transaction.atomic():
            if is_first_time(request.user, values["form_key"]):
                record_payment(
                    order.pk,
                    method=values["method"],
                    amount=values["amount"],
                    reference=values["reference"],
                    actor=request.user,
                )
    except InvalidInput as refusal:
        for error in refusal.errors:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        return order_page(request, number, refused=form, status=422)
    except Refused as refusal:
        form.add_error("reference", refusal.message)
        return order_page(request, number, refused=form, status=409)
    messages.success(request, _("Payment recorded for order %s.") % order.number)
    return redirect(order)


@require_http_methods(["GET", "POST"])
@allowed("orders.view_order", "orders.place_order")
def edit(request: SignedInRequest, number: str) -> HttpResponse:
    """Change the address or the note; a save upon an older version shows both, side by side."""
    order = order_of(request, number)
    if request.method == "GET":
        return _edit_page(request, order, AddressForm.of(order))
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _edit_page(request, order, form, status=422)
    try:
        edit_order(
            order.pk,
            version=form.cleaned_data["version"],
            changes=form.changes,
            actor=request.user,
        )
    except Stale as stale:
        return _conflict_page(request, order, form, stale)
    except InvalidInput as refusal:
        for error in refusal.errors:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        return _edit_page(request, order, form, status=422)
    except NotPossible as refusal:
        form.add_error(None, refusal.message)
        return _edit_page(request, order, form, status=409)
    messages.success(request, _("Order %s saved.") % order.number)
    return redirect(order)


def _edit_page(
    request: SignedInRequest, order: Order, form: AddressForm, *, status: int = 200
) -> HttpResponse:
    return render(request, "orders/edit.html", {"order": order, "form": form}, status=status)


def _conflict_page(
    request: SignedInRequest, order: Order, form: AddressForm, stale: Stale
) -> HttpResponse:
    """What was typed beside what stands now; saving again applies to the present version."""
    order = order_of(request, order.number)
    context = {
        "order": order,
        "form": form.again_on(order),
        "conflict": conflict_of(order, stale),
        "has_errors": True,
    }
    return render(request, "orders/edit.html", context, status=409)
