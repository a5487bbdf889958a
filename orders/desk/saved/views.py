"""Saving a list under a name, changing and deleting what is saved; and all the views there are."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from oms.access import SignedInRequest, allowed
from oms.errors import InvalidInput, NotPossible, Refused
from oms.ids import id_in
from orders.desk.saved.forms import ViewForm
from orders.desk.saved.save import ViewDraft, change_view, delete_view, save_view
from orders.desk.saved.sight import Known, desk_of, may_change, shared_by

CONFLICT, UNREADABLE = 409, 422


@require_GET
@allowed("orders.view_order")
def all_views(request: SignedInRequest) -> HttpResponse:
    """One's own, and what others share."""
    rows = [
        {"view": one, "hint": shared_by(request.user, one), "may_change": may_change(request.user, one)}
        for one in desk_of(request.user).views
    ]  # fmt: skip
    return render(request, "orders/saved_all.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@allowed("orders.view_order")
def new(request: SignedInRequest) -> HttpResponse:
    if request.method == "GET":
        given = {name: request.GET.get(name, "") for name in ("asked", "columns", "density")}
        return _page(request, ViewForm(request.user, initial=given))
    form = ViewForm(request.user, request.POST)
    if form.is_valid():
        values = form.cleaned_data
        draft = ViewDraft(
            name=values["name"],
            asked=values["asked"],
            columns=[one for one in values["columns"].split(",") if one],
            density=values["density"],
            is_shared=values.get("is_shared", False),
        )
        try:
            view = save_view(draft, actor=request.user)
        except Refused as refusal:
            return _refused(request, form, refusal)
        messages.success(request, _("View “%s” saved.") % view.name)
        return redirect(view)
    return _page(request, form, status=UNREADABLE)


@require_http_methods(["GET", "POST"])
@allowed("orders.view_order")
def edit(request: SignedInRequest, slug: str) -> HttpResponse:
    """Another name, shared or not."""
    view = _view_of(request, slug)
    if request.method == "GET":
        given = {"name": view.name, "is_shared": view.is_shared, "version": view.version}
        return _page(request, ViewForm(request.user, initial=given), view)
    form = ViewForm(request.user, request.POST)
    if form.is_valid():
        values = form.cleaned_data
        changes = {name: values[name] for name in ("name", "is_shared") if name in values}
        try:
            change_view(view, version=values["version"] or 0, actor=request.user, **changes)
        except Refused as refusal:
            return _refused(request, form, refusal, view)
        messages.success(request, _("View “%s” saved.") % changes["name"])
        return redirect(_address(view))
    return _page(request, form, view, status=UNREADABLE)


@require_POST
@allowed("orders.view_order")
def keep(request: SignedInRequest, slug: str) -> HttpResponse:
    """What the list asks now is what the view asks from now on."""
    view = _view_of(request, slug)
    version = request.POST.get("version", "")
    asked = request.POST.get("asked", "")
    try:
        change_view(view, version=id_in(version), actor=request.user, asked=asked)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect(f"{_address(view)}&{asked}" if asked else _address(view))
    messages.success(request, _("View “%s” saved.") % view.name)
    return redirect(_address(view))


@require_POST
@allowed("orders.view_order")
def delete(request: SignedInRequest, slug: str) -> HttpResponse:
    view = _view_of(request, slug)
    try:
        delete_view(view, actor=request.user)
    except NotPossible as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("View “%s” deleted.") % view.name)
    return redirect("orders:saved")


def _view_of(request: SignedInRequest, slug: str) -> Known:
    """Of the views that the reader may open; any other does not exist for them."""
    for view in desk_of(request.user).views:
        if view.slug == slug:
            return view
    raise Http404


def _address(view: Known) -> str:
    return f"{reverse('orders:list')}?view={view.slug}"


def _refused(
    request: SignedInRequest, form: ViewForm, refusal: Refused, view: Known | None = None
) -> HttpResponse:
    if isinstance(refusal, InvalidInput):
        for error in refusal.errors:
            form.add_error("name" if error.field == "name" else None, error.message)
        return _page(request, form, view, status=UNREADABLE)
    form.add_error(None, refusal.message)
    return _page(request, form, view, status=CONFLICT)


def _page(
    request: SignedInRequest, form: ViewForm, view: Known | None = None, *, status: int = 200
) -> HttpResponse:
    asked = form["asked"].value() or ""
    back = _address(view) if view else f"{reverse('orders:list')}?{asked}"
    context = {
        "form": form,
        "view": view,
        "back": back,
        "may_change": view is None or may_change(request.user, view),
    }
    return render(request, "orders/saved_edit.html", context, status=status)
