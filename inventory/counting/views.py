"""Count sheets on screen: the list, a new one, the sheet itself, its print."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from inventory.counting import sight
from inventory.counting.choose import CHOICES, Choice
from inventory.counting.forms import FIELD_OF_CHOICE, PostForm, SheetForm, TickedForm, ids_in
from inventory.counting.hand_out import hand_out
from inventory.counting.models import CountSheet
from inventory.counting.moved import lines_of
from inventory.listing import TABS, warehouses_of
from inventory.models import Stock, Warehouse
from inventory.own import SEE_COST, own_stock
from inventory.tab import Tab
from oms.access import SignedInRequest, allowed
from oms.column import Column
from oms.errors import InvalidInput
from oms.keyset import page_of
from oms.once import is_first_time, new_form_key

COUNT = "inventory.count_stock"


@require_GET
@allowed("inventory.view_countsheet")
def sheet_list(request: SignedInRequest) -> HttpResponse:
    """Count sheets of one's warehouses, the newest first; those still open unless `status` says otherwise."""
    status = request.GET.get("status", "open")
    status = status if status in CountSheet.Status.values else ""
    page = page_of(sight.list_rows(request.user, status), request.GET, ("-id",))
    path = reverse("stock:sheets")
    tabs = [
        Tab(str(label), f"{path}?status={name}", name == status)
        for name, label in CountSheet.Status.choices
    ]
    context = {
        "rows": page.rows,
        "pager": page.pager,
        "tabs": [*tabs, Tab(_("All"), f"{path}?status=", not status)],
        "columns": _columns(),
        "may_count": request.user.has_perm(COUNT),
    }
    return render(request, "stock/counting/list.html", context)


def _columns() -> list[Column]:
    return [
        Column(_("Number"), "cell-main"),
        Column(_("Warehouse"), "cell-who"),
        Column(_("Places"), "cell-amount num"),
        Column(_("Counted"), "cell-more num"),
        Column(_("Posted"), "cell-more num"),
        Column(_("Made by"), "cell-more cell-wide"),
        Column(_("Made at"), "cell-more cell-wide"),
        Column(_("Status"), "cell-status"),
    ]


@require_http_methods(["GET", "POST"])
@allowed(COUNT)
def new_sheet(request: SignedInRequest) -> HttpResponse:
    """Choose places and hand them out; with `ids` those that were ticked in the list, all of one warehouse."""
    halls = list(warehouses_of(request.user).filter(is_active=True))
    if texts := (request.POST.get("ids") or request.GET.get("ids", "")):
        return _ticked(request, own_stock(request.user, texts.split(",")))
    if request.method == "GET":
        return _form(
            request,
            SheetForm(initial={"form_key": new_form_key()} | _first(halls), warehouses=halls),
        )
    form = SheetForm(request.POST, warehouses=halls)
    if not form.is_valid():
        return _form(request, form, status=422)
    return _handed_out(request, form, form.choice())


def _first(halls: list[Warehouse]) -> dict[str, int]:
    return {"warehouse": halls[0].pk} if halls else {}


def _ticked(request: SignedInRequest, ids: list[int]) -> HttpResponse:
    used = Stock.objects.filter(pk__in=ids).values("warehouse")
    halls = list(warehouses_of(request.user).filter(pk__in=used))
    if request.method == "GET":
        form = TickedForm(initial={"form_key": new_form_key()} | _first(halls), warehouses=halls)
        return _form(request, form, ids=ids)
    form = TickedForm(request.POST, warehouses=halls)
    if not form.is_valid():
        return _form(request, form, ids=ids, status=422)
    return _handed_out(request, form, Choice("ticked", stock_ids=tuple(ids)))


def _handed_out(
    request: SignedInRequest, form: SheetForm | TickedForm, choice: Choice
) -> HttpResponse:
    values = form.cleaned_data
    warehouse = Warehouse.objects.get(pk=values["warehouse"])
    try:
        with transaction.atomic():
            if not is_first_time(request.user, values["form_key"]):
                return redirect("stock:sheets")
            sheet = hand_out(
                warehouse,
                choice,
                is_blind=values["is_blind"],
                second_above=values["second_above"],
                actor=request.user,
            )
    except InvalidInput as refusal:
        form.add_error(FIELD_OF_CHOICE.get(choice.by), refusal.message)
        return _form(request, form, ids=list(choice.stock_ids), status=422)
    return redirect(sheet)


def _form(
    request: SignedInRequest,
    form: SheetForm | TickedForm,
    *,
    ids: list[int] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "ids": ids, "ids_text": ",".join(map(str, ids or []))}
    return render(request, "stock/counting/new.html", context, status=status)


@require_GET
@allowed("inventory.view_countsheet")
def sheet_page(request: SignedInRequest, sheet: str) -> HttpResponse:
    return show_sheet(request, own_sheet(request, sheet))


@require_GET
@allowed("inventory.view_countsheet")
def print_sheet(request: SignedInRequest, sheet: str) -> HttpResponse:
    """To be written on by hand; `blind=1` hides the book of a sheet that shows it."""
    found = own_sheet(request, sheet)
    is_blind = found.is_blind or request.GET.get("blind") == "1"
    context = {"sheet": found, "lines": lines_of(found.pk), "is_blind": is_blind}
    return render(request, "stock/counting/print.html", context)


def own_sheet(request: SignedInRequest, number: str) -> CountSheet:
    """The sheet; 404 when it is of a warehouse that the person does not work in."""
    sheets = sight.sheets_of(request.user).select_related("warehouse", "created_by", "closed_by")
    return get_object_or_404(sheets, pk=sight.id_of(number))


def show_sheet(
    request: SignedInRequest,
    sheet: CountSheet,
    *,
    errors: dict[str, str] | None = None,
    form: PostForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page; `errors` are by the field they belong to (`lines[<id>].counted`, or "" for none)."""
    errors = errors or {}
    rows = sight.rows_of(sheet, request.user)
    context: dict[str, Any] = {
        "sheet": sheet,
        "rows": [
            {
                "row": row,
                "error": errors.get(f"lines[{row.line.pk}].counted", ""),
                "typed": request.POST.get(f"counted-{row.line.pk}", row.line.counted),
            }
            for row in rows
        ],
        "refusals": [words for name, words in errors.items() if not name.startswith("lines[")],
        "moved_count": sum(1 for row in rows if row.moved and row.is_ready),
        "ready_count": sum(1 for row in rows if row.is_ready),
        "open_count": sum(1 for row in rows if row.line.state == "open"),
        "is_open": sheet.status == CountSheet.Status.OPEN,
        "chosen_words": _chosen_words(sheet),
        "may_count": request.user.has_perm(COUNT),
        "may_see_cost": request.user.has_perm(SEE_COST),
        "post_form": form or PostForm(),
        "form": form,
        "has_errors": bool(errors),
    }
    return render(request, "stock/counting/page.html", context, status=status)


def _chosen_words(sheet: CountSheet) -> str:
    """How the places were chosen, as the page says it."""
    label = str(CHOICES.get(sheet.chosen_by, sheet.chosen_by))
    told = str(TABS.get(sheet.chosen_from, sheet.chosen_from))
    return f"{label}: {told}" if told else label


def ticked_lines(request: SignedInRequest) -> list[int]:
    return ids_in(request.POST.getlist("line"))
