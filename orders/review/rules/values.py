"""Reading the value of a condition as a person typed it. Pure; each raises ValueError for what cannot be."""

import re
from datetime import time
from decimal import Decimal, InvalidOperation

RANGE = ".."
_BETWEEN_WORDS = re.compile(r"[,，、;；\n]")
# More than any amount here; the database could not even compare with 1e999999.
_TOO_LARGE = Decimal(10) ** 15


def number_of(value: str) -> Decimal:
    try:
        number = Decimal(value.strip())
        if not abs(number) < _TOO_LARGE:
            raise ValueError(value)
    except InvalidOperation:
        raise ValueError(value) from None
    return number


def time_of(value: str) -> time:
    """ "HH:MM" on the house's clock."""
    return time.fromisoformat(value.strip())


def range_of(value: str) -> tuple[str, str]:
    """Both ends of "from..to", as typed."""
    first, found, last = value.partition(RANGE)
    if not (found and first.strip() and last.strip()):
        raise ValueError(value)
    return first.strip(), last.strip()


def words_of(value: str) -> list[str]:
    """The words between commas, each once."""
    words = (word.strip() for word in _BETWEEN_WORDS.split(value))
    return list(dict.fromkeys(word for word in words if word))
