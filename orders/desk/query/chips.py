"""What stands under the query line: a chip for each thing that narrows the list, each of which can be taken away."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from orders.desk.asked import Asked
from orders.desk.query.parse import Clause, Problem
from orders.desk.query.wanted import Wanted
from orders.desk.query.words import Term

_PLACES = ("after", "before", "focus")


@dataclass(frozen=True, slots=True)
class Chip:
    """`start` and `end` are its place in the line, where it can be edited; -1 for what stands elsewhere in the address.

    `sentence` says why it was left out; such a chip narrows nothing.
    """

    label: str
    remove_url: str
    start: int = -1
    end: int = -1
    sentence: str = ""


def chips_of(asked: Asked, wanted: Wanted, query: QueryDict) -> list[Chip]:
    """In the order of the line; then what other parts of the address add."""
    return [*_of_line(wanted, query), *_of_address(asked, wanted, query)]


def cleared_url(query: QueryDict) -> str:
    """This list with nothing but its tab."""
    return address(query, q="", day_from="", day_to="", channel="", status="")


def address(query: QueryDict, **changes: str) -> str:
    """This list's first page with parts of its address changed; an empty value drops the part."""
    kept = query.copy()
    for name in _PLACES:
        kept.pop(name, None)
    for name, value in changes.items():
        kept[name] = value
    for name in [name for name in kept if not kept[name]]:
        del kept[name]
    return f"?{kept.urlencode()}" if kept else "."


def _of_line(wanted: Wanted, query: QueryDict) -> Iterator[Chip]:
    line = wanted.query
    if line.text:
        terms = " ".join(
            term.source for term in sorted(_terms(wanted), key=lambda term: term.start)
        )
        yield Chip(f"“{line.text}”", address(query, q=terms))
    parts: list[Clause | Problem] = [*line.clauses, *line.problems]
    for part in sorted(parts, key=lambda one: one.term.start if one.term else 0):
        if part.term:
            sentence = part.sentence if isinstance(part, Problem) else ""
            without = address(query, q=line.without(part.term))
            yield Chip(part.words, without, part.term.start, part.term.end, sentence)


def _terms(wanted: Wanted) -> Iterator[Term]:
    parts: list[Clause | Problem] = [*wanted.query.clauses, *wanted.query.problems]
    for part in parts:
        if part.term:
            yield part.term


def _of_address(asked: Asked, wanted: Wanted, query: QueryDict) -> Iterator[Chip]:
    removed = {"date": {"day_from": "", "day_to": ""}, "channel": {"channel": ""}}
    for clause in wanted.given:
        yield Chip(clause.words, address(query, **removed[clause.qualifier.name]))
    if not asked.tab:
        yield Chip(
            _("%(name)s: %(values)s") % {"name": _("Status"), "values": asked.statuses[0].label},
            address(query, status=""),
        )
