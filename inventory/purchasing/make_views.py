"""Making purchase orders of suggestions: a preview, then drafts, sent at once where that is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from inventory.listing import warehouses_of
from inventory.models import PurchaseOrder, Warehouse
from inventory.purchasing.counts import count_again
from inventory.purchasing.forms import ChoiceForm, MakeForm
from inventory.purchasing.make import Made, make_orders, ordered_since
from inventory.purchasing.send import send_purchase
from inventory.purchasing.suggestions import Row, Source, suggestions_for
from inventory.purchasing.views import BUY, suggestions_page
from oms.access import SignedInRequest, allowed
from oms.errors import InvalidInput, NotPossible
from oms.once import is_first_time, new_form_key


@require_POST
@allowed(BUY)
def preview(request: SignedInRequest) -> HttpResponse:
    """What would be ordered from whom, before anything is written."""
    form = ChoiceForm(request.POST)
    if not form.is_valid():
        return suggestions_page(request, form, status=422)
    return _preview(request, form)


def _preview(request: SignedInRequest, form: ChoiceForm) -> HttpResponse:
    others = ordered_since(form.sku_ids, form.cleaned_data["mark"])
    rows = suggestions_for([pk for pk in form.sku_ids if pk not in others])
    plans = _plans([rows[one.sku_id] for one in form.wanted if one.sku_id in rows], form)
    warehouses = _warehouses(request)
    _tell_others(request, dict(others.values()))
    gone = len(form.sku_ids) - len(others) - len(rows)
    if gone:
        words = ngettext("%d SKU needs no more.", "%d SKUs need no more.", gone)
        messages.info(request, words % gone)
    if not warehouses:
        messages.warning(request, _("No active warehouse of yours could take the goods."))
    if not plans or not warehouses:
        return redirect("purchasing:suggestions")
    context = {
        "plans": plans,
        "mark": form.cleaned_data["mark"],
        "warehouses": warehouses,
        "form_key": new_form_key(),
    }
    return render(request, "purchasing/preview.html", context)


@dataclass(frozen=True, slots=True)
class Plan:
    """A purchase order that would be made: each SKU with its pieces and what they cost."""

    source: Source
    lines: list[tuple[Row, int, Decimal]]

    @property
    def total(self) -> Decimal:
        return sum((amount for _row, _pieces, amount in self.lines), Decimal(0))

    @property
    def is_below_minimum(self) -> bool:
        return self.total < self.source.minimum_amount


def _plans(rows: list[Row], form: ChoiceForm) -> list[Plan]:
    by_supplier: dict[int, list[tuple[Row, int, Decimal]]] = {}
    for row in rows:
        if row.source:
            pieces = form.cleaned_data[f"quantity-{row.sku_id}"]
            line = (row, pieces, pieces * row.source.price)
            by_supplier.setdefault(row.source.supplier_id, []).append(line)
    return [Plan(lines[0][0].source, lines) for lines in by_supplier.values() if lines[0][0].source]


@require_POST
@allowed(BUY)
def make(request: SignedInRequest) -> HttpResponse:
    """Make the drafts, and send them at once where that was asked for."""
    form = MakeForm(request.POST, _warehouses(request))
    if not form.is_valid():
        return suggestions_page(request, form, status=422)
    try:
        made = _make_once(request, form)
    except InvalidInput as refusal:
        for error in refusal.errors:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        return suggestions_page(request, form, status=422)
    if made is None:
        messages.info(request, _("These purchase orders were made already."))
        return redirect("purchasing:orders")
    _tell_others(request, made.ordered_by_others)
    return _after(request, made)


def _make_once(request: SignedInRequest, form: MakeForm) -> Made | None:
    """None when this form was sent before."""
    values = form.cleaned_data
    with transaction.atomic():
        if not is_first_time(request.user, values["form_key"]):
            return None
        warehouse = Warehouse.objects.get(pk=values["warehouse"])
        return make_orders(
            form.wanted, warehouse=warehouse, mark=values["mark"], actor=request.user
        )


def _after(request: SignedInRequest, made: Made) -> HttpResponse:
    """Send what is to be sent, say what was done, go where it is seen."""
    count_again()
    sent = [one for one in made.orders if "draft" not in request.POST and _sent(request, one)]
    numbers = ", ".join(one.number for one in made.orders)
    if made.orders:
        words = (
            ngettext("%s was ordered.", "%s were ordered.", len(sent))
            if len(sent) == len(made.orders)
            else ngettext("Draft %s was made.", "Drafts %s were made.", len(made.orders))
        )
        messages.success(request, words % numbers)
    if len(made.orders) == 1:
        return redirect(made.orders[0])
    if not made.orders:
        return redirect("purchasing:suggestions")
    tab = "" if sent else "?tab=draft"
    return redirect(reverse("purchasing:orders") + tab)


def _sent(request: SignedInRequest, order: PurchaseOrder) -> bool:
    try:
        send_purchase(order.pk, actor=request.user)
    except NotPossible as refusal:
        messages.warning(request, refusal.message)
        return False
    return True


def _tell_others(request: SignedInRequest, others: Mapping[str, str]) -> None:
    """What somebody else ordered meanwhile, with the way to it."""
    for code, number in others.items():
        words = _("%s was ordered by somebody else meanwhile:") % code
        url = reverse("purchasing:order", args=[number])
        messages.warning(request, format_html('{} <a href="{}">{}</a>', words, url, number))


def _warehouses(request: SignedInRequest) -> list[Warehouse]:
    return list(warehouses_of(request.user).filter(is_active=True))
