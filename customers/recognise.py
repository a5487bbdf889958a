"""Customers known by a channel's number: found, or created when this is the first we hear of them."""

from collections.abc import Mapping

from django.db import IntegrityError

from customers.models import Customer, CustomerIdentity
from oms.search import grams
from oms.sql import query

_TRIES = 4
# One who was merged while we waited for the lock is not among the rows: then the key leads to another one now.
_HOLD = """
SELECT id FROM customers_customer WHERE id = ANY(%s) AND merged_into_id IS NULL ORDER BY id FOR KEY SHARE
"""


def recognise(names: Mapping[str, str]) -> dict[str, int]:
    """`names`: identity key → the name a new customer gets. Returns identity key → customer id, all of them.

    To be called inside a transaction; none of them is merged into another before its end. Raises IntegrityError when
    somebody else created one of them meanwhile.
    """
    found = _found(list(names))
    new = [key for key in names if key not in found]
    customers = Customer.objects.bulk_create(
        Customer(name=names[key][:120], search_grams=grams(names[key])) for key in new
    )
    CustomerIdentity.objects.bulk_create(
        CustomerIdentity(customer=customer, key=key)
        for key, customer in zip(new, customers, strict=True)
    )
    return found | {key: customer.pk for key, customer in zip(new, customers, strict=True)}


def _found(keys: list[str]) -> dict[str, int]:
    for _attempt in range(_TRIES):
        rows = CustomerIdentity.objects.filter(key__in=keys).values_list("key", "customer_id")
        found = dict(rows)
        ids = set(found.values())
        if not ids or len(query(_HOLD, [list(ids)])) == len(ids):
            return found
    raise IntegrityError("customers are being merged faster than they can be looked up")
