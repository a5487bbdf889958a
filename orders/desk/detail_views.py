"""The page of one order, and recording a payment on it."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from customers.seen import sees_contact
from oms.access import SignedInRequest, allowed
from oms.errors import InvalidInput, Refused
from oms.once import is_first_time
from orders.allocation.hold import CAN_HOLD
from orders.allocation.words import explained_of
from orders.amend import presence
from orders.amend.amend import is_open
from orders.billing.pay import record_payment
from orders.desk.acts import HOLD_REASONS, acts_on, parcels_of
from orders.desk.detail import Detail, detail_of, has_left
from orders.desk.door import order_of
from orders.desk.forms import PaymentForm
from orders.desk.goods_acts import HANDS, goods_acts, priorities
from orders.desk.history import FILTERS, filter_named, road, timeline
from orders.desk.neighbours import neighbours
from orders.desk.notes.forms import CommentForm, GiveForm, TagForm
from orders.desk.notes.sight import Notes, notes_of, with_notes
from orders.desk.priority import priority_tag
from orders.exceptions.of_order import exceptions_of, with_exceptions
from orders.insights.margin import margin_of
from orders.models import Order
from orders.people.card import card_of, with_card
from orders.reasons import why
from orders.review.desk.mates import with_mates
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
    found = orders.select_related("channel", "customer").with_number(number)
    found = with_exceptions(with_card(with_mates(with_notes(found), orders), orders))
    order = get_object_or_404(found)
    shown = detail_of(order)
    notes = notes_of(order)
    may_see_money = request.user.has_perm("orders.view_payment")
    narrowed = filter_named(request.GET.get("show", ""))
    acts = [*acts_on(order, request.user), *goods_acts(order, request.user)]
    came_from = request.GET.get("list")
    context = {
        "order": order,
        "detail": shown,
        "steps": road(order, shown.events),
        "why": why(order),
        "warehouses": explained_of(shown.events, request.user),
        "priority": priority_tag(order.priority),
        "exceptions": exceptions_of(order),
        "why_tone": _STANDS_STILL.get(OrderStatus(order.status), ""),
        "acts": [act for act in acts if not act.why_not],
        "acts_off": [act for act in acts if act.why_not],
        "here": request.get_full_path() if came_from is not None else "",
        "beside": neighbours(request.user, came_from, order) if came_from is not None else None,
        "editors": presence.others(order.pk, request.user),
        "may_edit": request.user.has_perm("orders.place_order"),
        "can_keep": order.status in CAN_HOLD,
        "open": {part: is_open(order.status, part) for part in ("ship_name", "lines", "note")},
        "priorities": priorities(order, request.user),
        "may_part": any(map(request.user.has_perm, HANDS)),
        "parcels": parcels_of(order, shown.shipments, request.user),
        "timeline": timeline(filter(narrowed.keeps, shown.events)),
        "filters": FILTERS,
        "filter": narrowed,
        "hold_reasons": HOLD_REASONS,
        "card": card_of(order, orders, request.user),
        "sees_contact": sees_contact(request.user, order.customer_id),
        "may_see_money": may_see_money,
        "margin": margin_of(order.pk) if may_see_money and has_left(shown) else None,
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
