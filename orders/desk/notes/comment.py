from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from oms.errors import FieldError, InvalidInput
from oms.models import User
from orders.desk.notes.models import Mention
from orders.desk.notes.named import AT, named_in
from orders.desk.notes.people import who_may_see
from orders.transition import record

LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Written:
    """A comment: its event, and who is told of it."""

    event_id: int
    told: list[User]


def tidy(text: str) -> str:
    """`text` as it is kept: no NUL, no blanks around, lines end alike on every machine."""
    return text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").strip()


def comment_on(order_id: int, text: str, *, actor: User) -> Written:
    """Write a comment into the order's timeline, for good; colleagues named with @ are told.

    A name that is nobody's, or of somebody who may not see the order, stays plain text. Raises
    InvalidInput for an empty or too long text.
    """
    text = tidy(text)
    _require_a_length(text)
    told = _told(order_id, text, actor)
    mentioned = [{"id": user.pk, "username": user.username} for user in told]
    with transaction.atomic():
        (event_id,) = record(
            [order_id],
            kind="commented",
            actor=actor,
            data={"text": text, "mentioned": mentioned},
        )
        Mention.objects.bulk_create(
            Mention(user=user, order_id=order_id, event_id=event_id) for user in told
        )
    return Written(event_id, told)


def _require_a_length(text: str) -> None:
    if not text:
        raise InvalidInput([FieldError("text", "blank", _("Write the comment first."))])
    if len(text) > LONGEST:
        words = _("Shorten the comment to %(most)d characters; it has %(count)d.") % {
            "most": LONGEST,
            "count": len(text),
        }
        raise InvalidInput([FieldError("text", "too_long", words, text[:80])])


def _told(order_id: int, text: str, actor: User) -> list[User]:
    """The named colleagues; nobody is told of what they wrote themselves."""
    if not AT.search(text):
        return []
    people = {user.username: user for user in who_may_see(order_id)}
    found = (people[name] for name in named_in(text, people))
    return [user for user in found if user.pk != actor.pk]
