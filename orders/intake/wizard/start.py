"""Step 4: the import itself, by whoever comes first: the request that started it, a worker, the page, or the sweep.

One at a time, held by a lock of the session, so that a process that is killed lets go of it. The engine goes on where
it was stopped.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import orjson
from django.db import connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from oms.errors import NotPossible, Refused
from oms.language import language_of
from oms.models import User
from oms.sql import query
from oms.tables.table import NumberedRow, Table
from orders.intake.files.run import Source, take_in
from orders.intake.models import ImportBatch
from orders.intake.wizard.changing import changing
from orders.intake.wizard.models import ImportDraft
from orders.intake.wizard.understood import understood
from orders.nudge import after_commit_import

_LOCK = 0x495744  # distinguishes our advisory locks: "IWD"
_PAGE = 2_000

_NEXT = """
SELECT row_no, coalesce(nullif(corrected, ''), raw) FROM orders_importdraftrow
WHERE draft_id = %s AND row_no > %s ORDER BY row_no LIMIT %s
"""
# What was rejected can be corrected and imported again; the rest is done.
_SETTLE = """
UPDATE orders_importdraftrow r SET problems = '[]',
  state = CASE i.outcome WHEN 'rejected' THEN 'unchecked' WHEN 'duplicate' THEN 'here' ELSE 'taken_in' END
FROM orders_importrow i WHERE r.draft_id = %s AND i.batch_id = %s AND i.row_no = r.row_no
"""


def start(draft_id: int, *, user: User, version: int) -> None:
    """Let the import begin. Starting twice is starting once. Raises as `changing` does when it was changed since."""
    with transaction.atomic():
        draft = ImportDraft.objects.select_for_update(no_key=True).get(pk=draft_id)
        if draft.started_at is not None:
            return
        if understood(draft) is None:
            raise NotPossible(_("Match the columns first."), code="no_columns")
        changing(draft_id, user=user, version=version)
        ImportDraft.objects.filter(pk=draft_id).update(
            started_at=timezone.now(), started_by=user, failure=""
        )
        after_commit_import()


def run_waiting() -> None:
    """Finish every import that was started, the oldest first."""
    waiting = ImportDraft.objects.filter(started_at__isnull=False).order_by("pk")
    for draft_id in waiting.values_list("pk", flat=True):
        run_import(draft_id)


def run_import(draft_id: int) -> None:
    """Take the draft in, or go on with it; nothing when somebody else is at it or it is done."""
    with _alone_with(draft_id) as is_alone:
        draft = (
            ImportDraft.objects.select_related("started_by")
            .filter(pk=draft_id, started_at__isnull=False)
            .first()
        )
        if not is_alone or draft is None or draft.started_by is None:
            return
        with translation.override(language_of(draft.started_by) or translation.get_language()):
            try:
                batch = _taken_in(draft, draft.started_by)
            except Refused as refusal:
                _stop(draft, refusal.message)
            else:
                _finish(draft, batch)


def _taken_in(draft: ImportDraft, user: User) -> ImportBatch:
    known = understood(draft)
    if not (user.is_active and user.has_perm("orders.import_orders")):
        raise NotPossible(_("The right to do this was taken away meanwhile."))
    if known is None:
        raise NotPossible(_("Match the columns first."))
    source = Source(
        draft.file_name, draft.file_hash, Table(draft.header, _rows_of(draft)), known.preset, known.columns,
        draft.channel,
    )  # fmt: skip
    return take_in(source, actor=user, tell=_silent)


def _rows_of(draft: ImportDraft) -> Iterator[NumberedRow]:
    """The rows as they were received or corrected, some thousand at a time."""
    last = 0
    while page := query(_NEXT, [draft.pk, last, _PAGE]):
        for row_no, raw in page:
            yield row_no, orjson.loads(raw)
        last = page[-1][0]


def _finish(draft: ImportDraft, batch: ImportBatch) -> None:
    with transaction.atomic():
        query(_SETTLE, [draft.pk, batch.pk])
        ImportDraft.objects.filter(pk=draft.pk).update(started_at=None, batch=batch)


def _stop(draft: ImportDraft, words: str) -> None:
    """Nothing more is done until somebody starts it again; what is in stays in."""
    ImportDraft.objects.filter(pk=draft.pk).update(started_at=None, failure=words[:300])


@contextmanager
def _alone_with(draft_id: int) -> Iterator[bool]:
    key = [_LOCK, draft_id]
    is_alone = bool(query("SELECT pg_try_advisory_lock(%s, %s)", key)[0][0])
    try:
        yield is_alone
    finally:
        if is_alone and not connection.needs_rollback:
            query("SELECT pg_advisory_unlock(%s, %s)", key)


def _silent(_words: str) -> None:
    """Whoever watches reads how far it is from the rows."""
