"""Takes the staged rows in, chunk by chunk. A chunk is one transaction: its orders, everything else its rows say, the
rows themselves with their outcomes, and how far the file is done. Killed at any instant, whole chunks remain.
"""

import gc
import io
import itertools
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from decimal import Decimal

from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from oms.errors import NotPossible
from oms.sql import query
from oms.tables.columns import Columns
from orders.intake.checks import MAX_LINES
from orders.intake.draft import ZERO
from orders.intake.files.document import REASON_LENGTH, Document, Intake
from orders.intake.files.goods import Goods
from orders.intake.files.memory import without_collection
from orders.intake.files.preset import Preset
from orders.intake.files.reading import NUMBER_LENGTH, DocumentReader
from orders.intake.files.settle import Booking, settle, write_off
from orders.intake.files.stage import StagedRow
from orders.intake.models import ImportBatch

CHUNK_ROWS = 8_000
_CHUNKS_BETWEEN_COLLECTIONS = 20
_TRIES = 4
_MOST = Decimal(10) ** 13

_COPY = """
COPY orders_importrow (batch_id, row_no, raw, outcome, reason, document, document_kind, quantity, amount, extra_amount)
FROM STDIN
"""
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\0": None})


Chunk = list[list[StagedRow]]


class Loader:
    """Takes one batch in."""

    def __init__(
        self, batch: ImportBatch, preset: Preset, intake: Intake, columns: Columns, booking: Booking
    ) -> None:
        self.batch = batch
        self.reader = DocumentReader(preset, intake, columns)
        self.booking = booking
        # What needs no database is done here while the server works.
        self.aside = ThreadPoolExecutor(1)
        self.language = translation.get_language()
        self.goods = Goods(intake.currency) if preset.creates_skus else None

    def load(self, rows: Iterable[StagedRow], tell: Callable[[int], None]) -> None:
        """Take in all of `rows`; `tell` hears after each chunk how many are done."""
        with without_collection(), self.aside, closing(self._read_ahead(rows)) as chunks:
            for number, (chunk, documents) in enumerate(chunks, start=1):
                self._take(chunk, documents)
                tell(self.batch.rows_done)
                if number % _CHUNKS_BETWEEN_COLLECTIONS == 0:
                    gc.collect()

    def _read_ahead(
        self, rows: Iterable[StagedRow]
    ) -> Generator[tuple[Chunk, list[Document]], None, None]:
        """Each chunk and its documents; the next one is read while the server works on this one."""
        waiting: list[tuple[Chunk, Future[list[Document]]]] = []
        for chunk in _chunks(rows):
            waiting.append((chunk, self.aside.submit(self._read_all, chunk)))
            if len(waiting) > 1:
                before, documents = waiting.pop(0)
                yield before, documents.result()
        for last, documents in waiting:
            yield last, documents.result()

    def _take(self, groups: Chunk, documents: list[Document]) -> None:
        for attempt in range(_TRIES):
            try:
                with transaction.atomic():
                    self._take_once(documents)
                break
            except (IntegrityError, OperationalError):
                # Somebody else created one of the same SKUs, customers or orders just now: look again.
                if attempt == _TRIES - 1 or connection.needs_rollback:
                    raise
                documents = self._read_all(groups)
        if self.goods:
            self.goods.settle(documents)
        self.batch.refresh_from_db(fields=["rows_done", "counters"])

    def _take_once(self, documents: list[Document]) -> None:
        batch = ImportBatch.objects.select_for_update(no_key=True).get(pk=self.batch.pk)
        if batch.rows_done != self.batch.rows_done:
            raise NotPossible(_("Another process is taking in the same file. Let it finish."))
        created = self.goods.take(documents) if self.goods else 0
        settle(documents, self.booking)
        written = self.aside.submit(_written_out, batch.pk, documents)
        # What the commit would check is checked before stock is locked.
        query("SET CONSTRAINTS ALL IMMEDIATE")
        with connection.cursor() as cursor:
            cursor.copy_expert(_COPY, io.StringIO(written.result()))
        write_off(documents, self.booking)
        batch.rows_done += sum(len(one.rows) for one in documents)
        added = sum(one.lines_added for one in documents if one.is_placed)
        for name, more in (("skus_created", created), ("lines_added", added)):
            batch.counters[name] = batch.counters.get(name, 0) + more
        batch.save(update_fields=["rows_done", "counters"])

    def _read_all(self, groups: Chunk) -> list[Document]:
        # A thread of its own starts without the language in which reasons are given.
        with translation.override(self.language):
            return [self.reader.read(group) for group in groups]


def _chunks(rows: Iterable[StagedRow]) -> Iterator[Chunk]:
    """Whole documents, some thousand rows at a time. A document too large to be one comes row by row."""
    chunk: Chunk = []
    held = 0
    for (_document, is_too_large), group in itertools.groupby(
        rows, key=lambda row: (row.document, row.siblings > MAX_LINES)
    ):
        for part in ([row] for row in group) if is_too_large else (list(group),):
            chunk.append(part)
            held += len(part)
            if held >= CHUNK_ROWS:
                yield chunk
                chunk, held = [], 0
    if chunk:
        yield chunk


def _written_out(batch_id: int, documents: Iterable[Document]) -> str:
    """The documents' rows as COPY reads them."""
    lines = []
    for document in documents:
        number = document.number[:NUMBER_LENGTH].translate(_ESCAPES)
        for row in document.rows:
            raw = row.raw.replace("\\", "\\\\")
            reason = row.reason[:REASON_LENGTH].translate(_ESCAPES) if row.reason else ""
            quantity, amount, extra = _told(row.quantity, row.amount, row.extra)
            lines.append(
                f"{batch_id}\t{row.number}\t{raw}\t{row.outcome}\t{reason}\t{number}\t{document.kind}"
                f"\t{quantity}\t{amount!s}\t{extra!s}\n"
            )
    return "".join(lines)


def _told(quantity: int, amount: Decimal, extra: Decimal) -> tuple[int, Decimal, Decimal]:
    """What the row says, or zeros when no ledger has room for it (such a row was rejected)."""
    if abs(amount) < _MOST and (not extra or abs(extra) < _MOST):
        return quantity, amount, extra
    return 0, ZERO, ZERO
