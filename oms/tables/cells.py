"""Cells: what a platform or Excel wrapped around a value is taken off, and the value is read strictly."""

import re
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

_WRAPPED = re.compile(r'="(.*)"', re.DOTALL)
_NUMBER = re.compile(r"[+-]?(?:\d{1,15}(?:\.\d{0,10})?|\.\d{1,10})", re.ASCII)
_WHOLE = re.compile(r"-?\d{1,15}", re.ASCII)
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?", re.ASCII)
_MONEY_SIGNS = re.compile(r"^(?:CN¥|[¥￥£$€])\s*|\s*元$")
# What is left of a long number after Excel has shown it in short …
_EXPONENT = re.compile(r"\d(?:\.\d+)?E\+\d{2,3}", re.ASCII | re.IGNORECASE)
# … or kept 15 digits of it.
_ROUNDED = re.compile(r"\d{15}0{3,}", re.ASCII)
_FORMULA = ("=", "+", "-", "@")
_MOMENT = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
    r"(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?",
    re.ASCII,
)
_OFFSET_DIGITS = 5
_SHOWN = 40


class CellProblem(Exception):
    """A cell cannot be what its column says; `words` tell the value and the remedy.

    Where the column is known, `column` is our word for it and `cause` the words without its heading.
    """

    def __init__(self, words: str, *, column: str = "", cause: str = "") -> None:
        super().__init__(words)
        self.words = words
        self.column = column
        self.cause = cause or words


def clean(raw: str) -> str:
    """The value without blanks, TAB, `="…"` or the apostrophe by which digits are kept as text."""
    text = raw.strip(" \t\r\n\u00a0\u3000\ufeff")
    if text.startswith('="'):
        wrapped = _WRAPPED.fullmatch(text)
        return clean(wrapped[1]) if wrapped else text
    if text.startswith("'"):
        return text[1:].strip()
    return text


def prose(raw: str) -> str:
    """A text as people wrote it; only the apostrophe that keeps it from being run as a formula comes off."""
    text = raw.strip()
    return text[1:] if text[:1] == "'" and text[1:2] in _FORMULA else text


def identifier(raw: str) -> str:
    """A number that names something (order, telephone, SKU): text, never arithmetic.

    Raises CellProblem when Excel has rounded it. Digits that were kept as text are believed whatever they end in.
    """
    text = clean(raw)
    kept_as_text = raw[:1] in ("'", "\t", "=")
    if _EXPONENT.fullmatch(text) or (not kept_as_text and _ROUNDED.fullmatch(text)):
        raise CellProblem(
            _(
                "“%s” was rewritten by Excel; its digits are lost. "
                "Copy the number from the source again and keep the column as text."
            )
            % text[:_SHOWN]
        )
    # Excel shows a whole number of a text column as 17850.0.
    return text[:-2] if text.endswith(".0") and text[:-2].isdigit() else text


@lru_cache(maxsize=8192)
def number(raw: str) -> Decimal:
    """A decimal; currency signs and thousands separators are taken off. Raises CellProblem."""
    text = raw
    if not _NUMBER.fullmatch(text):
        text = _MONEY_SIGNS.sub("", clean(raw)).strip()
        if _THOUSANDS.fullmatch(text):
            text = text.replace(",", "")
        if not _NUMBER.fullmatch(text):
            raise CellProblem(
                _("“%s” is not a number. Write it with digits and a decimal point, as 1234.50.")
                % clean(raw)[:_SHOWN]
            )
    return Decimal(text)


def whole(raw: str) -> int:
    """A whole number; 6.0 is one. Raises CellProblem."""
    if _WHOLE.fullmatch(raw):
        return int(raw)
    value = number(raw)
    if value != value.to_integral_value():
        raise CellProblem(_("“%s” is not a whole number.") % clean(raw)[:_SHOWN])
    return int(value)


@lru_cache(maxsize=4096)
def moment(raw: str, zone: ZoneInfo) -> datetime:
    """A time, in `zone` when it says none of its own. Raises CellProblem."""
    match = _MOMENT.fullmatch(clean(raw))
    if match is None:
        raise CellProblem(
            _("“%s” is not a time. Write it as 2026-11-22 14:05:00.") % clean(raw)[:_SHOWN]
        )
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    try:
        local = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - zone below
    except ValueError:
        raise CellProblem(
            _("There is no such day or time as “%s”.") % clean(raw)[:_SHOWN]
        ) from None
    offset = match[7]
    if offset is None:
        return local.replace(tzinfo=zone)
    if offset in ("Z", "UTC", "GMT"):
        offset = "+00:00"
    if len(offset) == _OFFSET_DIGITS:
        offset = f"{offset[:3]}:{offset[3:]}"
    return datetime.fromisoformat(f"{local.isoformat()}{offset}")
