"""One tag on or off a customer, without opening the whole form."""

from django.db import transaction
from django.utils.translation import gettext as _

from customers.edit import check_field
from customers.event import record
from customers.lock import lock
from customers.models import Customer
from oms.errors import FieldError, InvalidInput
from oms.models import User
from oms.search import fold


def tag_customer(customer_id: int, word: str, *, actor: User | None) -> str | None:
    """Put the tag on; None when it was there already, in whatever letters. Raises InvalidInput."""
    tag = " ".join(word.replace("\x00", "").split())
    if not tag:
        raise InvalidInput(
            [FieldError("tag", "blank", _("Write the tag first, one word or a few."))]
        )
    with transaction.atomic():
        customer = lock(customer_id)
        if fold(tag) in map(fold, customer.tags):
            return None
        tags = [*customer.tags, tag]
        errors = list(check_field("tags", tags))
        if errors:
            raise InvalidInput([FieldError("tag", one.code, one.message) for one in errors])
        _save(customer, tags)
        record(customer.pk, "tagged", actor, about=tag)
    return tag


def untag_customer(customer_id: int, tag: str, *, actor: User | None) -> bool:
    """Take the tag off; whether it was there."""
    with transaction.atomic():
        customer = lock(customer_id)
        if tag not in customer.tags:
            return False
        _save(customer, [one for one in customer.tags if one != tag])
        record(customer.pk, "untagged", actor, about=tag)
    return True


def _save(customer: Customer, tags: list[str]) -> None:
    customer.tags = tags
    customer.version += 1
    customer.save(update_fields=["tags", "version"])
