from collections.abc import Sequence

from django.db import transaction

from oms.models import User
from oms.sql import int_array, query
from orders.exceptions.causes import CAUSES
from orders.transition import record

_DISMISS = """
UPDATE orders_orderexception
SET closed_at = now(), closed_how = 'dismissed', closed_by_id = %s, waiting_until = NULL
WHERE id = ANY(%s::bigint[]) AND closed_at IS NULL AND cause = ANY(%s) RETURNING order_id
"""


def dismiss(exception_ids: Sequence[int], *, actor: User) -> int:
    """Wave off what is no problem ("keep both"); gives how many. The same cause does not open again unless it changes.

    Only exceptions whose cause offers it; a missing address cannot be waved off.
    """
    offered = [cause.name for cause in CAUSES.values() if cause.can_be_dismissed]
    with transaction.atomic():
        rows = query(_DISMISS, [actor.pk, int_array(exception_ids), offered])
        orders = sorted({row[0] for row in rows if row[0] is not None})
        record(orders, kind="waved_off", actor=actor)
    return len(rows)
