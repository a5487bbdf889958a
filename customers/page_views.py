"""The page of one customer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from django import forms
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
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
from customers.months import chart_of_months
from customers.seen import sees_contact, viewed_by
from oms.access import SignedInRequest, allowed

MERGES_SHOWN = 10
_MERGE_SHOWN = (
    "merged_at", "undone_at", "actor_name", "survivor__name", "survivor__merged_into",
    "survivor__erased_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Merged:
    """A customer who was merged into the one shown."""

    id: int
    name: str
    at: datetime

    @classmethod
    def of(cls, row: dict[str, Any]) -> Self:
        return cls(row["id"], row["name"], datetime.fromisoformat(row["at"]))


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
    customers = Customer.objects.annotate(event_rows=event_rows(), merge_rows=_merge_rows())
    customer = get_object_or_404(customers, pk=customer_id)
    user = request.user
    merge_rows: list[dict[str, Any]] = customer.merge_rows  # type: ignore[attr-defined]
    history = history_of(customer.pk, user, request.GET)
    page = reverse("customers:page", args=[customer.pk])
    context: dict[str, Any] = {
        "customer": customer,
        "timeline": timeline(customer),
        "history": history,
        "pager": history.pager,
        "chart": chart_of_months(history.months, history.month, page),
        "addresses": list(customer.addresses.order_by("-is_default", "id")),
        "contacts": list(customer.contacts.order_by("id")),
        "sees_contact": sees_contact(user, customer.pk),
        "views": viewed_by(customer) if user.has_perm("customers.view_contactview") else None,
        "merges": [Merged.of(row) for row in merge_rows],
        "merged": _merged(customer),
        "undo_days": UNDONE_WITHIN.days,
        "why_no_order": "" if phone_key(customer.phone) else _("Give the customer a phone first"),
        "form": refused,
    }
    context |= _forms(customer, refused)
    return render(request, "customers/page.html", context, status=status)


def _merge_rows() -> ArraySubquery:
    """An annotation: those who were merged into a customer, the newest first, to be read by `Merged.of`."""
    standing = CustomerMerge.objects.filter(survivor=OuterRef("pk"), undone_at=None)
    row = JSONObject(id="merged_id", name="merged__name", at="merged_at")
    return ArraySubquery(standing.order_by("-pk").values_list(row)[:MERGES_SHOWN])


def _merged(customer: Customer) -> dict[str, Any] | None:
    """Into whom this one was merged, and whether that can be undone."""
    if customer.merged_into_id is None:
        return None
    standing = CustomerMerge.objects.filter(merged=customer, undone_at=None)
    merge = standing.select_related("survivor").only(*_MERGE_SHOWN).get()
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
