"""The pasted text while it is taken apart: every character is given to one kind, once."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby
from operator import itemgetter


class Kind(StrEnum):
    """What a piece of the text is. BETWEEN: blanks, commas, and labels such as 电话：."""

    PROVINCE = "province"
    CITY = "city"
    DISTRICT = "district"
    STREET = "street"
    NAME = "name"
    PHONE = "phone"
    POSTCODE = "postcode"
    BETWEEN = "between"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class Part:
    kind: Kind
    text: str


SEPARATORS = " ,;|:。、\n"
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
BLOCK = "\x00"
"""Stands in `Sheet.open()` for what is taken: no pattern reaches across it."""


def _fold(char: str) -> str:
    """One character for one, so that places in the text stay the same."""
    if unicodedata.category(char) in ("Cc", "Cf", "Zs", "Zl", "Zp"):
        return "\n" if char in "\n\r" else " "
    folded = unicodedata.normalize("NFKC", char).translate(_DASHES)
    return folded if len(folded) == 1 and folded not in ("\x00", " ") else char


@dataclass(slots=True)
class Sheet:
    """`text` as pasted, `folded` as compared, `kinds` of the characters so far."""

    text: str
    folded: str
    kinds: list[Kind | None] = field(default_factory=list)

    @classmethod
    def of(cls, text: str) -> "Sheet":
        return cls(text, "".join(map(_fold, text)), [None] * len(text))

    def mark(self, start: int, end: int, kind: Kind) -> None:
        """Give what nobody has taken yet to `kind`."""
        for at in range(start, end):
            if self.kinds[at] is None:
                self.kinds[at] = kind

    def is_free(self, start: int, end: int) -> bool:
        return all(kind is None for kind in self.kinds[start:end])

    def open(self) -> str:
        """The folded text with labels blanked and everything else that is taken blocked."""
        blank = {None: "", Kind.BETWEEN: " "}
        return "".join(
            blank.get(kind, BLOCK) or char
            for kind, char in zip(self.kinds, self.folded, strict=True)
        )

    def tokens(self) -> list[tuple[int, int]]:
        """(start, end) of every piece without a separator that is still free."""
        pattern = f"[^{re.escape(SEPARATORS + BLOCK)}]+"
        return [match.span() for match in re.finditer(pattern, self.open())]

    def is_gap(self, start: int, end: int) -> bool:
        """Whether nothing but separators and labels stands there."""
        return not self.open()[start:end].strip(SEPARATORS)

    def span_of(self, kind: Kind) -> tuple[int, int] | None:
        """From the first character of a kind to its last."""
        places = [at for at, one in enumerate(self.kinds) if one == kind]
        return (places[0], places[-1] + 1) if places else None

    def spans(self, kind: Kind) -> Iterator[tuple[int, int]]:
        for one, group in groupby(enumerate(self.kinds), itemgetter(1)):
            if one == kind:
                places = [at for at, _kind in group]
                yield places[0], places[-1] + 1

    def parts(self) -> tuple[Part, ...]:
        """The whole text in pieces; what nobody took is the rest, unless it is only punctuation."""
        for start, end in self.tokens():
            is_bare = all(unicodedata.category(char)[0] in "PZC" for char in self.text[start:end])
            self.mark(start, end, Kind.BETWEEN if is_bare else Kind.REST)
        self.mark(0, len(self.text), Kind.BETWEEN)
        pairs = zip(self.kinds, self.text, strict=True)
        return tuple(
            Part(kind or Kind.REST, "".join(char for _kind, char in group))
            for kind, group in groupby(pairs, itemgetter(0))
        )
