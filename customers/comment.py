"""What people say about a customer: a note, or a complaint of the customer's. Written for good."""

from django.db import transaction
from django.utils.translation import gettext as _

from customers.event import record
from customers.lock import lock
from oms.errors import FieldError, InvalidInput
from oms.models import User

LONGEST = 2000


def comment_on(
    customer_id: int, text: str, *, is_complaint: bool = False, actor: User | None
) -> None:
    """Raises InvalidInput for an empty or too long text, Customer.DoesNotExist, NotPossible (merged)."""
    text = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").strip()
    if not text:
        raise InvalidInput([FieldError("text", "blank", _("Write the note first."))])
    if len(text) > LONGEST:
        words = _("Shorten the note to %(most)d characters; it has %(count)d.")
        values = {"most": LONGEST, "count": len(text)}
        raise InvalidInput([FieldError("text", "too_long", words % values, text[:80])])
    with transaction.atomic():
        lock(customer_id)
        record(customer_id, "complained" if is_complaint else "commented", actor, text=text)
