"""Finding orders by what people type, in one statement that never falls off an index.

A number, a platform number, a waybill, the tail of a phone, a piece of a name, a SKU: each clue has an index of its own.
Every look is fenced (MATERIALIZED, LIMIT), so that neither a common fragment nor a bad guess of the planner turns into
a walk over all orders. What is common is found by reading the newest orders first; the indexes answer what is rare.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models.expressions import RawSQL

from oms.search import fold, grams_of_query
from oms.sql import query
from orders.desk.newest import newest
from orders.models.order import OrderQuerySet
from orders.states import OrderStatus

CAP = 1001  # hits after which an index is not read further
CANDIDATES = 5001  # rows whose names are compared letter by letter
NEAR = 4_000  # newest orders that are read before any index is asked
FAR = 20_000  # newest orders that are read when the index has more than CAP
LONGEST = 100  # letters of the text that are looked at

_NUMBER = re.compile(r"[A-Z]{2}\d+")
_PHONE = re.compile(r"(?:\+86|0086)?(\d{4,11})")
_NAME = "lower(normalize({}, NFKC)) LIKE %s"


@dataclass(frozen=True, slots=True)
class Found:
    """Ids of one page of orders, newest first. `is_capped`: more than 1,000 match, and not all were looked at."""

    ids: list[int]
    is_capped: bool


@dataclass(frozen=True, slots=True)
class Clue:
    """A condition on order `o` that an index answers; `recheck` is compared on the rows it gives."""

    condition: str
    params: tuple[Any, ...]
    recheck: str = "true"
    recheck_params: tuple[Any, ...] = ()


def clean(text: str) -> str:
    """What is searched for: no NUL, full-width folded, at most LONGEST letters."""
    return unicodedata.normalize("NFKC", text.replace("\x00", "")).strip()[:LONGEST]


def literally(text: str) -> str:
    """`text` for LIKE, where what was typed means itself: % and _ are no wildcards."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def number_in(text: str) -> str:
    """The order number that `text` may be, or ""."""
    number = clean(text).upper()
    return number if _NUMBER.fullmatch(number) else ""


def clues(text: str) -> list[Clue]:
    """Everything that `text` may mean on the order itself."""
    found = [*_number_clues(text), *_phone_clues(text)]
    wanted = grams_of_query(text)
    if wanted:
        found.append(_name_clue(text, wanted))
    return found


def _number_clues(text: str) -> list[Clue]:
    plain = literally(text)
    found = []
    if number_in(text):
        found.append(Clue("o.number LIKE %s", (plain.upper() + "%",)))
    elif re.fullmatch(r"\d{6,}", text):
        found.append(Clue("o.number LIKE %s", (f"SO{text}%",)))
    if len(text) > 2 and " " not in text:  # noqa: PLR2004 - shorter ones mean anything
        spellings = sorted({plain, plain.upper()})
        either = " OR ".join(["o.external_no LIKE %s"] * len(spellings))
        found.append(Clue(f"({either})", tuple(f"{spelling}%" for spelling in spellings)))
    return found


def _phone_clues(text: str) -> list[Clue]:
    digits = _PHONE.fullmatch(re.sub(r"[\s()-]", "", text))
    if not digits:
        return []
    return [Clue("reverse(o.ship_phone) LIKE %s", (digits[1][::-1] + "%",))]


def _name_clue(text: str, wanted: list[str]) -> Clue:
    condition = "o.search_grams @> %s::varchar[]"
    folded = fold(text)
    if len(folded) <= 2:  # noqa: PLR2004 - the gram is the fragment
        return Clue(condition, (wanted,))
    pattern = f"%{literally(folded)}%"
    either = f"({_NAME.format('o.customer_name')} OR {_NAME.format('o.ship_name')})"
    return Clue(condition, (wanted,), either, (pattern, pattern))


def found(
    orders: OrderQuerySet,
    text: str,
    *,
    statuses: Sequence[OrderStatus] = (),
    before: int | None = None,
    size: int = 51,
) -> Found:
    """The newest `size` of `orders` (in `statuses`, when given; older than `before`) that `text` may mean."""
    text = clean(text)
    if not text:
        return Found([], False)
    statement = _Statement(orders, statuses, before, size)
    statement.look_up(clues(text))
    statement.look_up_waybill(text)
    statement.look_up_sku(text)
    ids, is_capped = query(statement.sql(), statement.params)[0]
    return Found(ids, is_capped)
