"""Taking in a delivery: what is open stands in the fields already, a scan goes to the line of what was scanned."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from inventory.models import PurchaseOrder, Receipt
from inventory.purchasing.forms import DeliveryForm
from inventory.purchasing.order_views import order_of
from inventory.purchasing.receive import receive_delivery
from oms.access import SignedInRequest, allowed
from oms.errors import InvalidInput, Refused


@require_http_methods(["GET", "POST"])
@allowed("inventory.view_purchaseorder", "inventory.adjust_stock")
def receive(request: SignedInRequest, purchase: str) -> HttpResponse:
    order = order_of(request, purchase)
    lines = order.lines.select_related("sku").prefetch_related("sku__barcodes").order_by("position")
    if request.method != "POST":
        return _page(request, order, DeliveryForm(order, lines))
    form = DeliveryForm(order, lines, request.POST)
    if not form.is_valid():
        return _page(request, order, form, status=422)
    try:
        receipt = receive_delivery(
            order.pk,
            form.delivery,
            event_key=form.cleaned_data["form_key"],
            version=form.cleaned_data["version"],
            actor=request.user,
        )
    except InvalidInput as refusal:
        for error in refusal.errors:
            form.show(error.field, error.message)
        return _page(request, order, form, status=422)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return _page(request, order, form, status=409)
    messages.success(request, _said(order, receipt))
    return redirect(order)


def _said(order: PurchaseOrder, receipt: Receipt) -> str:
    words = _("Delivery %(receipt)s of %(number)s was taken in.")
    said = words % {"receipt": receipt, "number": order.number}
    if not receipt.told:
        return said
    told = len(receipt.told)
    served = ngettext("%d waiting order can go on.", "%d waiting orders can go on.", told)
    return f"{said} {served % told}"


def _page(
    request: SignedInRequest, order: PurchaseOrder, form: DeliveryForm, *, status: int = 200
) -> HttpResponse:
    context = {"order": order, "form": form}
    return render(request, "purchasing/receive.html", context, status=status)
