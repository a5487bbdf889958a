"""Jobs that follow from a job: one that takes it back, one for the orders that stayed as they were."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from oms.errors import NotPossible
from oms.sql import query
from orders.desk.bulk.acts import ACTS
from orders.desk.bulk.models import BulkItem, BulkJob
from orders.desk.bulk.prepare import prepare

UNDO_WITHIN = timedelta(hours=24)

_SAME_ORDERS = """
INSERT INTO orders_bulkitem (job_id, order_id)
SELECT %s, order_id FROM orders_bulkitem WHERE job_id = %s AND state = 'done' ORDER BY order_id
"""


def undo_job(job: BulkJob) -> BulkJob:
    """A confirmed job that takes back what `job` did; run it next.

    Raises NotPossible for what cannot be taken back, was taken back already, or is a day old.
    """
    act = ACTS[job.act]
    if not act.undo or job.finished_at is None:
        raise NotPossible(_("This cannot be taken back."), code="no_undo")
    if timezone.now() - job.finished_at > UNDO_WITHIN:
        raise NotPossible(
            _("This was done more than 24 hours ago. Change the orders one by one."), code="too_old"
        )
    try:
        with transaction.atomic():
            undoing = BulkJob.objects.create(
                user=job.user,
                act=act.undo,
                reason=job.reason,
                back=job.back,
                undoes=job,
                confirmed_at=timezone.now(),
            )
            query(_SAME_ORDERS, [undoing.pk, job.pk])
    except IntegrityError as error:  # each job is undone once
        raise NotPossible(_("This was taken back already."), code="undone") from error
    return undoing


def retry_job(job: BulkJob) -> BulkJob:
    """A new job, still to be confirmed, over the orders of `job` that were refused. Raises NotPossible without any."""
    refused = job.items.filter(state=BulkItem.State.REFUSED)
    ids = list(refused.values_list("order_id", flat=True))
    return prepare(job.act, ids, user=job.user, reason=job.reason, back=job.back)
