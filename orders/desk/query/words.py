"""Taking the text of the query line apart: free words, and terms like `-city:"new york",paris`. Pure."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 5_000  # characters of the line that are read at all
LONGEST_NAME = 20

_QUOTES = '"“”'
_PIECE = re.compile(r'["“”][^"“”]*(?:["“”]|$)|[^\s"“”]+')
_NAME = re.compile(r"([-－]?)([^\W\d_][\w-]*)[:：]")
_COMMA = re.compile(r"[,，、]")
_THOUSANDS = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class Term:
    """`source` is how it stands in the line, from `start`; `raw` its value, still with quotes and commas."""

    source: str
    start: int
    name: str
    raw: str
    is_negated: bool

    @property
    def end(self) -> int:
        return self.start + len(self.source)


@dataclass(frozen=True, slots=True)
class Line:
    """The free words, joined by blanks and without quotes, and the terms, each in its order."""

    text: str
    terms: tuple[Term, ...]


def cleaned(line: str) -> str:
    """What is read of the line: without NUL, at most LONGEST characters."""
    return line.replace("\x00", "").strip()[:LONGEST]


def split(line: str) -> Line:
    """Take a cleaned line apart. What looks like a time, an address of the web or a path is text."""
    words, terms = list[str](), list[Term]()
    for start, chunk in _chunks(line):
        named = _NAME.match(chunk)
        if named is None or _looks_like_text(named[2], chunk[named.end() :]):
            words.append(unquoted(chunk))
        else:
            name = unicodedata.normalize("NFKC", named[2]).casefold()
            terms.append(Term(chunk, start, name, chunk[named.end() :], bool(named[1])))
    return Line(" ".join(filter(None, words)), tuple(terms))


def values_in(raw: str, *, keeps_thousands: bool = False) -> list[str]:
    """The values that commas part, without quotes; what is within quotes is one value."""
    text = _THOUSANDS.sub("", raw) if keeps_thousands else raw
    found, current = list[str](), ""
    for piece in _PIECE.findall(text):
        if piece[0] in _QUOTES:
            current += unquoted(piece)
            continue
        first, *others = _COMMA.split(piece)
        current += first
        for other in others:
            found.append(current)
            current = other
    found.append(current)
    return [value for value in (one.strip() for one in found) if value]


def quoted(value: str) -> str:
    """`value` as it is written in the line, so that it is read as one."""
    needs_quotes = re.search(r"[\s,，、:：]", value)
    return f'"{value}"' if needs_quotes else value


def unquoted(text: str) -> str:
    return text.translate(dict.fromkeys(map(ord, _QUOTES)))


def _chunks(line: str) -> Iterator[tuple[int, str]]:
    """What blanks part, each with its place; blanks within quotes part nothing."""
    start, end = 0, -1
    for piece in _PIECE.finditer(line):
        if piece.start() != end:
            if end > start:
                yield start, line[start:end]
            start = piece.start()
        end = piece.end()
    if end > start:
        yield start, line[start:end]


def _looks_like_text(name: str, rest: str) -> bool:
    """`http://…`, `C:\\…`, or more letters than any name has."""
    return rest.startswith(("//", "\\")) or len(name) > LONGEST_NAME
