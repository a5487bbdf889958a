"""The places a customer's parcels go to; at most one is the default. Each verb leaves an event."""

from django.db import transaction

from customers.entries import Values, check, remove, save_changes
from customers.event import record
from customers.lock import lock
from customers.models import Address
from oms.models import User

FIELDS = (
    "name", "phone", "country", "province", "city", "district", "street", "postcode", "is_default",
)  # fmt: skip


def add_address(customer_id: int, values: Values, *, actor: User | None) -> Address:
    """A new default takes the place of the old one. Raises InvalidInput, Customer.DoesNotExist."""
    check(Address, FIELDS, {"name": "", "street": ""} | values)
    with transaction.atomic():
        lock(customer_id)
        _make_room(customer_id, values)
        address = Address.objects.create(customer_id=customer_id, **values)
        record(customer_id, "address_added", actor, about=address.name, values=values)
    return address


def change_address(
    customer_id: int, address_id: int, changes: Values, *, was: Values, actor: User | None
) -> None:
    """`was`: the fields as the person read them. Raises InvalidInput, Stale, Address.DoesNotExist."""
    check(Address, FIELDS, changes)
    with transaction.atomic():
        lock(customer_id)
        address = Address.objects.get(pk=address_id, customer_id=customer_id)
        _make_room(customer_id, changes)
        changed = save_changes(address, changes, was)
        if changed:
            record(customer_id, "address_changed", actor, about=address.name, changes=changed)


def remove_address(customer_id: int, address_id: int, *, actor: User | None) -> None:
    """Orders keep their own copy of an address. Raises Address.DoesNotExist."""
    with transaction.atomic():
        lock(customer_id)
        address = Address.objects.get(pk=address_id, customer_id=customer_id)
        remove(address, "address_removed", FIELDS, actor)


def _make_room(customer_id: int, values: Values) -> None:
    """The database lets one address of a customer be the default."""
    if values.get("is_default"):
        Address.objects.filter(customer_id=customer_id, is_default=True).update(is_default=False)
