"""What contacts and addresses have in common: lists kept with a customer, written under the customer's lock."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.utils.translation import gettext as _

from customers.event import record
from customers.models import Address, Contact
from oms.errors import FieldError, InvalidInput, Stale
from oms.models import User
from oms.texts import check_text

Values = dict[str, Any]


def values_of(entry: Contact | Address, fields: tuple[str, ...]) -> Values:
    return {name: getattr(entry, name) for name in fields}


def check(model: type[Contact] | type[Address], fields: tuple[str, ...], values: Values) -> None:
    """Raise InvalidInput with every wrong field."""
    errors = [
        error for name, value in values.items() for error in _check(model, fields, name, value)
    ]
    if errors:
        raise InvalidInput(errors)


def _check(
    model: type[Contact] | type[Address], fields: tuple[str, ...], name: str, value: Any
) -> Iterator[FieldError]:
    if name not in fields:
        yield FieldError(name, "read_only", _("This field cannot be changed here."), value)
        return
    field = model._meta.get_field(name)
    if not isinstance(field, models.CharField):
        return
    yield from check_text(name, value, field.max_length or 0)
    if not field.blank and not value.strip():
        yield FieldError(name, "empty", _("Fill in this field."))
    if isinstance(field, models.EmailField) and value:
        try:
            validate_email(value)
        except ValidationError:
            words = _("Give an address such as name@example.com.")
            yield FieldError(name, "malformed", words, value[:80])


def save_changes(entry: Contact | Address, changes: Values, was: Values) -> dict[str, list[Any]]:
    """Write what differs, and return it as field → [old, new].

    Raises Stale when a field that changes no longer holds what it `was` when the person read it.
    """
    if any(getattr(entry, name) != was.get(name, getattr(entry, name)) for name in changes):
        raise Stale(
            _("Somebody changed this while you were writing. Look at it again."),
            theirs=values_of(entry, tuple(changes)),
            yours=changes,
        )
    changed = {
        name: [getattr(entry, name), value]
        for name, value in changes.items()
        if getattr(entry, name) != value
    }
    for name, (_old, new) in changed.items():
        setattr(entry, name, new)
    if changed:
        entry.save(update_fields=list(changed))
    return changed


def remove(
    entry: Contact | Address, kind: str, fields: tuple[str, ...], actor: User | None
) -> None:
    """Delete the entry; what it held stays in the history."""
    record(entry.customer_id, kind, actor, about=entry.name, values=values_of(entry, fields))
    entry.delete()
