"""The purchase orders: their list, the page of each, its document and its mail."""

from collections.abc import Callable
from functools import wraps

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from inventory.listing import warehouses_of
from inventory.models import PurchaseOrder, Warehouse
from inventory.purchasing.close import cancel_purchase, close_purchase
from inventory.purchasing.document import pdf_of
from inventory.purchasing.edit import edit_draft
from inventory.purchasing.forms import DraftForm, ReasonForm
from inventory.purchasing.send import send_again, send_purchase
from inventory.purchasing.sight import list_rows, page_of, purchases_of, sees_prices, tab_counts
from inventory.purchasing.tabs import STATES, tabs
from inventory.purchasing.views import BUY, SEE
from oms import keyset
from oms.access import SignedInRequest, allowed
from oms.column import Column
from oms.errors import InvalidInput, NotPossible, Stale
from oms.ids import id_in


def order_of(request: SignedInRequest, purchase: str) -> PurchaseOrder:
    """The purchase order, if it is for a warehouse this person works in; 404 otherwise."""
    found = purchases_of(request.user).select_related("supplier", "warehouse", "actor")
    return get_object_or_404(found, number=purchase.upper())


@require_GET
@allowed(SEE)
def order_list(request: SignedInRequest) -> HttpResponse:
    asked = request.GET.get("tab", "")
    tab = asked if asked in STATES else "coming"
    page = keyset.page_of(list_rows(request.user, tab), request.GET, ("-id",))
    columns = [
        Column(_("Purchase order"), "cell-main"),
        Column(_("Supplier"), "cell-who"),
        Column(_("Deliver to"), "cell-more"),
        Column(_("To come"), "cell-more num"),
        Column(_("Expected on"), "cell-why"),
        Column(pgettext("purchase order", "Ordered"), "cell-more cell-wide"),
        Column(_("Status"), "cell-status"),
    ]
    may_see_prices = sees_prices(request.user)
    if may_see_prices:
        columns.insert(4, Column(_("Amount"), "cell-amount num"))
    shown = tabs(tab, tab_counts(request.user))
    context = {
        "rows": page.rows,
        "pager": page.pager,
        "columns": columns,
        "tab": tab,
        # Suggestions are for those who buy.
        "tabs": shown if request.user.has_perm(BUY) else shown[1:],
        "may_see_prices": may_see_prices,
    }
    return render(request, "purchasing/orders.html", context)


@require_GET
@allowed(SEE)
def show_order(request: SignedInRequest, purchase: str) -> HttpResponse:
    return order_page(request, order_of(request, purchase))


def order_page(
    request: SignedInRequest,
    order: PurchaseOrder,
    *,
    refused: forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, with the form that was refused and what was typed in it."""
    page = page_of(order)
    may_buy = request.user.has_perm(BUY)
    draft_form = refused if isinstance(refused, DraftForm) else None
    if page.is_draft and may_buy and draft_form is None:
        draft_form = _draft_form(request, order)
    blank = ReasonForm(initial={"version": order.version})
    context = {
        "order": order,
        "page": page,
        "may_buy": may_buy,
        "may_receive": request.user.has_perm("inventory.adjust_stock"),
        "may_see_prices": sees_prices(request.user),
        "draft_form": draft_form,
        "reason_form": refused if isinstance(refused, ReasonForm) else blank,
        "form": refused,
    }
    return render(request, "purchasing/order.html", context, status=status)


def _draft_form(
    request: SignedInRequest, order: PurchaseOrder, *, typed: bool = False
) -> DraftForm:
    lines = order.lines.select_related("sku").order_by("position")
    found = {one.pk: one for one in warehouses_of(request.user).filter(is_active=True)}
    found.setdefault(order.warehouse_id, order.warehouse)
    places: list[Warehouse] = list(found.values())
    return DraftForm(order, lines, request.POST if typed else None, warehouses=places)


@require_POST
@allowed(BUY)
def edit(request: SignedInRequest, purchase: str) -> HttpResponse:
    order = order_of(request, purchase)
    form = _draft_form(request, order, typed=True)
    if not form.is_valid():
        return order_page(request, order, refused=form, status=422)
    try:
        version = form.cleaned_data["version"]
        edit_draft(order.pk, form.draft, version=version, actor=request.user)
    except InvalidInput as refusal:
        for error in refusal.errors:
            form.show(error.field, error.message)
        return order_page(request, order, refused=form, status=422)
    except (Stale, NotPossible) as refusal:
        form.add_error(None, refusal.message)
        return order_page(request, order, refused=form, status=409)
    messages.success(request, _("%s was saved.") % order.number)
    return redirect(order)


Act = Callable[[SignedInRequest, PurchaseOrder], str]


def purchase_act(act: Act) -> Callable[..., HttpResponseBase]:
    """A button of the page: `act` does it and gives the words; what it refuses is said as a warning."""

    @require_POST
    @allowed(BUY)
    @wraps(act)
    def view(request: SignedInRequest, purchase: str) -> HttpResponse:
        order = order_of(request, purchase)
        try:
            messages.success(request, act(request, order))
        except (NotPossible, Stale) as refusal:
            messages.warning(request, refusal.message)
        return redirect(order)

    return view


@purchase_act
def send(request: SignedInRequest, order: PurchaseOrder) -> str:
    version = id_in(request.POST.get("version", "")) or None
    sent = send_purchase(order.pk, version=version, actor=request.user)
    if sent.supplier.email:
        words = _("%(number)s is ordered; it is mailed to %(to)s.")
        return words % {"number": sent.number, "to": sent.supplier.email}
    words = _("%(number)s is ordered. %(supplier)s has no mail address: print it and send it.")
    return words % {"number": sent.number, "supplier": sent.supplier.name}


@purchase_act
def mail_again(request: SignedInRequest, order: PurchaseOrder) -> str:
    mail = send_again(order.pk, actor=request.user)
    return _("%(number)s is mailed to %(to)s.") % {"number": order.number, "to": mail.to}


@require_POST
@allowed(BUY)
def cancel(request: SignedInRequest, purchase: str) -> HttpResponse:
    return _end(request, purchase, cancel_purchase)


@require_POST
@allowed(BUY)
def close(request: SignedInRequest, purchase: str) -> HttpResponse:
    return _end(request, purchase, close_purchase)


def _end(
    request: SignedInRequest, purchase: str, verb: Callable[..., PurchaseOrder]
) -> HttpResponse:
    order = order_of(request, purchase)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return order_page(request, order, refused=form, status=422)
    values = form.cleaned_data
    try:
        ended = verb(
            order.pk, reason=values["reason"], version=values["version"], actor=request.user
        )
    except (Stale, NotPossible) as refusal:
        form.add_error(None, refusal.message)
        return order_page(request, order, refused=form, status=409)
    words = _("%(number)s is “%(status)s” now.")
    messages.success(
        request, words % {"number": ended.number, "status": ended.get_status_display()}
    )
    return redirect(order)


@require_GET
@allowed(BUY)
def pdf(request: SignedInRequest, purchase: str) -> HttpResponse:
    """The document that the supplier gets."""
    order = order_of(request, purchase)
    response = HttpResponse(pdf_of(order), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{order.number}.pdf"'
    return response
