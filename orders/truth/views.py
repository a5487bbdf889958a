"""/stock/truth/: what must always be true, how it stands, and setting drifted counters right."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from inventory import ledger
from inventory.ledger import Drift
from inventory.listing import stock_in, warehouses_of
from oms.access import SignedInRequest, allowed
from oms.errors import NotPossible, Stale
from orders.truth import forms, look
from orders.truth.forms import RepairForm
from orders.truth.page import repairs_in, truth_for

_REPAIRERS = ("inventory.adjust_stock", "inventory.repair_stock")
# A person waits for so long at most; the workers do the rest.
_ASKED_SECONDS = 3.0


@require_GET
@allowed("inventory.view_stock")
def page(request: SignedInRequest) -> HttpResponse:
    warehouses = list(warehouses_of(request.user))
    context = {
        "truth": truth_for(request.user, warehouses),
        "repairs": list(repairs_in(warehouses)),
        "may_repair": request.user.has_perms(_REPAIRERS),
        "may_ask": request.user.has_perm("inventory.adjust_stock"),
    }
    return render(request, "truth/page.html", context)


@require_POST
@allowed("inventory.adjust_stock")
def check_now(request: SignedInRequest) -> HttpResponse:
    look.look_again(request.user, _ASKED_SECONDS)
    return redirect("truth:page")


@require_http_methods(["GET", "POST"])
@allowed(*_REPAIRERS)
def repair(request: SignedInRequest) -> HttpResponse:
    """Places that drift, before and after; a POST sets the ticked ones right."""
    if request.method == "GET":
        return _preview(request, RepairForm())
    form, repairs = RepairForm(request.POST), forms.repairs_in(request.POST)
    _refuse_others_places(request, forms.ids_of(repairs))
    if not repairs:
        form.add_error(None, _("Choose at least one place to set right."))
    if not form.is_valid():
        return _preview(request, form, status=422)
    try:
        with transaction.atomic():
            done = ledger.repair(repairs, reason=form.cleaned_data["reason"], actor=request.user)
    except (Stale, NotPossible) as refusal:
        form.add_error(None, refusal.message)
        return _preview(request, form, status=409)
    if done:
        look.look_again(request.user, _ASKED_SECONDS)
    words = ngettext("%(count)d place set right.", "%(count)d places set right.", len(done))
    messages.success(request, words % {"count": len(done)})
    return redirect("truth:page")


def _refuse_others_places(request: SignedInRequest, stock_ids: list[int]) -> None:
    """Places outside somebody's warehouses do not exist for them."""
    own = stock_in(list(warehouses_of(request.user))).filter(pk__in=stock_ids)
    if own.count() != len(stock_ids):
        raise Http404


def _preview(request: SignedInRequest, form: RepairForm, *, status: int = 200) -> HttpResponse:
    codes = {one.code for one in warehouses_of(request.user)}
    drifts = [one for one in ledger.drifting() if one.warehouse in codes]
    ticked = request.POST.getlist("place") if request.method == "POST" else None
    context = {
        "form": form,
        "has_errors": bool(form.errors),
        "rows": [_row(request, one, ticked) for one in drifts],
    }
    return render(request, "truth/repair.html", context, status=status)


def _row(request: SignedInRequest, drift: Drift, ticked: list[str] | None) -> dict[str, object]:
    choice = request.POST.get(f"on_hand-{drift.stock_id}", forms.LEDGER)
    return {
        "drift": drift,
        "seen": forms.seen_text(drift),
        "is_ticked": ticked is None or str(drift.stock_id) in ticked,
        "waits_for_count": choice == forms.COUNT,
    }
