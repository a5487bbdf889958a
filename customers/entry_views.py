"""Adding, changing and removing a customer's contacts and addresses."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from customers.addresses import add_address, change_address, remove_address
from customers.contacts import add_contact, change_contact, remove_contact
from customers.entry_forms import AddressForm, ContactForm, EntryForm
from customers.models import Address, Contact, Customer
from oms.access import SignedInRequest, allowed
from oms.errors import InvalidInput, NotPossible, Stale
from oms.once import is_first_time

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the two lists: its verbs, its form, and what its page is called."""

    model: type[Contact] | type[Address]
    form: type[EntryForm]
    add: Callable[..., object]
    change: Callable[..., None]
    remove: Callable[..., None]
    adding: "StrPromise"
    changing: "StrPromise"
    remove_url: str


CONTACT = Kind(
    Contact, ContactForm, add_contact, change_contact, remove_contact,
    gettext_lazy("Add a contact"), gettext_lazy("Change the contact"), "customers:contact_remove",
)  # fmt: skip
ADDRESS = Kind(
    Address, AddressForm, add_address, change_address, remove_address,
    gettext_lazy("Add an address"), gettext_lazy("Change the address"), "customers:address_remove",
)  # fmt: skip
_BOTH = require_http_methods(["GET", "HEAD", "POST"])


@_BOTH
@allowed("customers.view_customer", "customers.add_contact")
def contact_add(request: SignedInRequest, customer_id: int) -> HttpResponse:
    return _add(request, CONTACT, customer_id)


@_BOTH
@allowed("customers.view_customer", "customers.change_contact")
def contact_change(request: SignedInRequest, customer_id: int, entry_id: int) -> HttpResponse:
    return _change(request, CONTACT, customer_id, entry_id)


@require_POST
@allowed("customers.view_customer", "customers.delete_contact")
def contact_remove(request: SignedInRequest, customer_id: int, entry_id: int) -> HttpResponse:
    return _remove(request, CONTACT, customer_id, entry_id)


@_BOTH
@allowed("customers.view_customer", "customers.add_address")
def address_add(request: SignedInRequest, customer_id: int) -> HttpResponse:
    return _add(request, ADDRESS, customer_id)


@_BOTH
@allowed("customers.view_customer", "customers.change_address")
def address_change(request: SignedInRequest, customer_id: int, entry_id: int) -> HttpResponse:
    return _change(request, ADDRESS, customer_id, entry_id)


@require_POST
@allowed("customers.view_customer", "customers.delete_address")
def address_remove(request: SignedInRequest, customer_id: int, entry_id: int) -> HttpResponse:
    return _remove(request, ADDRESS, customer_id, entry_id)


def _add(request: SignedInRequest, kind: Kind, customer_id: int) -> HttpResponse:
    customer = get_object_or_404(Customer, pk=customer_id)
    if request.method != "POST":
        return _page(request, kind, customer, kind.form())
    form = kind.form(request.POST)
    if not form.is_valid():
        return _page(request, kind, customer, form, status=422)
    try:
        with transaction.atomic():
            key = form.cleaned_data["form_key"]
            if not key or is_first_time(request.user, key):
                kind.add(customer.pk, form.values, actor=request.user)
    except InvalidInput as refusal:
        return _refused(request, kind, customer, form, refusal)
    except NotPossible as refusal:
        return _too_late(request, customer.pk, refusal)
    return _saved(request, customer)


def _change(request: SignedInRequest, kind: Kind, customer_id: int, entry_id: int) -> HttpResponse:
    entry: Any = get_object_or_404(
        kind.model._default_manager.select_related("customer"), pk=entry_id, customer=customer_id
    )
    if request.method != "POST":
        return _page(request, kind, entry.customer, kind.form(instance=entry), entry=entry)
    form = kind.form(request.POST, instance=entry)
    if not form.is_valid():
        return _page(request, kind, entry.customer, form, entry=entry, status=422)
    try:
        kind.change(customer_id, entry_id, form.changes, was=form.was, actor=request.user)
    except InvalidInput as refusal:
        return _refused(request, kind, entry.customer, form, refusal, entry=entry)
    except ObjectDoesNotExist:
        raise Http404 from None
    except NotPossible as refusal:
        return _too_late(request, customer_id, refusal)
    except Stale as refusal:
        form.add_error(None, refusal.message)
        return _page(request, kind, entry.customer, form, entry=entry, status=409)
    return _saved(request, entry.customer)


def _remove(request: SignedInRequest, kind: Kind, customer_id: int, entry_id: int) -> HttpResponse:
    try:
        kind.remove(customer_id, entry_id, actor=request.user)
    except ObjectDoesNotExist:
        raise Http404 from None
    except NotPossible as refusal:
        return _too_late(request, customer_id, refusal)
    messages.success(request, _("Removed. What it held stays in the history."))
    return redirect("customers:page", customer_id)


def _too_late(request: SignedInRequest, customer_id: int, refusal: NotPossible) -> HttpResponse:
    messages.error(request, refusal.message)
    return redirect("customers:page", customer_id)


def _saved(request: SignedInRequest, customer: Customer) -> HttpResponse:
    messages.success(request, _("Customer %s saved.") % customer.name)
    return redirect("customers:page", customer.pk)


def _refused(
    request: SignedInRequest,
    kind: Kind,
    customer: Customer,
    form: EntryForm,
    refusal: InvalidInput,
    entry: Any = None,
) -> HttpResponse:
    for error in refusal.errors:
        form.add_error(error.field if error.field in form.fields else None, error.message)
    return _page(request, kind, customer, form, entry=entry, status=422)


def _page(
    request: SignedInRequest,
    kind: Kind,
    customer: Customer,
    form: EntryForm,
    *,
    entry: Any = None,
    status: int = 200,
) -> HttpResponse:
    delete = f"customers.delete_{kind.model._meta.model_name}"
    context = {
        "customer": customer,
        "form": form,
        "entry": entry,
        "title": kind.changing if entry else kind.adding,
        "remove_url": kind.remove_url if entry and request.user.has_perm(delete) else "",
        "has_errors": status != 200,  # noqa: PLR2004
    }
    return render(request, "customers/entry.html", context, status=status)
