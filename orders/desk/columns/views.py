"""Choosing the columns of the order list, their order, and how high its rows are."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from oms.access import SignedInRequest, allowed
from oms.errors import InvalidInput, Refused
from orders.desk.columns.layout import moved, offered, save_layout
from orders.desk.columns.models import Density
from orders.desk.columns.registry import BY_NAME, FIRST, USUAL, Column, known_columns, may_see
from orders.desk.door import way_back
from orders.desk.saved.save import change_view
from orders.desk.saved.sight import Known, desk_of, look_of, may_change

FRAGMENT = "look-panel"


@require_http_methods(["GET", "POST"])
@allowed("orders.view_order")
def choose(request: SignedInRequest) -> HttpResponse:
    """Shows the form, moves a column of it up or down, or keeps what is ticked."""
    desk = desk_of(request.user)
    posted = request.POST if request.method == "POST" else request.GET
    view = next((one for one in desk.views if one.slug == posted.get("view")), None)
    if request.method == "GET":
        look = look_of(request.user, desk, view)
        return _form(request, view, offered(look.columns, request.user), look.density)
    ticked, density = request.POST.getlist("column"), request.POST.get("density", "")
    if "move" in request.POST:
        rows = moved(_as_posted(request), request.POST["move"])
        return _form(request, view, rows, density, focus=request.POST["move"])
    if "usual" in request.POST:
        ticked = list(USUAL)
    try:
        if view and "for_view" in request.POST:
            version = view.version
            change_view(view, version=version, actor=request.user, columns=ticked, density=density)
            messages.success(request, _("View “%s” saved.") % view.name)
        else:
            save_layout(request.user, ticked, density)
            messages.success(request, _("Your columns are saved."))
    except Refused as refusal:
        told = refusal.errors[0].message if isinstance(refusal, InvalidInput) else refusal.message
        rows = _as_posted(request)
        return _form(request, view, rows, density, error=told)
    return redirect(way_back(request, reverse("orders:list")))


def _as_posted(request: SignedInRequest) -> list[tuple[Column, bool]]:
    """All columns as they stood in the form, ticked or not."""
    ticked = set(request.POST.getlist("column"))
    stood = [one for one in dict.fromkeys(request.POST.getlist("stood")) if one in BY_NAME]
    shown = [BY_NAME[one] for one in stood if one != FIRST.name]
    rows = [(one, one.name in ticked) for one in shown if may_see(one, request.user)]
    left = offered([FIRST, *(one for one, _is in rows)], request.user)
    return rows + [(one, False) for one, is_shown in left if not is_shown]


def _form(
    request: SignedInRequest, view: Known | None, rows: list[tuple[Column, bool]], density: str,
    *, error: str = "", focus: str = "",
) -> HttpResponse:  # fmt: skip
    usual = {column.name for column in known_columns(USUAL, request.user)}
    context = {
        "rows": [(column, is_shown, column.name in usual) for column, is_shown in rows],
        "density": density,
        "densities": Density.choices,
        "view": view,
        "may_change_view": view is not None and may_change(request.user, view),
        "back": way_back(request, reverse("orders:list")),
        "sides": (
            ("up", "chevron-up", _("one place up")),
            ("down", "chevron-down", _("one place down")),
        ),
        "error": error,
        "focus": focus,
        "has_errors": bool(error),
    }
    is_panel = request.headers.get("HX-Target") == FRAGMENT
    template = "orders/_columns_form.html" if is_panel else "orders/columns.html"
    return render(request, template, context, status=422 if error else 200)
