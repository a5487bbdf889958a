"""What helps a clerk fill in the form: a pasted address, a known customer, hints. Nothing here is written.

Each works as a button of the form, which comes back filled, and as an address that the page's script asks.
They are asked with POST, so that no name and no number lands in a log of addresses.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from customers.seen import note_view
from oms.access import SignedInRequest, allowed
from oms.ids import id_in
from oms.models import Channel
from orders.intake.filled import Fields, from_paste
from orders.intake.forms import NewOrderForm, draft_of, lines_form, typed_rows
from orders.intake.hints import Hints, hints_for
from orders.intake.known_customers import known_customer, suggest_customers
from orders.review.preview import preview_draft

UNPROCESSABLE = 422
MAX_ID = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Help:
    """The fields that a button filled, and what the page shows about it."""

    fields: Fields = field(default_factory=dict)
    context: dict[str, Any] = field(default_factory=dict)
    status: int = 200


def help_asked(request: SignedInRequest) -> Help | None:
    """What the pressed button fills in; None when it was none of these buttons."""
    if "parse_address" in request.POST:
        pasted = from_paste(request.POST.dict())
        status = UNPROCESSABLE if pasted.is_refused else 200
        return Help(pasted.fields, {"pasted": pasted}, status)
    if not {"find_customer", "use_customer"} & request.POST.keys():
        return None
    if not request.user.has_perm("customers.view_customer"):
        return Help()
    if "find_customer" in request.POST:
        found = suggest_customers(request.POST.get("customer_phone", ""), request.user)
        return Help(context={"known": found, "asked": True})
    fields = _fields_of(request.POST["use_customer"], request)
    phone = fields.get("customer_phone", "")
    return Help(fields, {"hints": hints_of(request, phone, typed_rows(request.POST))})


def hints_of(request: SignedInRequest, phone: str, rows: Sequence[Mapping[str, str]]) -> Hints:
    """What is unusual about an order of the customer with this phone, as far as it is typed."""
    return hints_for(phone.replace("\x00", ""), rows, request.user)


def fields_of_customer(request: SignedInRequest, typed_id: str) -> Fields:
    """What the form opened for a known customer says. Raises Http404 when there is none, or none to be seen."""
    fields = _fields_of(typed_id, request)
    if not fields or not request.user.has_perm("customers.view_customer"):
        raise Http404
    return fields


def _fields_of(typed_id: str, request: SignedInRequest) -> Fields:
    known = known_customer(id_in(typed_id), request.user)
    if known is None:
        return {}
    note_view(request.user, known.id)
    return known.fields


@require_POST
@allowed("orders.place_order")
def address(request: SignedInRequest) -> JsonResponse:
    """The text in `pasted`, taken apart: the fields it fills, and what to show about it."""
    pasted = from_paste(request.POST.dict())
    html = render_to_string("orders/_pasted.html", {"pasted": pasted}, request)
    status = UNPROCESSABLE if pasted.is_refused else 200
    return JsonResponse({"fields": pasted.fields, "html": html}, status=status)


@require_POST
@allowed("orders.place_order", "customers.view_customer")
def customers(request: SignedInRequest) -> HttpResponse:
    """Buttons for the customers whose number is being typed in `customer_phone`."""
    found = suggest_customers(request.POST.get("customer_phone", ""), request.user)
    return render(request, "orders/_known_customers.html", {"known": found})


@require_POST
@allowed("orders.place_order", "customers.view_customer")
def customer(request: SignedInRequest, customer_id: int) -> JsonResponse:
    """What choosing this customer fills in."""
    known = known_customer(customer_id, request.user) if customer_id <= MAX_ID else None
    if known is None:
        raise Http404
    note_view(request.user, known.id)
    return JsonResponse({"fields": known.fields})


@require_POST
@allowed("orders.place_order")
def verdict(request: SignedInRequest) -> HttpResponse:
    """What the rules would say of the order as typed; nothing while it could not be placed yet."""
    form = NewOrderForm(request.POST, channels=list(Channel.objects.filter(is_active=True)))
    lines = lines_form(request.POST)
    is_whole = all([form.is_valid(), lines.is_valid()])
    found = preview_draft(draft_of(form, lines)) if is_whole else None
    return render(request, "orders/_verdict.html", {"verdict": found})


@require_POST
@allowed("orders.place_order", "orders.view_order", "customers.view_customer")
def hints(request: SignedInRequest) -> HttpResponse:
    """What is unusual about the order as typed so far."""
    found = hints_of(request, request.POST.get("customer_phone", ""), typed_rows(request.POST))
    return render(request, "orders/_hints.html", {"hints": found})
