"""Takes the staged rows in, chunk by chunk. A chunk is one transaction: its orders, everything else its rows say, the
rows themselves with their outcomes, and how far the file is done. Killed at any instant, whole chunks remain.
"""

import gc
import io
import itertools
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from decimal import Decimal
from operator import itemgetter

import orjson
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from oms.errors import NotPossible
from oms.sql import query
from oms.tables.columns import Columns
from orders.intake.checks import MAX_LINES
from orders.intake.draft import ZERO
from orders.intake.files.document import REASON_LENGTH, Document, Intake, SourceRow
from orders.intake.files.goods import Goods
from orders.intake.files.memory import without_collection
from orders.intake.files.preset import Preset
from orders.intake.files.settle import Booking, settle, write_off
from orders.intake.files.stage import StagedRow
from orders.intake.models import ImportBatch

CHUNK_ROWS = 8_000
_CHUNKS_BETWEEN_COLLECTIONS = 20
_TRIES = 4
_NUMBER_LENGTH = 64
_REFERENCE_LENGTH = 74
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
        self.preset = preset
        self.intake = intake
        self.columns = columns
        self.booking = booking
        # What needs no database is done here while the server works.
        self.aside = ThreadPoolExecutor(1)
        self.language = translation.get_language()
        self.pick: Callable[[list[str]], tuple[str, ...]] = itemgetter(*columns.places)
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
            return [self._read(group) for group in groups]

    def _read(self, group: Sequence[StagedRow]) -> Document:
        rows = [self._source_row(row) for row in group]
        document = self.preset.read(self.intake, rows)
        most = _NUMBER_LENGTH
        if document.written_off:
            # The reference of a write-off holds the channel, the number and a running number.
            most = min(most, _REFERENCE_LENGTH - len(self.intake.channel))
        if not document.is_rejected and not 0 < len(document.number) <= most:
            words = _(
                "Column “%(column)s”: give the document a number of 1 to %(most)d characters."
            )
            words %= {
                "column": self.intake.headings[self.preset.required[0]], "most": most,
            }  # fmt: skip
            document.reject(dict.fromkeys((row.number for row in rows), words))
        return document

    def _source_row(self, row: StagedRow) -> SourceRow:
        cells: list[str] = orjson.loads(row.raw)
        width, problem = self.columns.width, ""
        if len(cells) != width:
            if len(cells) < width or any(cells[width:]):
                problem = _("The row has %(cells)d cells, the header %(width)d.") % {
                    "cells": len(cells), "width": width,
                }  # fmt: skip
            cells = cells[:width] + [""] * (width - len(cells))
        if row.siblings > MAX_LINES:
            problem = _("%(document)s has %(rows)d rows; at most %(most)d fit in one document.") % {
                "document": row.document[:40], "rows": row.siblings, "most": MAX_LINES,
            }  # fmt: skip
        # What a column that the file lacks is picked from.
        cells.append("")
        return SourceRow(row.number, row.raw, self.pick(cells), problem)


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
        number = document.number[:_NUMBER_LENGTH].translate(_ESCAPES)
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
