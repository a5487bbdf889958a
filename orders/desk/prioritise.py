"""How soon an order is served, by the word of a person."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from oms.errors import FieldError, InvalidInput
from oms.models import User
from oms.sql import int_array, query
from orders import nudge
from orders.outcome import Outcome
from orders.review.rules.text import Priority
from orders.states import CLOSED
from orders.transition import record

_LOCK = """
SELECT o.id, o.number, o.status, o.priority FROM orders_order o
WHERE o.id = ANY(%s::bigint[]) ORDER BY o.id FOR NO KEY UPDATE
"""
_SET = "UPDATE orders_order SET priority = %s WHERE id = ANY(%s::bigint[])"


def prioritise(order_ids: Sequence[int], *, priority: int, actor: User | None) -> Outcome:
    """Serve these orders before or after others from now on. Raises InvalidInput for a priority that there is not.

    A rule that marks orders may change it again when it judges the order anew.
    """
    if priority not in Priority.values:
        words = _("Choose urgent, high, normal or low.")
        raise InvalidInput([FieldError("priority", "unknown", words, priority)])
    outcome = Outcome(refused=dict.fromkeys(order_ids, _("There is no such order.")))
    with transaction.atomic():
        changing = []
        for pk, number, status, stood in query(_LOCK, [int_array(order_ids)]):
            if status in CLOSED:
                outcome.refused[pk] = _("%s is closed: nothing is served for it any more.") % number
                continue
            del outcome.refused[pk]
            outcome.done.append(pk)
            if stood != priority:
                changing.append(pk)
        query(_SET, [priority, int_array(changing)])
        record(changing, kind="prioritised", actor=actor, data={"priority": priority})
    nudge.after_commit()
    return outcome
