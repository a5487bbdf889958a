"""The vocabulary of the query line: what a qualifier is, and what it makes of a value. Plain data."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from orders.states import OrderStatus

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class Unreadable(Exception):
    """The value is none that the qualifier knows; its `accepts` says what would be one."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """Where an index gives the orders that fit, or a few more: `column` of `source` where `match` holds.

    `is_newest_first`: the index is (what is matched, order descending), so that the newest can be read alone.
    """

    source: str
    column: str
    match: str
    params: tuple[Any, ...]
    is_newest_first: bool = False


@dataclass(frozen=True, slots=True)
class Days:
    """Days of the store's time zone, both included; None is open."""

    first: date | None
    last: date | None

    @property
    def after_last(self) -> date | None:
        return self.last + timedelta(days=1) if self.last else None


@dataclass(frozen=True, slots=True)
class Value:
    """One value as it was understood.

    `condition` compares an order `o` in hand, `shown` is what the chip says; `lookup`, `statuses` and `days` say where
    to look for the orders that fit.
    """

    shown: str
    condition: str
    params: tuple[Any, ...] = ()
    lookup: Lookup | None = None
    statuses: tuple[OrderStatus, ...] = ()
    days: Days | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A person or a channel that a value may name: by `code`, or by the name that people read."""

    pk: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Known:
    """What reading a value needs to know of the reader and of the company."""

    user_id: int
    today: date
    permissions: frozenset[str] = frozenset()
    people: Sequence[Named] = ()
    channels: Sequence[Named] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A value that may be meant: what is written into the line, and the words beside it."""

    value: str
    words: str = ""


Reader = Callable[[str, Known], Value]
Suggest = Callable[[str, Known], Iterable[Suggestion]]


def no_suggestions(_typed: str, _known: Known) -> Iterable[Suggestion]:
    return ()


@dataclass(frozen=True, slots=True)
class Qualifier:
    """`words` are its spellings, English first, Chinese second, then others.

    `read` raises Unreadable for what `accepts` (words, with examples) does not describe. `needs_names`: people and
    channels must be known for it. Without `permission` (when there is one) it does not exist for the reader.
    """

    words: tuple[str, ...]
    label: "StrPromise"
    accepts: "StrPromise"
    read: Reader
    suggest: Suggest = no_suggestions
    permission: str = ""
    needs_names: bool = False
    keeps_thousands: bool = False  # a comma inside a number does not part two values

    @property
    def name(self) -> str:
        return self.words[0]
