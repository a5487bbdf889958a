"""Writing what is known of a customer."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from customers.event import record
from customers.identity import phone_key
from customers.lock import lock
from customers.models import Customer, CustomerIdentity
from oms.errors import FieldError, InvalidInput, Stale
from oms.models import User
from oms.search import grams

EDITABLE = ("kind", "name", "phone", "email", "level", "tags", "note", "credit_limit")
LONGEST = {"name": 120, "phone": 40, "email": 254, "note": 2000}
MOST_TAGS, TAG_LENGTH = 20, 40
MOST_CREDIT = Decimal(10) ** 12


def edit_customer(
    customer_id: int, *, version: int, changes: dict[str, Any], actor: User | None
) -> Customer:
    """Change fields of a customer as it was at `version`; a new phone is recognised from now on.

    Raises Stale with both versions when somebody was faster, InvalidInput with every wrong field, NotPossible for a
    customer who was merged into another.
    """
    with transaction.atomic():
        customer = lock(customer_id)
        errors = [error for name, value in changes.items() for error in check_field(name, value)]
        if errors:
            raise InvalidInput(errors)
        if customer.version != version:
            raise Stale(
                _("Somebody changed this customer while you were writing."),
                theirs={name: getattr(customer, name) for name in changes},
                yours=changes,
            )
        changed = {k: value for k, value in changes.items() if getattr(customer, k) != value}
        _require_no_block(customer, changed)
        if changed:
            told = {
                name: [_told(getattr(customer, name)), _told(value)]
                for name, value in changed.items()
            }
            record(customer.pk, "edited", actor, changes=told)
            _save(customer, changed)
    return customer


def _require_no_block(customer: Customer, changed: dict[str, Any]) -> None:
    errors = list(check_level(customer.level, changed["level"])) if "level" in changed else []
    if errors:
        raise InvalidInput(errors)


def check_level(old: str, new: str) -> Iterator[FieldError]:
    """Blocking needs a reason, and is told of: `customers.block` does it."""
    if old != new and Customer.Level.BLOCKED in (old, new):
        words = _("Use Block or Unblock on the customer's page; a reason belongs to it.")
        yield FieldError("level", "blocked", words, new)


def _save(customer: Customer, changed: dict[str, Any]) -> None:
    for name, value in changed.items():
        setattr(customer, name, value)
    customer.version += 1
    customer.search_grams = grams(customer.name)
    customer.save(update_fields=[*changed, "version", "search_grams"])
    key = phone_key(customer.phone)
    if "phone" in changed and key:
        # A number that another customer has already stays theirs.
        identity = CustomerIdentity(customer=customer, key=key)
        CustomerIdentity.objects.bulk_create([identity], ignore_conflicts=True)


def check_field(name: str, value: Any) -> Iterator[FieldError]:
    """What is wrong with a value of one of the EDITABLE fields."""
    if name not in EDITABLE:
        yield FieldError(name, "read_only", _("This field cannot be changed here."), value)
        return
    if name in _CHECKS:
        yield from _CHECKS[name](value)
        return
    if "\x00" in value:
        yield FieldError(name, "nul", _("Remove the NUL character from this text."))
    if len(value) > LONGEST.get(name, len(value)):
        yield FieldError(
            name, "too_long", _("Shorten this to %d characters.") % LONGEST[name], value[:80]
        )
    if name == "name" and not value.strip():
        yield FieldError(name, "empty", _("Give the customer a name."))
    choices = {"kind": Customer.Kind.values, "level": Customer.Level.values}.get(name)
    if choices and value not in choices:
        yield FieldError(name, "unknown", _("Choose one of: %s.") % ", ".join(choices), value)
    if name == "email" and value:
        yield from _check_email(value)


def _check_email(value: str) -> Iterator[FieldError]:
    try:
        validate_email(value)
    except ValidationError:
        yield FieldError(
            "email", "malformed", _("Give an address such as name@example.com."), value[:80]
        )


def _check_tags(tags: list[str]) -> Iterator[FieldError]:
    if len(tags) > MOST_TAGS:
        yield FieldError("tags", "too_many", _("Keep at most %d tags.") % MOST_TAGS, len(tags))
    for tag in tags:
        if len(tag) > TAG_LENGTH or "\x00" in tag:
            yield FieldError(
                "tags", "too_long", _("Shorten the tag to %d characters.") % TAG_LENGTH, tag[:80]
            )


def _check_credit(limit: Decimal | None) -> Iterator[FieldError]:
    if limit is None:
        return
    if not limit.is_finite() or not 0 <= limit < MOST_CREDIT:
        words = _("Give an amount of 0 or more, or leave it empty for no limit.")
        yield FieldError("credit_limit", "out_of_range", words, str(limit)[:40])
    elif limit != limit.quantize(Decimal("0.01")):
        words = _("Give the amount with at most two decimals.")
        yield FieldError("credit_limit", "too_precise", words, str(limit)[:40])


def _told(value: Any) -> Any:
    """As the history keeps it."""
    return str(value) if isinstance(value, Decimal) else value


_CHECKS: dict[str, Callable[[Any], Iterator[FieldError]]] = {
    "tags": _check_tags,
    "credit_limit": _check_credit,
}
