"""Lots and serial numbers as somebody types or scans them: a line for each."""

import re
import unicodedata
from datetime import date

from django.utils.translation import gettext as _

from inventory.ledger import LotPieces

MOST_LOTS = 2000
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_APART = re.compile(r"[\s,;，；、]+")


class NotLots(ValueError):
    """What was typed names no lots; the message says what to write."""


def lots_in(text: str, pieces: int, *, is_serial: bool) -> tuple[LotPieces, ...]:
    """The lots of `pieces` pieces: `L1 2026-12-31 40`, a line for each; a lot alone may leave its pieces out.

    Serial numbers may stand in lines or in one line, a day behind one is its expiry. Raises NotLots.
    """
    lines = [line for line in unicodedata.normalize("NFKC", text).splitlines() if line.strip()]
    if is_serial:
        lines = [part for line in lines for part in _serials(line)]
    if len(lines) > MOST_LOTS:
        raise NotLots(_("Name at most %d lots at once.") % MOST_LOTS)
    alone = pieces if len(lines) == 1 else None
    return tuple(_lot(line, 1 if is_serial else alone) for line in lines)


def _serials(line: str) -> list[str]:
    """Each number of a line, with the day that stands behind it."""
    found: list[str] = []
    for part in filter(None, _APART.split(line)):
        if found and _DAY.fullmatch(part):
            found[-1] += f" {part}"
        else:
            found.append(part)
    return found


def _lot(line: str, pieces: int | None) -> LotPieces:
    code, *rest = filter(None, _APART.split(line))
    expires_on: date | None = None
    for part in rest:
        day = _DAY.fullmatch(part)
        if day:
            expires_on = _day(part, *map(int, day.groups()))
        elif part.isdecimal() and len(part) < 9:  # noqa: PLR2004 - more are no pieces
            pieces = int(part)
        else:
            words = _(
                "“%s” is no day and no number. Write: lot, expiry, pieces (L1 2026-12-31 40)."
            )
            raise NotLots(words % part[:40])
    if pieces is None:
        words = _("Say how many pieces are of lot %s (L1 2026-12-31 40).")
        raise NotLots(words % code[:40])
    return LotPieces(code, pieces, expires_on)


def _day(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise NotLots(_("There is no day %s.") % text) from None
