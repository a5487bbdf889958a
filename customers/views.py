"""The list of customers, and changing one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from customers.edit import edit_customer
from customers.forms import CustomerForm, typed_from
from customers.listing import matching, standing
from customers.models import Customer
from customers.seen import note_view
from oms.access import SignedInRequest, allowed
from oms.errors import InvalidInput, NotPossible, Stale
from oms.keyset import page_of


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    css: str = ""


@dataclass(frozen=True, slots=True)
class Clash:
    """A field as one person typed it and as it stands now."""

    label: str
    yours: str
    theirs: str


@require_GET
@allowed("customers.view_customer")
def customer_list(request: SignedInRequest) -> HttpResponse:
    """Customers, newest first; `find` narrows to a piece of the name or the end of a phone."""
    fragment = request.GET.get("find", "").replace("\x00", "").strip()[:80]
    customers = matching(fragment) if fragment else standing()
    page = page_of(customers.defer("note", "search_grams"), request.GET, ("-id",))
    context = {
        "rows": page.rows,
        "pager": page.pager,
        "fragment": fragment,
        "columns": [
            Column(_("Name"), "cell-main"),
            Column(_("Phone"), "cell-who"),
            Column(_("Level"), "cell-status"),
            Column(_("Tags"), "cell-more"),
            Column(_("Kind"), "cell-more cell-wide"),
            Column(_("Customer since"), "cell-more"),
        ],
    }
    return render(request, "customers/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("customers.change_customer")
def customer_edit(request: SignedInRequest, customer_id: int) -> HttpResponse:
    """Change a customer; a save upon an older version shows both, side by side (409)."""
    customer = get_object_or_404(Customer, pk=customer_id)
    if request.method != "POST":
        note_view(request.user, customer.pk)
        return _edit_page(request, customer, _form(request, initial=typed_from(customer)))
    form = _form(request, request.POST, initial=_as_first_shown(request, customer))
    if not form.is_valid():
        return _edit_page(request, customer, form, status=422)
    try:
        edit_customer(
            customer.pk,
            version=form.cleaned_data["version"],
            changes=form.changes,
            actor=request.user,
        )
    except Stale as stale:
        return _conflict_page(request, customer, form, stale)
    except InvalidInput as refusal:
        for error in refusal.errors:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        return _edit_page(request, customer, form, status=422)
    except NotPossible as refusal:
        form.add_error(None, refusal.message)
        return _edit_page(request, customer, form, status=409)
    messages.success(request, _("Customer %s saved.") % customer.name)
    return redirect("customers:page", customer.pk)


def _form(request: SignedInRequest, *typed: Mapping[str, Any], **more: Any) -> CustomerForm:
    return CustomerForm(*typed, sees_money=request.user.has_perm("orders.view_payment"), **more)


def _as_first_shown(request: SignedInRequest, customer: Customer) -> dict[str, str]:
    """What the person's form held when it was shown: its hidden copies, else what stands now."""
    now = typed_from(customer)
    return {name: request.POST.get(f"initial-{name}", now[name]) for name in now}


def _edit_page(
    request: SignedInRequest,
    customer: Customer,
    form: CustomerForm,
    *,
    clashes: list[Clash] | None = None,
    status: int = 200,
) -> HttpResponse:
    first = {name: form.get_initial_for_field(form.fields[name], name) for name in form.fields}
    del first["version"]
    context = {
        "customer": customer,
        "form": form,
        "first": first,
        "clashes": clashes or [],
        "has_errors": status != 200,  # noqa: PLR2004
    }
    return render(request, "customers/edit.html", context, status=status)


def _conflict_page(
    request: SignedInRequest, customer: Customer, form: CustomerForm, stale: Stale
) -> HttpResponse:
    """What was typed beside what stands now; saving again applies to the present version."""
    customer.refresh_from_db()
    now = typed_from(customer)
    typed = {name: request.POST.get(name, "") for name in stale.yours}
    again = _form(request, {**now, **typed}, initial=now)
    clashes = [Clash(str(form.fields[name].label), text, now[name]) for name, text in typed.items()]
    return _edit_page(request, customer, again, clashes=clashes, status=409)
