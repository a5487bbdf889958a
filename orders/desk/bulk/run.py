"""Doing a confirmed bulk job, piece by piece: each piece is one transaction, so that nothing is done twice or half.

Whoever comes first does the next piece: the request that confirmed, a worker, or the sweep. With the broker gone the
job goes on all the same.
"""

import time
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from oms.language import language_of
from oms.models import User
from oms.sql import int_array, query, rows_json
from orders.desk.bulk.acts import ACTS, BulkAct
from orders.desk.bulk.models import BulkItem, BulkJob
from orders.exceptions.refresh import refresh_exceptions
from orders.outcome import Outcome

PIECE = 250

_WRITE_DOWN = """
UPDATE orders_bulkitem i SET state = w.state, words = left(w.words, 300)
FROM json_to_recordset(%s) AS w(order_id bigint, state text, words text)
WHERE i.job_id = %s AND i.order_id = w.order_id
"""
_LEAVE_OUT = """
UPDATE orders_bulkitem SET state = 'left_out', words = %s
WHERE job_id = %s AND order_id = ANY(%s::bigint[]) AND state = 'waiting'
"""


def confirm(job: BulkJob, *, leave_out: Iterable[int] = (), reason: str = "") -> None:
    """Let it run, without the orders in `leave_out`. Confirming twice is confirming once."""
    with transaction.atomic():
        query(_LEAVE_OUT, [_("Left out by hand"), job.pk, int_array(leave_out)])
        BulkJob.objects.filter(pk=job.pk, confirmed_at__isnull=True).update(
            confirmed_at=timezone.now(), reason=reason or job.reason
        )


def run_for(job_id: int, seconds: float) -> None:
    """Do pieces of the job until it is finished or the time is up; at least one."""
    until = time.monotonic() + seconds
    while run_piece(job_id) and time.monotonic() < until:
        pass


def run_waiting() -> None:
    """Finish every confirmed job, the oldest first."""
    waiting = BulkJob.objects.filter(confirmed_at__isnull=False, finished_at__isnull=True)
    for job_id in waiting.order_by("pk").values_list("pk", flat=True):
        while run_piece(job_id):
            pass


def run_piece(job_id: int) -> bool:
    """Do the next piece; False when nothing is left to do here, or somebody else is doing it."""
    with transaction.atomic():
        job = (
            BulkJob.objects.select_related("user")
            .select_for_update(skip_locked=True, no_key=True, of=("self",))
            .filter(pk=job_id, confirmed_at__isnull=False, finished_at__isnull=True)
            .first()
        )
        if job is None:
            return False
        waiting = job.items.filter(state=BulkItem.State.WAITING).order_by("order_id")
        ids = list(waiting.values_list("order_id", flat=True)[:PIECE])
        if not ids:
            BulkJob.objects.filter(pk=job.pk).update(finished_at=timezone.now())
            return False
        with translation.override(language_of(job.user) or translation.get_language()):
            outcome = _do(ACTS[job.act], ids, job.user, job.reason)
        query(_WRITE_DOWN, [rows_json(_rows(outcome)), job.pk])
        # Who did this looks at the exceptions next.
        refresh_exceptions(outcome.done, actor=job.user)
    return True


def _do(act: BulkAct, ids: list[int], user: User, reason: str) -> Outcome:
    if not (user.is_active and act.may(user)):
        words = _("The right to do this was taken away meanwhile.")
        return Outcome(refused=dict.fromkeys(ids, words))
    return act.verb(ids, user, reason)


def _rows(outcome: Outcome) -> list[dict[str, object]]:
    done = [
        {"order_id": pk, "state": "done", "words": outcome.told.get(pk, "")} for pk in outcome.done
    ]
    refused = [
        {"order_id": pk, "state": "refused", "words": why} for pk, why in outcome.refused.items()
    ]
    return done + refused
