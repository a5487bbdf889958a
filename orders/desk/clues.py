"""What the text in the search box may mean: a number, a phone, a piece of a name. Pure."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from oms.search import fold, grams_of_query

LONGEST = 100  # letters of the text that are looked at

_NUMBER = re.compile(r"[A-Z]{2}\d+")
_PHONE = re.compile(r"(?:\+86|0086)?(\d{4,11})")
_NAME_HOLDS = "lower(normalize({}, NFKC)) LIKE %s"


@dataclass(frozen=True, slots=True)
class Clue:
    """A condition on order `o` that an index answers, and what the rows it gives must also fulfil."""

    condition: str
    params: tuple[Any, ...]
    recheck: str = ""
    recheck_params: tuple[Any, ...] = ()

    @property
    def whole(self) -> str:
        return f"({self.condition} AND {self.recheck})" if self.recheck else self.condition


def clean(text: str) -> str:
    """The text as searched for: without NUL, full-width folded, at most LONGEST letters."""
    return unicodedata.normalize("NFKC", text.replace("\x00", "")).strip()[:LONGEST]


def literally(text: str) -> str:
    """`text` for LIKE, where what was typed means itself: % and _ are no wildcards."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def number_in(text: str) -> str:
    """The order number that `text` may be, or ""."""
    number = clean(text).upper()
    return number if _NUMBER.fullmatch(number) else ""


def clues(text: str) -> list[Clue]:
    """Everything that cleaned `text` may mean on the order itself."""
    return [*_numbers(text), *_phones(text), *_names(text)]


def _numbers(text: str) -> Iterator[Clue]:
    plain = literally(text)
    if number_in(text):
        yield Clue("o.number LIKE %s", (f"{plain.upper()}%",))
    elif re.fullmatch(r"[0-9]{6,}", text):
        yield Clue("o.number LIKE %s", (f"SO{text}%",))
    if len(text) > 2 and " " not in text:  # noqa: PLR2004 - a shorter one begins too many numbers
        spellings = sorted({plain, plain.upper()})
        either = " OR ".join(["o.external_no LIKE %s"] * len(spellings))
        yield Clue(f"({either})", tuple(f"{spelling}%" for spelling in spellings))


def _phones(text: str) -> Iterator[Clue]:
    digits = _PHONE.fullmatch(re.sub(r"[\s()-]", "", text))
    if digits:
        yield Clue("reverse(o.ship_phone) LIKE %s", (f"{digits[1][::-1]}%",))


def _names(text: str) -> Iterator[Clue]:
    wanted = grams_of_query(text)
    if not wanted:
        return
    condition, folded = "o.search_grams @> %s::varchar[]", fold(text)
    if len(folded) <= 2:  # noqa: PLR2004 - the gram is the fragment
        yield Clue(condition, (wanted,))
        return
    either = " OR ".join(_NAME_HOLDS.format(name) for name in ("o.customer_name", "o.ship_name"))
    pattern = f"%{literally(folded)}%"
    yield Clue(condition, (wanted,), f"({either})", (pattern, pattern))
