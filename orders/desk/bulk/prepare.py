"""Making a bulk job: which orders it is about, and which of them it cannot move. Nothing happens to them yet."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from oms.errors import NotPossible
from oms.models import User
from oms.sql import int_array, query, rows_json
from orders.desk.bulk.acts import ACTS, BulkAct
from orders.desk.bulk.models import BulkJob
from orders.models import Order
from orders.states import OrderStatus

LARGEST = 10_000
LONGEST_BACK = 2_000
KEPT_UNCONFIRMED = timedelta(days=1)

_CHOOSE = """
INSERT INTO orders_bulkitem (job_id, order_id, state, words)
SELECT %(job)s, o.id, CASE WHEN why IS NULL THEN 'waiting' ELSE 'left_out' END, coalesce(why, '')
FROM orders_order o, LATERAL (SELECT %(why_not)s::jsonb ->> o.status AS why) w
WHERE o.id = ANY(%(orders)s::bigint[]) ORDER BY o.id
"""
_NOTE = """
UPDATE orders_bulkitem i SET words = left(w.words, 300), state = CASE WHEN w.stays THEN 'left_out' ELSE i.state END
FROM json_to_recordset(%s) AS w(order_id bigint, words text, stays bool)
WHERE i.job_id = %s AND i.order_id = w.order_id AND i.state = 'waiting'
"""


def prepare(
    act_name: str, order_ids: Sequence[int], *, user: User, reason: str, back: str
) -> BulkJob:
    """A job over those of the orders that `user` may see, in the state of being looked at.

    Raises NotPossible as `visible_among` does.
    """
    chosen = visible_among(order_ids, user)
    why_not = rows_json(_why_not(ACTS[act_name]))
    with transaction.atomic():
        job = BulkJob.objects.create(user=user, act=act_name, reason=reason, back=_fitting(back))
        query(_CHOOSE, {"job": job.pk, "why_not": why_not, "orders": int_array(chosen)})
        _look_ahead(job, chosen, user)
    return job


def _look_ahead(job: BulkJob, order_ids: Sequence[int], user: User) -> None:
    """Note what the act itself says of each order: those that it would refuse stay as they are."""
    look = ACTS[job.act].look
    if look is None:
        return
    seen = look(order_ids, user)
    rows = [
        {"order_id": pk, "words": words, "stays": stays}
        for words_by_order, stays in ((seen.refused, True), (seen.notes, False))
        for pk, words in words_by_order.items()
    ]
    if rows:
        query(_NOTE, [rows_json(rows), job.pk])


def _fitting(back: str) -> str:
    """A list's address cut short would be another list."""
    return back if len(back) <= LONGEST_BACK else ""


def visible_among(order_ids: Sequence[int], user: User) -> list[int]:
    """Those of the orders that `user` may see. Raises NotPossible when there are none, or more than LARGEST."""
    if len(order_ids) > LARGEST:
        raise NotPossible(
            _("These are more than %(largest)s orders. Narrow the list, then choose again.")
            % {"largest": f"{LARGEST:,}"},
            code="too_many",
        )
    visible = Order.objects.visible_to(user).filter(pk__in=order_ids)
    chosen = list(visible.values_list("pk", flat=True))
    if not chosen:
        raise NotPossible(_("Tick at least one order first."), code="nothing_chosen")
    return chosen


def _why_not(act: BulkAct) -> dict[str, str]:
    """For each status out of which the act does not lead: why, in words."""
    if act.target is None:
        return {}
    words = _("It is “%(status)s” and cannot become “%(target)s”.")
    return {
        status.value: words % {"status": status.label, "target": act.target.label}
        for status in OrderStatus
        if status not in act.sources
    }


def forget_unconfirmed() -> None:
    """Jobs that were looked at a day ago and never confirmed did nothing and are dropped."""
    BulkJob.objects.filter(
        confirmed_at__isnull=True, created_at__lt=timezone.now() - KEPT_UNCONFIRMED
    ).delete()
