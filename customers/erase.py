"""Forgetting who a customer is. That there was one, and what they ordered, stays.

The orders lie above; `orders.people.erase` clears them in the same transaction and is the verb to call.
"""

import pgtrigger
from django.db.models import F, QuerySet
from django.utils import timezone

from customers.event import record
from customers.models import (
    Address,
    Contact,
    Customer,
    CustomerEvent,
    CustomerIdentity,
    CustomerMerge,
)
from oms.models import User
from oms.search import grams

_BLANK = {"about": "", "changes": {}, "values": {}}


def everybody_in(customer_id: int) -> list[int]:
    """The customer, and all who were merged into them."""
    found = [customer_id]
    newest = found
    while newest:
        into = Customer.objects.filter(pk__in=_merged_into(newest).values("merged"))
        newest = list(into.values_list("pk", flat=True))
        found += newest
    return found


def _merged_into(ids: list[int]) -> QuerySet[CustomerMerge]:
    return CustomerMerge.objects.filter(survivor__in=ids, undone_at=None)


def forget(customer_ids: list[int], *, actor: User | None) -> None:
    """Clear the rows of these customers; the history keeps who did what when, but not the values."""
    for model in (Contact, Address, CustomerIdentity):
        model._default_manager.filter(customer__in=customer_ids).delete()
    for pk in customer_ids:
        name = f"#{pk}"
        Customer.objects.filter(pk=pk).update(
            name=name, search_grams=grams(name), phone="", email="", tags=[], note="", consents=[],
            blocked_reason="", erased_at=timezone.now(), version=F("version") + 1,
        )  # fmt: skip
    CustomerMerge.objects.filter(survivor__in=customer_ids).update(fields={})
    # The one exception to "never changed": the law asks for it. What happened, and when, is kept.
    with pgtrigger.ignore("customers.CustomerEvent:append_only"):
        CustomerEvent.objects.filter(customer__in=customer_ids).update(data=_BLANK)
    for pk in customer_ids:
        record(pk, "erased", actor)
