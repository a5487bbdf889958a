"""Acts on the goods and parcels of many orders, as bulk jobs ask for them."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from oms.errors import FieldError, InvalidInput
from oms.models import User
from oms.sql import int_array, query
from orders.desk.prioritise import prioritise
from orders.outcome import Outcome
from orders.review.rules.text import Priority

# The priority before the last word of a person.
_BEFORE = """
SELECT o.id, coalesce((
  SELECT (e.data ->> 'priority')::int FROM orders_orderevent e
  WHERE e.order_id = o.id AND e.kind IN ('marked', 'prioritised') AND e.data ? 'priority'
  ORDER BY e.id DESC OFFSET 1 LIMIT 1), 0)
FROM orders_order o WHERE o.id = ANY(%s::bigint[])
"""


def priority_named(text: str, _actor: User) -> str:
    """A priority as the job keeps it: its number. Raises InvalidInput for any other word."""
    for one in Priority:
        if text.strip().casefold() in (
            str(one.value),
            one.name.casefold(),
            str(one.label).casefold(),
        ):
            return str(one.value)
    words = _("Choose urgent, high, normal or low.")
    raise InvalidInput([FieldError("reason", "unknown", words, text)])


def set_priority(order_ids: Sequence[int], actor: User, priority: str) -> Outcome:
    return prioritise(order_ids, priority=int(priority), actor=actor)


def priority_before(order_ids: Sequence[int], actor: User, _priority: str) -> Outcome:
    """Undo it: each order has the priority that it had before."""
    outcome, by_priority = Outcome(), dict[int, list[int]]()
    for pk, before in query(_BEFORE, [int_array(order_ids)]):
        by_priority.setdefault(before, []).append(pk)
    for before, ids in sorted(by_priority.items()):
        one = prioritise(ids, priority=before, actor=actor)
        outcome.done += one.done
        outcome.refused |= one.refused
    outcome.done.sort()
    return outcome
