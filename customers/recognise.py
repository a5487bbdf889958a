"""Customers known by a channel's number: found, or created when this is the first we hear of them."""

from collections.abc import Mapping

from customers.models import Customer, CustomerIdentity
from oms.search import grams


def recognise(names: Mapping[str, str]) -> dict[str, int]:
    """`names`: identity key → the name a new customer gets. Returns identity key → customer id, all of them.

    To be called inside a transaction. Raises IntegrityError when somebody else created one of them meanwhile.
    """
    found = dict(CustomerIdentity.objects.filter(key__in=names).values_list("key", "customer_id"))
    new = [key for key in names if key not in found]
    customers = Customer.objects.bulk_create(
        Customer(name=names[key][:120], search_grams=grams(names[key])) for key in new
    )
    CustomerIdentity.objects.bulk_create(
        CustomerIdentity(customer=customer, key=key)
        for key, customer in zip(new, customers, strict=True)
    )
    return found | {key: customer.pk for key, customer in zip(new, customers, strict=True)}
