"""Blocking a customer: orders still come in, rules and people see the block and why."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from customers.event import record
from customers.lock import lock
from customers.models import Customer
from oms.errors import FieldError, InvalidInput, NotPossible
from oms.models import User
from oms.texts import check_text

LONGEST = 300
BLOCKED = Customer.Level.BLOCKED


def block_customer(customer_id: int, reason: str, *, actor: User | None) -> Customer:
    """Raises InvalidInput without a reason, NotPossible when the customer is blocked already."""
    reason = reason.strip()
    errors = list(check_text("reason", reason, LONGEST))
    if not reason:
        errors.append(FieldError("reason", "blank", _("Write why the customer is blocked.")))
    if errors:
        raise InvalidInput(errors)
    with transaction.atomic():
        customer = lock(customer_id)
        if customer.is_blocked:
            raise NotPossible(_("The customer is blocked already. Nothing was changed."))
        _set(customer, level=BLOCKED, level_before=customer.level, blocked_reason=reason)
        record(customer.pk, "blocked", actor, text=reason)
    return customer


def unblock_customer(customer_id: int, *, actor: User | None) -> Customer:
    """The level from before the block comes back. Raises NotPossible when there is no block."""
    with transaction.atomic():
        customer = lock(customer_id)
        if not customer.is_blocked:
            raise NotPossible(_("The customer is not blocked any more. Nothing was changed."))
        _set(customer, level=customer.level_before, blocked_reason="")
        record(customer.pk, "unblocked", actor)
    return customer


def _set(customer: Customer, **values: str) -> None:
    Customer.objects.filter(pk=customer.pk).update(**values, version=F("version") + 1)
    for name, value in values.items():
        setattr(customer, name, value)
