"""From rows as they were kept to documents: what the import takes in and what its rehearsal looks at is read here."""

from collections.abc import Callable, Sequence
from operator import itemgetter

import orjson
from django.utils.translation import gettext as _

from oms.tables.columns import Columns
from orders.intake.checks import MAX_LINES
from orders.intake.files.document import Document, Intake, SourceRow
from orders.intake.files.preset import Preset
from orders.intake.files.stage import StagedRow

NUMBER_LENGTH = 64
_REFERENCE_LENGTH = 74


class DocumentReader:
    """Reads the rows of one file, a document at a time."""

    def __init__(self, preset: Preset, intake: Intake, columns: Columns) -> None:
        self.preset = preset
        self.intake = intake
        self.columns = columns
        self.pick: Callable[[list[str]], tuple[str, ...]] = itemgetter(*columns.places)

    def read(self, group: Sequence[StagedRow]) -> Document:
        """The document that these rows are."""
        rows = [self._source_row(row) for row in group]
        document = self.preset.read(self.intake, rows)
        most = NUMBER_LENGTH
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
