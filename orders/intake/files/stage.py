"""Brings the rows of one document together, wherever in the file they stand, without holding the file in memory.

The rows go into a temporary table as they are read, and come back document by document in the order in which the
documents begin. Reading them in also finds what is wrong with the file as a whole before anything is booked.
"""

import io
import itertools
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

import orjson
from django.db import connection, transaction
from django.utils.translation import gettext as _

from oms.sql import query
from oms.tables.cells import clean
from oms.tables.table import Table, UnreadableFile

BATCH_ROWS = 5_000
# Rows of a document come back in pieces of this many, as two values: fetching values one by one costs more than
# reading what is in them.
PIECE_ROWS = 50
BATCH_PIECES = 500
_TABLE = """
DROP TABLE IF EXISTS import_stage;
CREATE TEMPORARY TABLE import_stage (row_no int, document text, raw text)
"""
_COPY = "COPY import_stage (row_no, document, raw) FROM STDIN"
_READ = """
SELECT document, rows, array_agg(row_no ORDER BY row_no), string_agg(raw, E'\\n' ORDER BY row_no) FROM (
  SELECT row_no, document, raw, min(row_no) OVER whole AS first, count(*) OVER whole AS rows,
         row_number() OVER (PARTITION BY document ORDER BY row_no) / %(piece)s AS piece
  FROM import_stage WINDOW whole AS (PARTITION BY document)
) numbered
WHERE NOT EXISTS (SELECT FROM orders_importrow done WHERE done.batch_id = %(batch)s AND done.row_no = numbered.row_no)
GROUP BY first, document, rows, piece
ORDER BY first, piece
"""
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\0": None})


class StagedRow(NamedTuple):
    """A row of the file: `raw` is the JSON list of its cells; its document has `siblings` rows."""

    number: int
    document: str
    raw: str
    siblings: int


def stage(table: Table, number_place: int, tell: Callable[[int], None]) -> int:
    """Read the whole table in; returns the number of rows. Raises UnreadableFile at a broken one.

    `number_place` is the column of the document's number; a row without one is a document by itself. `tell` hears
    how many rows are in.
    """
    count = 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_TABLE)
        while batch := list(itertools.islice(table.rows, BATCH_ROWS)):
            lines = []
            for number, cells in batch:
                key = document_key(cells, number_place)
                raw = row_json(number, cells).replace("\\", "\\\\")
                lines.append(f"{number}\t{key or f'row {number}'}\t{raw}\n")
            cursor.copy_expert(_COPY, io.StringIO("".join(lines)))
            count += len(batch)
            tell(count)
    return count


def document_key(cells: list[str], number_place: int) -> str:
    """Which document the row belongs to, as COPY is given it; "" when it is one by itself."""
    return _key(cells[number_place]) if number_place < len(cells) else ""


@lru_cache(maxsize=1024)
def _key(cell: str) -> str:
    return clean(cell).translate(_ESCAPES)


def row_json(number: int, cells: list[str]) -> str:
    try:
        return orjson.dumps(cells).decode()
    except TypeError:
        raise UnreadableFile(
            _("Row %d has half of a character that takes two. Export the file again.") % number
        ) from None


def staged(batch_id: int) -> Iterator[StagedRow]:
    """The rows that the batch has not taken in yet, document by document."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(_READ, {"batch": batch_id, "piece": PIECE_ROWS})
        while pieces := cursor.fetchmany(BATCH_PIECES):
            for document, siblings, numbers, raws in pieces:
                # In JSON a line break is written \\n, so none stands within a row.
                for number, raw in zip(numbers, raws.split("\n"), strict=True):
                    yield StagedRow(number, document, raw, siblings)


def drop_stage() -> None:
    """Give the temporary table back."""
    query("DROP TABLE IF EXISTS import_stage")
