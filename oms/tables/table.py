"""What every kind of file becomes: a header and rows of text, numbered as a spreadsheet numbers them."""

from collections.abc import Iterator
from dataclasses import dataclass

from oms.errors import Refused

NumberedRow = tuple[int, list[str]]

# The widest export known has under 80 columns; beyond this something is not a table.
MAX_COLUMNS = 500


class UnreadableFile(Refused):
    """The file as a whole cannot be taken in; the text says why and what to do. Nothing was written."""

    code = "unreadable_file"


@dataclass(frozen=True, slots=True)
class Table:
    """`rows` yields (row number, cells); the header is row 1, and rows without any text are left out."""

    header: list[str]
    rows: Iterator[NumberedRow]
