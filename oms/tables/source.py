"""What a file is, by its content and never by its name, and its bytes with a guard against inflating bombs."""

import gzip
import io
import zlib
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oms.tables.table import UnreadableFile

MIB = 1024 * 1024
MAX_INFLATED = 2048 * MIB
# Orders as text shrink to a tenth; what shrinks to less than this was made to fill a disk.
MAX_RATIO = 200
_ALWAYS_ALLOWED = 10 * MIB
_HEAD = 4096


class Kind(StrEnum):
    """The kinds of file that can be taken in."""

    TEXT = "text"
    JSON = "json"
    XLSX = "xlsx"


_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"

# First bytes of what people upload by mistake, and what to tell them.
_MISTAKES: tuple[tuple[bytes, object], ...] = (
    (b"\xff\xfe", gettext_lazy("The file is UTF-16 text. Save it as “CSV UTF-8” and try again.")),
    (b"\xfe\xff", gettext_lazy("The file is UTF-16 text. Save it as “CSV UTF-8” and try again.")),
    (
        b"\xd0\xcf\x11\xe0",
        gettext_lazy(
            "The file is an old .xls workbook or is protected by a password. "
            "Open it, remove the password, save it as .xlsx or .csv and try again."
        ),
    ),
    (b"%PDF", gettext_lazy("The file is a PDF. Export the orders as .csv or .xlsx instead.")),
    (b"MZ", gettext_lazy("The file is a program, not a table. Choose a .csv or .xlsx file.")),
    (b"\x7fELF", gettext_lazy("The file is a program, not a table. Choose a .csv or .xlsx file.")),
    (b"\x89PNG", gettext_lazy("The file is a picture, not a table. Choose a .csv or .xlsx file.")),
    (b"Rar!", gettext_lazy("The file is a RAR archive. Unpack it and choose the table in it.")),
    (
        b"7z\xbc\xaf",
        gettext_lazy("The file is a 7z archive. Unpack it and choose the table in it."),
    ),
)


def kind_of(path: Path) -> Kind:
    """What the file is. Raises UnreadableFile, naming what it is instead of a table."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith(_ZIP):
        return Kind.XLSX
    if head.startswith(_GZIP):
        with open_bytes(path) as inflated:
            head = inflated.read(_HEAD)
        if head.startswith((_ZIP, _GZIP)):
            raise UnreadableFile(_("There is an archive inside the archive. Unpack it first."))
    return _kind_of_text(head)


def _kind_of_text(head: bytes) -> Kind:
    if not head.strip():
        raise UnreadableFile(_("The file is empty."))
    for start, words in _MISTAKES:
        if head.startswith(start):
            raise UnreadableFile(str(words))
    plain = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if plain.count(b"\0") * 5 > len(plain):
        raise UnreadableFile(
            _("The file is UTF-16 text or no text at all. Save it as “CSV UTF-8” and try again.")
        )
    if plain[:1] == b"<":
        raise UnreadableFile(
            _(
                "The file is a web page, whatever its name says. "
                "Open it in a spreadsheet, save it as .xlsx or .csv and try again."
            )
        )
    return Kind.JSON if plain[:1] in (b"{", b"[") else Kind.TEXT


def open_bytes(path: Path) -> BinaryIO:
    """The content of the file, inflated when it is gzip. Reading raises UnreadableFile at a bomb or a broken end."""
    with path.open("rb") as file:
        packed = file.read(2) == _GZIP
    return io.BufferedReader(_Inflating(path), 1 << 16) if packed else path.open("rb")


class _Inflating(io.RawIOBase):
    """Inflates gzip and stops at the limit, before what is inflated lies anywhere."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._file = gzip.open(path, "rb")  # noqa: SIM115 - closed in close()
        allowed = max(_ALWAYS_ALLOWED, path.stat().st_size * MAX_RATIO)
        self._left = min(MAX_INFLATED, allowed)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            count = self._file.readinto(buffer)
        except (EOFError, gzip.BadGzipFile, zlib.error):
            raise UnreadableFile(
                _("The gzip file is damaged or breaks off. Fetch or pack it again.")
            ) from None
        self._left -= count
        if self._left < 0:
            raise UnreadableFile(
                _("The file unpacks to more than can be orders. Split it into smaller files.")
            )
        return count

    def close(self) -> None:
        self._file.close()
        super().close()
