"""Finding customers who were entered twice, merging them, undoing that; erasing a person."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from customers.merge import BOTH, FIELDS, JOINED, KEEP, TAKE, UNDONE_WITHIN
from customers.models import Customer, CustomerMerge
from customers.seen import sees_contact
from oms.access import SignedInRequest, allowed
from oms.display import masked_phone
from oms.errors import InvalidInput, NotPossible, Refused, Stale
from oms.ids import id_in
from orders.people.duplicates import duplicates
from orders.people.erase import erase_customer, open_orders_of
from orders.people.merge import merge_customers, unmerge_customers


@dataclass(frozen=True, slots=True)
class Choice:
    """A field of both customers and the ways to go on with it; `how` is chosen."""

    name: str
    label: str
    ours: str
    theirs: str
    how: str
    can_join: bool
    is_same: bool


@require_GET
@allowed("customers.view_customer", "customers.merge_customer")
def duplicate_list(request: SignedInRequest) -> HttpResponse:
    """Pairs among the newest customers; `before` (an id) looks further back."""
    before = _id(request.GET.get("before", ""))
    found = duplicates(before)
    context = {"found": found, "before": before}
    return render(request, "customers/duplicates.html", context)


def _id(text: str) -> int | None:
    return id_in(text) or None


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("customers.view_customer", "customers.merge_customer")
def merge(request: SignedInRequest, customer_id: int, other_id: int) -> HttpResponse:
    """Both side by side; `customer_id` survives."""
    ours, theirs = _customer(customer_id), _customer(other_id)
    if request.method != "POST":
        return _merge_page(request, ours, theirs)
    try:
        merged = merge_customers(
            ours.pk, theirs.pk, choice=_typed(request), seen=_seen(request), actor=request.user
        )
    except (InvalidInput, Stale) as refusal:
        status = 409 if isinstance(refusal, Stale) else 422
        # As they are now, so that the next choice is made on what stands.
        ours, theirs = _customer(customer_id), _customer(other_id)
        return _merge_page(request, ours, theirs, refusal=refusal, status=status)
    except NotPossible as refusal:
        messages.error(request, refusal.message)
        return redirect("customers:page", ours.pk)
    count = len(merged.order_ids)
    words = ngettext(
        "%(name)s is merged in; %(count)d order came along.",
        "%(name)s is merged in; %(count)d orders came along.",
        count,
    )
    undo = reverse("people:unmerge", args=[theirs.pk])
    messages.success(request, words % {"name": theirs.name, "count": count}, extra_tags=undo)
    return redirect("customers:page", ours.pk)


def _customer(customer_id: int) -> Customer:
    return get_object_or_404(Customer.objects.defer("search_grams"), pk=customer_id)


def _typed(request: SignedInRequest) -> dict[str, str]:
    return {name: request.POST[f"how-{name}"] for name in FIELDS if f"how-{name}" in request.POST}


def _seen(request: SignedInRequest) -> tuple[int, int]:
    """Nobody has seen version 0: a form without them is stale."""
    versions = [_id(request.POST.get(name, "")) or 0 for name in ("version", "other_version")]
    return versions[0], versions[1]


def _merge_page(
    request: SignedInRequest,
    ours: Customer,
    theirs: Customer,
    *,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    sees = [sees_contact(request.user, one.pk) for one in (ours, theirs)]
    typed = _typed(request) if request.method == "POST" else {}
    context: dict[str, Any] = {
        "ours": ours,
        "theirs": theirs,
        "choices": [
            _choice(name, ours, theirs, typed.get(name), sees=all(sees))
            for name in FIELDS
            # A block stays, with its level: there is nothing to choose.
            if name != "level" or not (ours.is_blocked or theirs.is_blocked)
        ],
        "refusal": refusal,
        "is_blocked": ours.is_blocked or theirs.is_blocked,
        "undo_days": UNDONE_WITHIN.days,
        "has_errors": refusal is not None,
    }
    return render(request, "customers/merge.html", context, status=status)


def _choice(
    name: str, ours: Customer, theirs: Customer, typed: str | None, *, sees: bool
) -> Choice:
    """What is filled in only there is taken; what can be joined is joined; the rest stays."""
    mine, yours = getattr(ours, name), getattr(theirs, name)
    wanted = (TAKE if not mine else BOTH if name in JOINED else KEEP) if yours else KEEP
    known = (KEEP, TAKE, BOTH) if name in JOINED else (KEEP, TAKE)
    return Choice(
        name=name,
        label=str(getattr(Customer._meta.get_field(name), "verbose_name", name)),
        ours=_shown(ours, name, sees=sees),
        theirs=_shown(theirs, name, sees=sees),
        how=typed if typed and typed in known else wanted,
        can_join=name in JOINED and bool(mine) and bool(yours),
        is_same=mine == yours,
    )


def _shown(customer: Customer, name: str, *, sees: bool) -> str:
    value = getattr(customer, name)
    if name == "phone" and not sees:
        return masked_phone(value)
    if name == "tags":
        return ", ".join(value)
    if name in ("kind", "level"):
        return str(getattr(customer, f"get_{name}_display")())
    return str(value)


@require_POST
@allowed("customers.view_customer", "customers.merge_customer")
def unmerge(request: SignedInRequest, customer_id: int) -> HttpResponse:
    """Undo the merge of this customer into another."""
    customer = _customer(customer_id)
    standing = CustomerMerge.objects.filter(merged=customer, undone_at=None).only("pk").first()
    if standing is None:
        messages.info(request, _("This customer is not merged into another any more."))
        return redirect("customers:page", customer.pk)
    try:
        unmerge_customers(standing.pk, actor=request.user)
    except NotPossible as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("The merge is undone; everything is back with its customer."))
    return redirect("customers:page", customer.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("customers.view_customer", "customers.erase_personal_data")
def erase(request: SignedInRequest, customer_id: int) -> HttpResponse:
    """Asks once more, then forgets the person for good."""
    customer = _customer(customer_id)
    if request.method != "POST":
        context = {"customer": customer, "open_orders": open_orders_of(customer.pk)}
        return render(request, "customers/erase.html", context)
    try:
        count = erase_customer(customer.pk, actor=request.user)
    except NotPossible as refusal:
        messages.error(request, refusal.message)
        return redirect("people:erase", customer.pk)
    except Customer.DoesNotExist:
        raise Http404 from None
    words = ngettext(
        "Personal data erased, also on %(count)d order.",
        "Personal data erased, also on %(count)d orders.",
        count,
    )
    messages.success(request, words % {"count": count})
    return redirect("customers:page", customer.pk)
