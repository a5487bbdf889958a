"""Tables for people who open them in a spreadsheet: CSV line by line, or one XLSX workbook."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

BYTE_ORDER_MARK = "\ufeff"
CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class _Line:
    """What csv.writer writes to: hands the line back."""

    def write(self, text: str) -> str:
        return text


_writer: Any = csv.writer(_Line())


def csv_line(cells: Iterable[object]) -> str:
    """One line of a CSV file, quoted where needed. Texts of people go through `harmless` first."""
    line: str = _writer.writerow(cells)
    return line


def harmless(cell: str) -> str:
    """The cell with an apostrophe before what a spreadsheet would run as a formula; importing takes it off again."""
    if cell[:1] in ("=", "+", "@", "\t", "\r") or (cell[:1] == "-" and not _is_number(cell)):
        return f"'{cell}"
    return cell


def csv_lines(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A whole file of texts, after a byte order mark for Excel."""
    yield BYTE_ORDER_MARK
    for row in rows:
        yield csv_line(map(harmless, row))


def xlsx(rows: Iterable[Sequence[str]]) -> bytes:
    """A workbook of one sheet; every cell is text, so that no number loses a zero and no text is run as a formula."""
    return workbook({"": rows})


def workbook(sheets: Mapping[str, Iterable[Sequence[str]]]) -> bytes:
    """A workbook of texts, as `xlsx`; `sheets` are its sheets by name."""
    book = Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name or None)
        for row in rows:
            sheet.append([_text_cell(sheet, text) for text in row])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _text_cell(sheet: Any, text: str) -> Any:
    cell: Any = WriteOnlyCell(sheet)
    # Set by hand: the workbook would take "=1+1" for a formula. Control characters have no place in its XML.
    cell._value = "".join(char for char in text if char >= " " or char in "\t\n\r")  # noqa: SLF001
    cell.data_type = "s"
    return cell


def _is_number(cell: str) -> bool:
    return cell[1:].replace(".", "", 1).isdigit() or cell == "-"
