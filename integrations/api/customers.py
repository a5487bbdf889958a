"""Customers: the list, one, new ones, changes."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from customers.create import create_customer
from customers.edit import edit_customer
from customers.listing import matching
from customers.models import Customer
from integrations.api import pages
from integrations.api.answers import answer
from integrations.api.caller import Needs, caller_of
from integrations.api.once import once
from integrations.api.problems import not_found
from integrations.api.schema.customers import (
    CustomerChanges,
    CustomerDetail,
    CustomerIn,
    CustomerPage,
)
from integrations.api.schema.filters import CustomerFilters

router = Router(tags=["customers"])
READ, WRITE = "customers:read", "customers:write"
_MAY_READ = Needs(READ, "customers.view_customer")

_SUMMARY = (
    "id", "name", "kind", "phone", "email", "level", "tags", "version", "created_at",
)  # fmt: skip
_ADDRESS = (
    "name", "phone", "country", "province", "city", "district", "street", "postcode", "is_default",
)  # fmt: skip
_CONTACT = ("name", "role", "phone", "email")


@router.get("/customers", auth=_MAY_READ, response=CustomerPage)
def list_customers(request: HttpRequest, filters: Query[CustomerFilters]) -> HttpResponse:
    """Customers, the newest first. `q` finds pieces of the name and the end of the phone."""
    pages.refuse_unknown(request, CustomerFilters)
    after = pages.decode_cursor(filters.cursor, int)
    rows = Customer.objects.all()
    for fragment in (filters.q, filters.phone):
        if fragment:
            rows = rows.filter(pk__in=matching(fragment).values("pk"))
    if after:
        rows = rows.filter(pk__lt=after[0])
    found = list(rows.order_by("-pk").values(*_SUMMARY)[: filters.limit + 1])
    return answer(pages.page(found, filters.limit, dict, lambda row: (row["id"],)))


@router.get("/customers/{int:customer_id}", auth=_MAY_READ, response=CustomerDetail)
def get_customer(request: HttpRequest, customer_id: int) -> HttpResponse:
    """One customer with contacts and addresses."""
    return answer(_show(_customer(customer_id)))


@router.post(
    "/customers", auth=Needs(WRITE, "customers.add_customer"), response={201: CustomerDetail}
)
@once
def add_customer(request: HttpRequest, payload: CustomerIn) -> HttpResponse:
    """Create a customer. 409 when the phone is another customer's."""
    return answer(_show(create_customer(payload.model_dump())), status=201)


@router.patch(
    "/customers/{int:customer_id}",
    auth=Needs(WRITE, "customers.change_customer"),
    response=CustomerDetail,
)
def change_customer(
    request: HttpRequest, customer_id: int, payload: CustomerChanges
) -> HttpResponse:
    """Change the fields that are sent; 409 shows both versions when somebody was faster."""
    changes = payload.sent()
    version = changes.pop("version")
    customer = edit_customer(
        _customer(customer_id).pk, version=version, changes=changes, actor=caller_of(request).user
    )
    return answer(_show(customer))


def _customer(customer_id: int) -> Customer:
    customer = Customer.objects.filter(pk=customer_id).first()
    if customer is None:
        raise not_found()
    return customer


def _show(customer: Customer) -> dict[str, Any]:
    return {name: getattr(customer, name) for name in _SUMMARY} | {
        "note": customer.note,
        "contacts": list(customer.contacts.order_by("pk").values(*_CONTACT)),
        "addresses": list(customer.addresses.order_by("pk").values(*_ADDRESS)),
    }
