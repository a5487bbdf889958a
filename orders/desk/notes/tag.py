from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from oms.errors import FieldError, InvalidInput
from oms.folded import Folded
from oms.models import User
from oms.search import fold
from oms.sql import int_array, query
from orders.desk.notes.models import Tag
from orders.transition import record

LONGEST = 30

_PUT_ON = """
INSERT INTO orders_ordertag (order_id, tag_id)
SELECT id, %s FROM unnest(%s::bigint[]) AS id ORDER BY id
ON CONFLICT DO NOTHING RETURNING order_id
"""
_TAKE_OFF = """
DELETE FROM orders_ordertag WHERE tag_id = %s AND order_id = ANY(%s::bigint[]) RETURNING order_id
"""


def tag_orders(
    order_ids: Iterable[int], word: str, *, actor: User | None, actor_name: str = "system"
) -> tuple[Tag, list[int]]:
    """Mark orders with a word, a new one or one that is there; gives the tag and the orders that did not have it yet.

    Raises InvalidInput for no word, or a too long one.
    """
    name = tag_name(word)
    with transaction.atomic():
        tag = _tag_named(name)
        marked = _change(_PUT_ON, tag, order_ids, "tagged", actor, actor_name)
    return tag, marked


def untag_orders(order_ids: Iterable[int], tag: Tag, *, actor: User) -> list[int]:
    """Take a tag off orders; gives those that had it."""
    with transaction.atomic():
        return _change(_TAKE_OFF, tag, order_ids, "untagged", actor)


def tag_called(word: str) -> Tag | None:
    """The tag of this name, however it is spelled; None when there is none."""
    return Tag.objects.annotate(folded=Folded("name")).filter(folded=fold(word)).first()


def _change(
    statement: str,
    tag: Tag,
    order_ids: Iterable[int],
    kind: str,
    actor: User | None,
    actor_name: str = "system",
) -> list[int]:
    changed = sorted(row[0] for row in query(statement, [tag.pk, int_array(order_ids)]))
    data = {"tag": tag.name, "tag_id": tag.pk}
    record(changed, kind=kind, actor=actor, actor_name=actor_name, data=data)
    return changed


def tag_name(word: str) -> str:
    """The word as a tag is named. Raises InvalidInput for no word, or a too long one."""
    name = " ".join(word.replace("\x00", "").split())
    if not name:
        raise InvalidInput(
            [FieldError("tag", "blank", _("Write the tag first, one word or a few."))]
        )
    if len(name) > LONGEST:
        words = _("Shorten the tag to %d characters.") % LONGEST
        raise InvalidInput([FieldError("tag", "too_long", words, name[:80])])
    return name


def _tag_named(name: str) -> Tag:
    same = Tag.objects.annotate(folded=Folded("name")).filter(folded=fold(name))
    tag = same.first()
    if tag is None:
        # Somebody may be making the same one at this moment.
        Tag.objects.bulk_create([Tag(name=name)], ignore_conflicts=True)
        tag = same.get()
    return tag
