"""Tables as text: UTF-8 (with or without mark) or GB18030, any of four delimiters, read as a stream."""

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from oms.tables.source import MIB, open_bytes
from oms.tables.table import MAX_COLUMNS, NumberedRow, Table, UnreadableFile

DELIMITERS = (",", "\t", ";", "|")
# A line of this many characters is no row of a table; never hold more of one.
MAX_LINE = MIB


def read_text(path: Path) -> Table:
    """The table in a text file. Raises UnreadableFile; so does reading on when a later row is broken."""
    encoding = encoding_of(path)
    rows = _rows(path, encoding)
    try:
        _number, header = next(rows)
    except StopIteration:
        raise UnreadableFile(_("The file is empty.")) from None
    if len(header) > MAX_COLUMNS:
        raise UnreadableFile(_("The first row has more than %d columns.") % MAX_COLUMNS)
    return Table(header, rows)


def encoding_of(path: Path) -> str:
    """Its encoding, found by decoding all of it.

    Raises UnreadableFile with the line when none fits or a NUL is in it.
    """
    broken_at = 0
    for encoding in ("utf-8", "gb18030"):
        line = _first_undecodable_line(path, encoding)
        if not line:
            return "utf-8-sig" if encoding == "utf-8" else encoding
        broken_at = broken_at or line
    raise UnreadableFile(
        _("Line %d is neither UTF-8 nor GB18030. Save the file as “CSV UTF-8” and try again.")
        % broken_at
    )


def _first_undecodable_line(path: Path, encoding: str) -> int:
    """0 when the whole file can be decoded."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with open_bytes(path) as file:
        while block := file.read(MAX_LINE):
            _refuse_no_text(block, line)
            try:
                decoder.decode(block)
            except UnicodeDecodeError as error:
                return line + error.object[: error.start].count(b"\n")
            line += block.count(b"\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return line
    return 0


def _refuse_no_text(block: bytes, line: int) -> None:
    if b"\0" in block:
        line += block[: block.index(b"\0")].count(b"\n")
        raise UnreadableFile(_("Line %d has a NUL character. Remove it and try again.") % line)
    if len(block) == MAX_LINE and b"\n" not in block and b"\r" not in block:
        raise UnreadableFile(
            _("Line %d has over a million characters; this is no table of orders.") % line
        )


def _rows(path: Path, encoding: str) -> Iterator[NumberedRow]:
    with io.TextIOWrapper(open_bytes(path), encoding, newline="") as text:
        reader = csv.reader(text, delimiter=_delimiter(path, encoding), strict=True)
        line = 0
        try:
            for number, cells in enumerate(reader, start=1):
                line = reader.line_num
                if any(cells):
                    yield number, cells
        except csv.Error as error:
            raise UnreadableFile(_explain(error, line + 1)) from None


def _delimiter(path: Path, encoding: str) -> str:
    """The delimiter that cuts the first line into the most cells."""
    with io.TextIOWrapper(open_bytes(path), encoding) as text:
        first = text.readline(MAX_LINE)
    return max(DELIMITERS, key=lambda one: len(next(csv.reader([first], delimiter=one), [])))


def _explain(error: csv.Error, line: int) -> str:
    if "end of data" in str(error):
        words = _('The row that begins in line %d opens a quote (") and never closes it.')
    elif "field limit" in str(error):
        words = _(
            "The row that begins in line %d has a cell of over 130,000 characters: "
            'a quote (") is not closed, or it is no table.'
        )
    else:
        words = _(
            'The row that begins in line %d has a quote (") in the middle of a quoted cell. '
            'Write it twice ("") or remove it.'
        )
    return words % line
