"""What the text in the search box may mean: a number, a phone, a piece of a name. Pure."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from oms.search import fold, grams_of_query

LONGEST = 100  # letters of the text that are looked at
MOST_GRAMS = 8  # asked of an index: further ones cost more time than the rows they leave out

_NUMBER = re.compile(r"[A-Z]{2}\d+")
_PHONE = re.compile(r"(?:\+86|0086)?(\d{4,11})")
# Tables that are looked into: alias `o`, the order's id as `id`.
ORDERS = "orders_order o"
NAMES = "(SELECT order_id AS id, names, grams, phone_tail FROM orders_ordersearch) o"


@dataclass(frozen=True, slots=True)
class Clue:
    """What the text may mean: `condition` compares an order `o` in hand (with `names`, folded, and `phone_tail`).

    `look` is the condition that an index of `table` answers, where that is another one; the rows
    found there are then compared by `condition`.
    """

    condition: str
    params: tuple[Any, ...]
    look: str = ""
    look_params: tuple[Any, ...] = ()
    table: str = ORDERS


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
        yield Clue("o.phone_tail LIKE %s", (f"{digits[1][::-1]}%",), table=NAMES)


def telling_grams(text: str) -> list[str]:
    """The grams to ask the index of names for; none when the text is too short."""
    return _telling(sorted(grams_of_query(text), key=fold(text).find))


def _names(text: str) -> Iterator[Clue]:
    wanted = telling_grams(text)
    if not wanted:
        return
    pattern = f"%{literally(fold(text))}%"
    yield Clue("o.names LIKE %s", (pattern,), "o.grams @> %s::varchar[]", (wanted,), NAMES)


def _telling(wanted: list[str]) -> list[str]:
    """At most MOST_GRAMS: those over a blank, which few names share, then some of each word."""
    over = [gram for gram in wanted if " " in gram]
    inside = [gram for gram in wanted if " " not in gram]
    room = MOST_GRAMS - len(over)
    step = -(-len(inside) // room) if inside and room > 0 else 1
    return (over + inside[::step])[:MOST_GRAMS]
