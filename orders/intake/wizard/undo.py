"""Taking an import back within a day: its orders are cancelled again, but for those that somebody worked on."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from oms.errors import NotPossible
from oms.models import User
from oms.sql import query, rows_json
from orders.desk.bulk.models import BulkJob
from orders.desk.untouched import touched
from orders.intake.models import ImportBatch
from orders.models import Order

UNDO_WITHIN = timedelta(hours=24)
# What can be taken back on a screen is what can be imported on one.
_LARGEST = 20_000

# Orders of documents that this import placed; what was here before it is none of its.
_PLACED = """
SELECT o.id FROM (
  SELECT DISTINCT document FROM orders_importrow
  WHERE batch_id = %s AND document_kind = 'order' AND outcome IN ('goods', 'charge')
) mine JOIN orders_order o ON o.external_no = mine.document AND o.channel_id = %s ORDER BY o.id
"""
_ITEMS = """
INSERT INTO orders_bulkitem (job_id, order_id, state, words)
SELECT %s, order_id, CASE WHEN words = '' THEN 'waiting' ELSE 'left_out' END, left(words, 300)
FROM json_to_recordset(%s) AS i(order_id bigint, words text)
"""


def can_undo(batch: ImportBatch) -> bool:
    """Whether the import is one that can be taken back now, whoever asks."""
    return bool(
        batch.finished_at
        and batch.status == ImportBatch.Status.FINISHED
        and batch.undone_by_id is None
        and batch.rows_total <= _LARGEST
        and timezone.now() - batch.finished_at <= UNDO_WITHIN
        and batch.account.get("documents", {}).get("orders")
    )


def undo_import(batch_id: int, *, user: User) -> BulkJob:
    """A confirmed job that cancels the untouched orders of the import; run it next. The others are listed in it.

    Raises NotPossible for an import that cannot be taken back, was taken back, or has orders that `user` cannot see.
    """
    with transaction.atomic():
        batch = ImportBatch.objects.select_for_update(no_key=True).get(pk=batch_id)
        if batch.undone_by_id is not None:
            raise NotPossible(_("This was taken back already."), code="undone")
        if not can_undo(batch):
            raise NotPossible(
                _(
                    "An import can be taken back for 24 hours after it was finished. Change the orders one by one."
                ),
                code="too_old",
            )
        ids = [row[0] for row in query(_PLACED, [batch.pk, batch.channel_id])]
        if Order.objects.visible_to(user).filter(pk__in=ids).count() < len(ids):
            raise NotPossible(
                _(
                    "Some of its orders are in warehouses that you do not see. Ask somebody who sees them all."
                ),
                code="not_all_seen",
            )
        why = touched(ids)
        job = BulkJob.objects.create(
            user=user,
            act="undo_import",
            reason=_("Import of %s taken back") % batch.file_name[:200],
            back=f"/import/{batch.pk}/",
            confirmed_at=timezone.now(),
        )
        rows = [{"order_id": pk, "words": why.get(pk, "")} for pk in ids]
        query(_ITEMS, [job.pk, rows_json(rows)])
        batch.undone_by = job
        batch.save(update_fields=["undone_by"])
    return job
