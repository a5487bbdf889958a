"""A customer whom somebody enters before the first order."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from customers.edit import check_field, check_level
from customers.identity import phone_key
from customers.models import Customer, CustomerIdentity
from oms.errors import Conflict, InvalidInput
from oms.search import grams


def create_customer(values: dict[str, Any]) -> Customer:
    """Write a customer with these values of `customers.edit.EDITABLE`; the phone recognises them.

    Raises InvalidInput with every wrong field, Conflict when the phone is another customer's.
    """
    errors = [error for name, value in values.items() for error in check_field(name, value)]
    errors += check_level(Customer.Level.NORMAL, values.get("level", Customer.Level.NORMAL))
    if errors:
        raise InvalidInput(errors)
    key = phone_key(values.get("phone", ""))
    with transaction.atomic():
        customer = Customer.objects.create(**values, search_grams=grams(values["name"]))
        if key and not _claim(customer, key):
            raise Conflict(_("Another customer already has the phone %s.") % values["phone"])
    customer.refresh_from_db()
    return customer


def _claim(customer: Customer, key: str) -> bool:
    CustomerIdentity.objects.bulk_create(
        [CustomerIdentity(customer=customer, key=key)], ignore_conflicts=True
    )
    return CustomerIdentity.objects.filter(key=key, customer=customer).exists()
