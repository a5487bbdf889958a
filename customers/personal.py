"""All that is kept about a customer as a person, to be handed to them."""

from typing import Any

from django.db import transaction

from customers import addresses, contacts
from customers.entries import values_of
from customers.event import record
from customers.history import more_personal_data
from customers.models import Customer
from oms.models import User

_OWN = ("kind", "name", "phone", "email", "level", "tags", "note", "consents", "created_at")
# What people wrote about the customer goes out as well; who of us wrote it does not.
_EVENT = ("kind", "created_at", "data")


def export_personal_data(customer: Customer, *, actor: User) -> dict[str, Any]:
    """Gathers the data and writes down that it was handed out. Plain values, ready for JSON."""
    with transaction.atomic():
        data = {
            "customer": {"id": customer.pk} | {name: getattr(customer, name) for name in _OWN},
            "contacts": [values_of(one, contacts.FIELDS) for one in customer.contacts.all()],
            "addresses": [values_of(one, addresses.FIELDS) for one in customer.addresses.all()],
            "recognised_by": list(customer.identities.values_list("key", flat=True)),
            "history": list(customer.events.order_by("pk").values(*_EVENT)),
            **more_personal_data(customer.pk),
        }
        record(customer.pk, "exported", actor)
    return data
