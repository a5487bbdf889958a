"""The clerk's page for a new order, and the SKUs it suggests."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from customers.seen import note_view
from oms.access import SignedInRequest, allowed
from oms.display import money_text
from oms.errors import Conflict, InvalidInput
from oms.ids import id_in
from oms.models import Channel, IdempotencyKey
from oms.once import new_form_key
from orders.desk.door import order_of
from orders.intake.draft import OrderDraft
from orders.intake.fill_views import fields_of_customer, help_asked, hints_of
from orders.intake.forms import (
    LineFormSet,
    NewOrderForm,
    blank_forms,
    copied_forms,
    draft_of,
    filled_forms,
    filled_in,
    lines_form,
    show_errors,
    with_more_rows,
)
from orders.intake.hints import Hints
from orders.intake.place import place_order
from orders.intake.sku_search import suggest
from orders.intake.unfinished.keep import forget_unfinished
from orders.intake.unfinished.sight import begun_by, typed_of
from orders.intake.write import AnswerKey

UNPROCESSABLE, TAKEN = 422, 409


@require_http_methods(["GET", "POST"])
@allowed("orders.place_order")
def new(request: SignedInRequest) -> HttpResponse:
    """Place an order. Nothing is written before it is valid; sent twice, it is placed once."""
    channels = list(Channel.objects.filter(is_active=True))
    if request.method == "GET":
        form, lines = _opened(request, channels)
        return _page(request, form, lines, shown={"hints": _first_hints(request, form)})
    if "add_row" in request.POST:
        return _page(request, *with_more_rows(request.POST, channels))
    helped = help_asked(request)
    if helped is not None:
        forms = filled_in(request.POST, channels, helped.fields)
        return _page(request, *forms, status=helped.status, shown=helped.context)
    form = NewOrderForm(request.POST, channels=channels)
    lines = lines_form(request.POST)
    # Both are judged in any case, so that every error shows at once.
    if not all([form.is_valid(), lines.is_valid()]):
        return _page(request, form, lines, status=UNPROCESSABLE)
    draft = draft_of(form, lines)
    earlier = _earlier(request, form)
    if earlier is not None:
        return _again(request, form, lines, draft, earlier)
    return _place(request, form, lines, draft)


def _opened(
    request: SignedInRequest, channels: Sequence[Channel]
) -> tuple[NewOrderForm, LineFormSet]:
    """The form blank, filled with what the order named by `copy` or the `customer` says, or as one was left."""
    if "unfinished" in request.GET:
        return _left(request, channels)
    if "customer" in request.GET:
        return filled_forms(fields_of_customer(request, request.GET["customer"]), channels)
    number = request.GET.get("copy", "").replace("\x00", "")
    if not number:
        return blank_forms(channels)
    if not request.user.has_perm("orders.view_order"):
        raise Http404
    may_see = request.user.has_perm("customers.view_customer")
    order = order_of(request, number)
    if may_see:
        note_view(request.user, order.customer_id)
    return copied_forms(order, channels, may_see_customer=may_see)


def _left(
    request: SignedInRequest, channels: Sequence[Channel]
) -> tuple[NewOrderForm, LineFormSet]:
    """The form as its writer left it."""
    pk = request.GET["unfinished"]
    typed = typed_of(request.user, id_in(pk))
    if typed is None:
        raise Http404
    return filled_in(typed, channels, {})


def _first_hints(request: SignedInRequest, form: NewOrderForm) -> Hints:
    """Of the customer that the form was opened for."""
    if "customer" not in request.GET:
        return Hints()
    return hints_of(request, form.initial.get("customer_phone", ""), [])


def _place(
    request: SignedInRequest, form: NewOrderForm, lines: LineFormSet, draft: OrderDraft
) -> HttpResponse:
    key = AnswerKey(request.user.pk, form.cleaned_data["form_key"], draft.fingerprint())
    try:
        placed = place_order(draft, actor=request.user, door="form", answer_key=key)
    except InvalidInput as refusal:
        show_errors(refusal.errors, form, lines)
        return _page(request, form, lines, status=UNPROCESSABLE)
    except Conflict as conflict:
        form.add_error("external_no", conflict.message)
        return _page(request, form, lines, status=TAKEN)
    except IntegrityError:
        earlier = _earlier(request, form)
        if earlier is None:
            raise
        # The other click of a double click was faster.
        return _again(request, form, lines, draft, earlier)
    forget_unfinished(form.cleaned_data["form_key"], user=request.user)
    words = _("Order %s placed.") if placed.is_new else _("Order %s had been placed before.")
    messages.success(request, words % placed.number)
    return redirect("orders:detail", placed.number)


def _earlier(request: SignedInRequest, form: NewOrderForm) -> IdempotencyKey | None:
    key = form.cleaned_data["form_key"]
    return IdempotencyKey.objects.filter(user=request.user, key=key).first()


def _again(
    request: SignedInRequest,
    form: NewOrderForm,
    lines: LineFormSet,
    draft: OrderDraft,
    earlier: IdempotencyKey,
) -> HttpResponse:
    """This very form has placed an order: the same content leads to it, other content asks first."""
    number = earlier.body[0]["number"] if earlier.body else ""
    if number and earlier.request_hash == draft.fingerprint():
        messages.info(request, _("Order %s had been placed before.") % number)
        return redirect("orders:detail", number)
    typed = request.POST.copy()
    typed["form_key"] = new_form_key()
    again = NewOrderForm(typed, channels=list(Channel.objects.filter(is_active=True)))
    words = _("This form has placed order %s already. Save again to place one more.")
    again.add_error(None, words % number)
    return _page(request, again, lines, status=TAKEN)


def _page(
    request: SignedInRequest,
    form: NewOrderForm,
    lines: LineFormSet,
    *,
    status: int = 200,
    shown: dict[str, Any] | None = None,
) -> HttpResponse:
    """`shown`: what a button that filled something in says about it."""
    wrong = form.is_bound and bool(form.errors or lines.total_error_count())
    context = {
        "form": form,
        "formset": lines,
        "has_errors": wrong,
        "may_see_customer": request.user.has_perm("customers.view_customer"),
        "unfinished": begun_by(request.user, but=str(form["form_key"].value() or "")),
        **(shown or {}),
    }
    return render(request, "orders/new.html", context, status=status)


@require_GET
@allowed("orders.place_order")
def sku_search(request: SignedInRequest) -> JsonResponse:
    """SKUs for what was typed in `q`, each with its price in words and its free pieces."""
    found = suggest(request.GET.get("q", ""))
    skus = [asdict(one) | {"price_text": money_text(one.price, one.currency)} for one in found]
    return JsonResponse({"skus": skus})
