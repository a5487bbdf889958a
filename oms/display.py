"""How values are written for people: money, quantities, times, phone numbers.

Pure text, the same in both languages.
"""

import datetime as dt
from decimal import Decimal

from django.utils import timezone

from oms.money import CURRENCY_PLACES, SYMBOLS

MINUS = "\N{MINUS SIGN}"
NOTHING = "–"
_UNITS = (("week", 604_800), ("day", 86_400), ("hour", 3_600), ("minute", 60))  # with seconds
HIDDEN_DIGITS = 8  # four behind the stars, four shown after them


def money_text(
    amount: Decimal | int | None, currency: str = "", *, places: int | None = None
) -> str:
    """`¥1,234.00`; unit prices keep up to four places (`¥0.125`).

    Without a currency there is no symbol; None is an en dash.
    """
    if amount is None:
        return NOTHING
    value = Decimal(amount)
    least = CURRENCY_PLACES.get(currency, 2) if places is None else places
    given = max(0, -int(value.normalize().as_tuple().exponent))
    digits = f"{abs(value):,.{max(least, min(given, 4)) if places is None else places}f}"
    symbol = SYMBOLS.get(currency, f"{currency} " if currency else "")
    return f"{MINUS if value < 0 else ''}{symbol}{digits}"


def quantity_text(quantity: Decimal | int | None) -> str:
    """`1,200` or `0.5`: grouped, without useless zeros. None is an en dash."""
    if quantity is None:
        return NOTHING
    value = Decimal(quantity)
    text = f"{abs(value):,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{MINUS if value < 0 and text != '0' else ''}{text}"


def time_text(moment: dt.datetime | dt.date | None) -> str:
    """`2026-11-22 14:05` in the store's time zone, whoever reads it; a date as `2026-11-22`."""
    if moment is None:
        return NOTHING
    if not isinstance(moment, dt.datetime):
        return moment.isoformat()
    if timezone.is_aware(moment):
        moment = timezone.localtime(moment, timezone.get_default_timezone())
    return moment.isoformat(" ", "minutes")[:16]


def largest_unit(earlier: dt.datetime, later: dt.datetime) -> tuple[str, int]:
    """How far two aware moments lie apart in the largest whole unit; 0 minutes below one minute."""
    later = later.astimezone(earlier.tzinfo)
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    if (earlier.day, earlier.time()) > (later.day, later.time()):
        months -= 1
    if months:
        return ("year", months // 12) if months >= 12 else ("month", months)  # noqa: PLR2004
    seconds = int((later - earlier).total_seconds())
    unit, size = next((one for one in _UNITS if seconds >= one[1]), _UNITS[-1])
    return unit, seconds // size


def masked_phone(phone: str | None) -> str:
    """`138****1234`: enough to recognise, not to call; a short number keeps two digits."""
    text = (phone or "").strip()
    number, dash, extension = text.partition("-") if text[:1] == "1" else (text, "", "")
    if not number:
        return NOTHING
    shown = (
        f"{number[:-HIDDEN_DIGITS]}****{number[-4:]}"
        if len(number) > HIDDEN_DIGITS
        else f"****{number[-2:]}"
    )
    return f"{shown}{dash}{'*' * len(extension)}"
