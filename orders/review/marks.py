"""What rules leave on orders besides their decision: tags, an owner, a word to colleagues, priority, ship complete."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from oms.models import User
from oms.sql import int_array, query
from orders.desk.notes.assign import assign_free_orders
from orders.desk.notes.models import Mention
from orders.desk.notes.tag import tag_orders
from orders.models.order import Order
from orders.review.rules.text import Marks
from orders.transition import record

RULES = "rules"

# A mark that the order bears already writes nothing: judging twice leaves no second trace.
_SET = """
UPDATE orders_order SET priority = coalesce(%(priority)s, priority),
  ship_complete = coalesce(%(ship_complete)s, ship_complete)
WHERE id = ANY(%(ids)s::bigint[]) AND (priority <> coalesce(%(priority)s, priority)
  OR ship_complete <> coalesce(%(ship_complete)s, ship_complete))
RETURNING id
"""
_NOT_TOLD = """
SELECT o.id FROM unnest(%s::bigint[]) AS o (id) WHERE NOT EXISTS (
  SELECT FROM orders_orderevent e WHERE e.order_id = o.id AND e.kind = 'notified' AND e.data -> 'people' @> %s::jsonb)
ORDER BY o.id
"""


def leave_marks(marked: Iterable[tuple[Marks, Sequence[int]]]) -> None:
    """Each of `marked` are marks and the orders they are for; these are locked by the caller."""
    by_marks = defaultdict[Marks, list[int]](list)
    for marks, order_ids in marked:
        if marks:
            by_marks[marks] += order_ids
    for marks, ids in by_marks.items():
        _set(marks, ids)
        for tag in marks.tags:
            tag_orders(ids, tag, actor=None, actor_name=RULES)
        people = User.objects.in_bulk([*marks.notify, *([marks.owner] if marks.owner else [])])
        owner = people.get(marks.owner) if marks.owner else None
        if owner:
            assign_free_orders(ids, owner=owner, actor_name=RULES)
        for pk in marks.notify:
            if pk in people:
                _tell(people[pk], ids)


def _set(marks: Marks, ids: Sequence[int]) -> None:
    wanted = {"priority": marks.priority, "ship_complete": marks.ship_complete}
    if wanted == {"priority": None, "ship_complete": None}:
        return
    changed = [row[0] for row in query(_SET, {**wanted, "ids": int_array(ids)})]
    data = {name: value for name, value in wanted.items() if value is not None}
    record(changed, kind="marked", actor=None, actor_name=RULES, data=data)


def _tell(person: User, ids: Sequence[int]) -> None:
    """The orders that the person may see show up on their bell, each once."""
    if not (person.is_active and person.has_perm("orders.view_order")):
        return
    visible = Order.objects.visible_to(person).filter(pk__in=ids).values_list("pk", flat=True)
    new = [row[0] for row in query(_NOT_TOLD, [int_array(visible), str(person.pk)])]
    data = {"people": [person.pk], "names": [person.display_name]}
    events = record(new, kind="notified", actor=None, actor_name=RULES, data=data)
    Mention.objects.bulk_create(
        Mention(user=person, order_id=order_id, event_id=event_id)
        for order_id, event_id in zip(new, events, strict=True)
    )
