"""What a customer agreed to: by which ways we may tell them of offers."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from customers.event import record
from customers.lock import lock
from customers.models import Customer
from oms.errors import FieldError, InvalidInput
from oms.models import User


def set_consents(customer_id: int, ways: Iterable[str], *, actor: User | None) -> bool:
    """Write down exactly these consents; whether something changed. Raises InvalidInput for a way that is none."""
    wanted = set(ways)
    known = Customer.Consent.values
    if not wanted <= set(known):
        words = _("Choose one of: %s.") % ", ".join(known)
        raise InvalidInput([FieldError("consents", "unknown", words)])
    now = [way for way in known if way in wanted]
    with transaction.atomic():
        customer = lock(customer_id)
        if customer.consents == now:
            return False
        record(
            customer.pk, "consents_changed", actor, changes={"consents": [customer.consents, now]}
        )
        customer.consents = now
        customer.save(update_fields=["consents"])
    return True
