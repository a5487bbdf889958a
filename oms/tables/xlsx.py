"""Workbooks: the first sheet, values only, read as a stream after the archive has been looked over."""

import io
import struct
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml import DefusedXmlException
from django.utils.translation import gettext as _
from openpyxl.utils.exceptions import InvalidFileException

from oms.tables.source import MAX_RATIO, MIB
from oms.tables.table import MAX_COLUMNS, NumberedRow, Table, UnreadableFile

if not openpyxl.DEFUSEDXML:
    raise ImportError("Install defusedxml: openpyxl reads XML without a guard when it is missing.")

MAX_FILE = 100 * MIB
MAX_MEMBERS = 1_000
MAX_INFLATED = 600 * MIB
# The texts of a workbook are held in memory while it is read.
MAX_TEXTS = 32 * MIB
_SMALL_MEMBER = MIB
# Excel keeps 15 digits of a number; from here on it has put zeros in their place.
_EXACT = 10**15

_END_OF_DIRECTORY = struct.Struct("<4s4H2LH")
_BROKEN = (
    zipfile.BadZipFile, InvalidFileException, ParseError, KeyError, ValueError, TypeError,
    IndexError, OSError, EOFError, AttributeError, NotImplementedError, RuntimeError,
)  # fmt: skip


def read_xlsx(path: Path) -> Table:
    """The first sheet of a workbook.

    Raises UnreadableFile, before anything is inflated when the archive is suspicious.
    """
    _look_over(path)
    rows = _rows(path)
    try:
        _number, header = next(rows)
    except StopIteration:
        raise UnreadableFile(_("The first sheet of the workbook is empty.")) from None
    while header and not header[-1]:
        header.pop()
    return Table(header, _padded(rows, len(header)))


def _look_over(path: Path) -> None:
    """Refuse bombs, macros and other archives by the archive's directory alone."""
    too_large = _("The workbook unpacks to more than can be orders. Save the sheet as .csv.")
    if path.stat().st_size > MAX_FILE or _directory_size(path) > MAX_MEMBERS * 200:
        raise UnreadableFile(too_large)
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except _BROKEN:
        raise UnreadableFile(_("The workbook is damaged. Save it again and retry.")) from None
    inflated = sum(member.file_size for member in members)
    if len(members) > MAX_MEMBERS or inflated > MAX_INFLATED or any(map(_is_bomb, members)):
        raise UnreadableFile(too_large)
    names = {member.filename.lower() for member in members}
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableFile(_("The workbook is protected by a password. Remove it and retry."))
    if "xl/workbook.xml" not in names:
        raise UnreadableFile(
            _("The file is an archive, but no Excel workbook. Save the table as .xlsx or .csv.")
        )
    if any(name.endswith("vbaproject.bin") for name in names):
        raise UnreadableFile(
            _("The workbook contains macros. Save it as .xlsx without macros and try again.")
        )


def _directory_size(path: Path) -> int:
    """Bytes of the archive's directory, so that one of a million members is never parsed."""
    with path.open("rb") as file:
        file.seek(0, io.SEEK_END)
        file.seek(max(0, file.tell() - 65_557))
        tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END_OF_DIRECTORY.size:
        return 0
    return int(_END_OF_DIRECTORY.unpack_from(tail, at)[5])


def _is_bomb(member: zipfile.ZipInfo) -> bool:
    if member.filename.lower().endswith("sharedstrings.xml") and member.file_size > MAX_TEXTS:
        return True
    return member.file_size > max(_SMALL_MEMBER, member.compress_size * MAX_RATIO)


def _rows(path: Path) -> Iterator[NumberedRow]:
    with path.open("rb") as file:
        try:
            book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
            sheet = book.worksheets[0]
            # Exports often state a wrong extent; the rows themselves are the truth.
            sheet.reset_dimensions()
            for number, values in enumerate(
                sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True), start=1
            ):
                cells = [_text(value) for value in values]
                if any(cells):
                    yield number, cells
        except _BROKEN as error:
            # openpyxl wraps the guard's error in one of its own.
            if isinstance(error, DefusedXmlException) or isinstance(
                error.__cause__, DefusedXmlException
            ):
                words = _(
                    "The workbook contains XML entities, as attacks do. Save the sheet as .csv."
                )
            else:
                words = _("The workbook is damaged. Save it again and retry.")
            raise UnreadableFile(words) from None


def _padded(rows: Iterator[NumberedRow], width: int) -> Iterator[NumberedRow]:
    """Empty cells at the end of a row are not in the file; bring every row to the header's width."""
    for number, cells in rows:
        while len(cells) > width and not cells[-1]:
            cells.pop()
        yield number, cells + [""] * (width - len(cells))


def _text(value: Any) -> str:
    """A cell as it would stand in a CSV file. Numbers that Excel has rounded show it by their exponent."""
    if value is None:
        return ""
    if isinstance(value, str):
        # Digits kept as text are exact: say so, as the platforms do.
        return f"'{value}" if len(value) > 15 and value.isdigit() else value  # noqa: PLR2004
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, int | float):
        return _number(value)
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _number(value: float) -> str:
    exact = Decimal(repr(value))
    if abs(exact) >= _EXACT:
        return f"{exact:.14E}"
    return format(exact.quantize(Decimal(1)) if exact == exact.to_integral() else exact, "f")
