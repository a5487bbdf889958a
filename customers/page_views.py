"""The page of one customer."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from customers.care_forms import BlockForm, CommentForm, ConsentForm, TagForm
from customers.entry_forms import AddressForm, ContactForm
from customers.event import event_rows, timeline
from customers.history import history_of
from customers.identity import phone_key
from customers.merge import UNDONE_WITHIN, why_not_undone
from customers.models import Customer, CustomerMerge
from customers.months import bars
from customers.seen import sees_contact, viewed_by
from oms.access import SignedInRequest, allowed

MERGES_SHOWN = 10
_MERGE_SHOWN = (
    "merged_at", "undone_at", "actor_name", "merged__name", "survivor__name",
    "survivor__merged_into",
)  # fmt: skip


@require_GET
@allowed("customers.view_customer")
def customer_page(request: SignedInRequest, customer_id: int) -> HttpResponse:
    return show_customer(request, customer_id)


def show_customer(
    request: SignedInRequest,
    customer_id: int,
    *,
    refused: forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    """All that is known of one customer, with blank forms but for the one that was refused."""
    customer = get_object_or_404(Customer.objects.annotate(event_rows=event_rows()), pk=customer_id)
    user = request.user
    history = history_of(customer.pk, user, request.GET)
    page = reverse("customers:page", args=[customer.pk])
    context: dict[str, Any] = {
        "customer": customer,
        "timeline": timeline(customer),
        "history": history,
        "pager": history.pager,
        "bars": bars(history.months, history.month, page),
        "addresses": list(customer.addresses.order_by("-is_default", "id")),
        "contacts": list(customer.contacts.order_by("id")),
        "sees_contact": sees_contact(user, customer.pk),
        "views": viewed_by(customer) if user.has_perm("customers.view_contactview") else None,
        "merges": _merges(customer),
        "merged": _merged(customer),
        "undo_days": UNDONE_WITHIN.days,
        "why_no_order": "" if phone_key(customer.phone) else _("Give the customer a phone first"),
        "form": refused,
    }
    context |= _forms(customer, refused)
    return render(request, "customers/page.html", context, status=status)


def _merges(customer: Customer) -> list[CustomerMerge]:
    """Those who were merged into this one, the newest first."""
    standing = CustomerMerge.objects.filter(survivor=customer, undone_at=None)
    return list(
        standing.select_related("merged").only(*_MERGE_SHOWN[:4]).order_by("-pk")[:MERGES_SHOWN]
    )


def _merged(customer: Customer) -> dict[str, Any] | None:
    """Into whom this one was merged, and whether that can be undone."""
    if customer.merged_into_id is None:
        return None
    standing = CustomerMerge.objects.filter(merged=customer, undone_at=None)
    merge = standing.select_related("survivor", "merged").only(*_MERGE_SHOWN).get()
    return {"merge": merge, "why_not": why_not_undone(merge, merge.survivor)}


def _forms(customer: Customer, refused: forms.Form | None) -> dict[str, forms.BaseForm]:
    """Every form of the page, by the name the template knows it by."""
    blank: dict[str, forms.Form] = {
        "comment_form": CommentForm(),
        "tag_form": TagForm(),
        "block_form": BlockForm(),
        "consent_form": ConsentForm(initial={"consents": customer.consents}),
    }
    found: dict[str, forms.BaseForm] = {
        name: refused if refused and type(refused) is type(form) else form
        for name, form in blank.items()
    }
    return found | {
        "contact_form": ContactForm(auto_id="contact_%s"),
        "address_form": AddressForm(auto_id="address_%s"),
    }
