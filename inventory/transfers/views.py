"""Transfers on screen: the list, the form, the page with its acts."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from inventory.listing import warehouses_of
from inventory.models import Warehouse
from inventory.tab import Tab
from inventory.transfers import sight
from inventory.transfers.draft import change_transfer, write_transfer
from inventory.transfers.models import Transfer
from inventory.transfers.typed import Typed, put_errors, typed_in, typed_of
from oms.access import SignedInRequest, allowed
from oms.column import Column
from oms.errors import InvalidInput, NotPossible, Stale
from oms.keyset import page_of
from oms.once import is_first_time, new_form_key

Status = Transfer.Status
MOVE = "inventory.move_stock"


@require_GET
@allowed("inventory.view_transfer")
def transfer_list(request: SignedInRequest) -> HttpResponse:
    """Transfers from or to one's warehouses, the newest first; `status` narrows it."""
    status = request.GET.get("status", "")
    status = status if status in Status.values else ""
    page = page_of(sight.list_rows(request.user, status), request.GET, ("-id",))
    counts = sight.status_counts(request.user)
    path = reverse("stock:transfers")
    tabs = [Tab(_("All"), path, not status)]
    tabs += [
        Tab(str(label), f"{path}?status={name}", name == status, counts.get(name))
        for name, label in Status.choices
    ]
    context = {
        "rows": page.rows,
        "pager": page.pager,
        "tabs": tabs,
        "status": status,
        "columns": _columns(),
        "may_move": request.user.has_perm(MOVE),
    }
    return render(request, "stock/transfers/list.html", context)


def _columns() -> list[Column]:
    return [
        Column(_("Number"), "cell-main"),
        Column(pgettext("transfer", "From"), "cell-who"),
        Column(pgettext("transfer", "To"), "cell-more"),
        Column(_("Pieces"), "cell-amount num"),
        Column(_("In transit"), "cell-more num"),
        Column(_("Written by"), "cell-more cell-wide"),
        Column(_("Written at"), "cell-more cell-wide"),
        Column(_("Status"), "cell-status"),
    ]


@require_http_methods(["GET", "POST"])
@allowed(MOVE)
def new_transfer(request: SignedInRequest) -> HttpResponse:
    """Write a draft; `sku` and `source` of the address fill the form."""
    sources, targets = _halls(request)
    if request.method == "GET":
        typed = typed_in(request.GET, sources, targets)
        typed.source_error = typed.target_error = ""
        typed.source = typed.source or (sources[0].pk if sources else 0)
        return _form(request, typed)
    typed = typed_in(request.POST, sources, targets)

    def write() -> str:
        with transaction.atomic():
            if not is_first_time(request.user, typed.form_key):
                return reverse("stock:transfers")
            transfer = write_transfer(typed.route, typed.wanted, actor=request.user)
        return transfer.get_absolute_url()

    return _written(request, typed, None, write)


@require_http_methods(["GET", "POST"])
@allowed(MOVE)
def edit_transfer(request: SignedInRequest, transfer: str) -> HttpResponse:
    """Change a draft; one that was sent leads to its page."""
    found = own_transfer(request, transfer, "source")
    if request.method == "GET":
        if found.status != Status.DRAFT:
            return redirect(found)
        return _form(request, typed_of(found), found)
    typed = typed_in(request.POST, *_halls(request))

    def write() -> str:
        change_transfer(found.pk, typed.route, typed.wanted, version=typed.version)
        return found.get_absolute_url()

    return _written(request, typed, found, write)


def _written(
    request: SignedInRequest, typed: Typed, transfer: Transfer | None, write: Callable[[], str]
) -> HttpResponse:
    """On to what was written, or back to the form with everything that is wrong."""
    if typed.source_error or typed.target_error:
        return _form(request, typed, transfer, status=422)
    try:
        return redirect(write())
    except InvalidInput as refusal:
        put_errors(typed, refusal.errors)
        return _form(request, typed, transfer, status=422)
    except (NotPossible, Stale) as refusal:
        typed.errors.append(refusal.message)
        return _form(request, typed, transfer, status=409)


def _form(
    request: SignedInRequest, typed: Typed, transfer: Transfer | None = None, status: int = 200
) -> HttpResponse:
    sources, targets = _halls(request)
    context = {
        "typed": typed,
        "transfer": transfer,
        "sources": sources,
        "targets": targets,
        "form_key": new_form_key(),
        "has_errors": bool(typed.all_errors),
    }
    return render(request, "stock/transfers/form.html", context, status=status)


def _halls(request: SignedInRequest) -> tuple[list[Warehouse], list[Warehouse]]:
    """From one's own warehouses to every one that is in use."""
    own = list(warehouses_of(request.user).filter(is_active=True))
    return own, list(Warehouse.objects.filter(is_active=True))


@require_GET
@allowed("inventory.view_transfer")
def transfer_page(request: SignedInRequest, transfer: str) -> HttpResponse:
    return show_transfer(request, own_transfer(request, transfer))


@require_GET
@allowed("inventory.view_transfer")
def print_transfer(request: SignedInRequest, transfer: str) -> HttpResponse:
    """The note that travels with the goods."""
    found = own_transfer(request, transfer)
    lines = found.lines.select_related("sku").order_by("pk")
    context = {"transfer": found, "lines": list(lines)}
    return render(request, "stock/transfers/print.html", context)


def show_transfer(
    request: SignedInRequest,
    transfer: Transfer,
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    errors = errors or {}
    mine = set(warehouses_of(request.user).values_list("pk", flat=True))
    may_move = request.user.has_perm(MOVE)
    lines = list(transfer.lines.select_related("sku").order_by("pk"))
    rows = [_row(request, at, line, errors) for at, line in enumerate(lines)]
    known = {f"lines[{at}].{name}" for at in range(len(lines)) for name in ("sku", "quantity")}
    known |= {f"lines[{line.pk}].quantity" for line in lines} | {"reason"}
    context: dict[str, Any] = {
        "transfer": transfer,
        "rows": rows,
        "open_pieces": sum(line.open for line in lines) if transfer.sent_at else 0,
        "nothing_arrived": not any(line.received or line.lost for line in lines),
        "may_send": may_move and transfer.source_id in mine,
        "may_receive": may_move and transfer.target_id in mine,
        "refusals": [words for name, words in errors.items() if name not in known],
        "reason": request.POST.get("reason", ""),
        "reason_error": errors.get("reason", ""),
        "has_errors": bool(errors),
    }
    return render(request, "stock/transfers/page.html", context, status=status)


def _row(request: SignedInRequest, at: int, line: Any, errors: dict[str, str]) -> dict[str, Any]:
    """A line with what was typed at it, and what is wrong with it."""
    names = (f"lines[{at}].sku", f"lines[{at}].quantity", f"lines[{line.pk}].quantity")
    return {
        "line": line,
        "typed": request.POST.get(f"pieces-{line.pk}", ""),
        "error": " ".join(errors[name] for name in names if name in errors),
    }


def own_transfer(request: SignedInRequest, number: str, side: str = "") -> Transfer:
    """The transfer; 404 when it touches none of the person's warehouses (with `side`: when that one is none)."""
    found = sight.transfers_of(request.user)
    if side:
        found = found.filter(**{f"{side}__in": warehouses_of(request.user).values("pk")})
    people = ("created_by", "sent_by", "closed_by")
    return get_object_or_404(
        found.select_related("source", "target", *people), pk=sight.id_of(number)
    )
