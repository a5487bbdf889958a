"""The people to call at a customer. Each verb leaves an event."""

from django.db import transaction

from customers.entries import Values, check, remove, save_changes
from customers.event import record
from customers.lock import lock
from customers.models import Contact
from oms.models import User

FIELDS = ("name", "role", "phone", "email")


def add_contact(customer_id: int, values: Values, *, actor: User | None) -> Contact:
    """Raises InvalidInput, Customer.DoesNotExist."""
    check(Contact, FIELDS, {"name": ""} | values)
    with transaction.atomic():
        lock(customer_id)
        contact = Contact.objects.create(customer_id=customer_id, **values)
        record(customer_id, "contact_added", actor, about=contact.name, values=values)
    return contact


def change_contact(
    customer_id: int, contact_id: int, changes: Values, *, was: Values, actor: User | None
) -> None:
    """`was`: the fields as the person read them. Raises InvalidInput, Stale, Contact.DoesNotExist."""
    check(Contact, FIELDS, changes)
    with transaction.atomic():
        lock(customer_id)
        contact = Contact.objects.get(pk=contact_id, customer_id=customer_id)
        changed = save_changes(contact, changes, was)
        if changed:
            record(customer_id, "contact_changed", actor, about=contact.name, changes=changed)


def remove_contact(customer_id: int, contact_id: int, *, actor: User | None) -> None:
    """Raises Contact.DoesNotExist."""
    with transaction.atomic():
        lock(customer_id)
        contact = Contact.objects.get(pk=contact_id, customer_id=customer_id)
        remove(contact, "contact_removed", FIELDS, actor)
