"""What the query line asks for: free text, clauses that were understood, and problems that are left out. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from django.utils.translation import gettext as _

from orders.desk.query.qualifier import Known, Qualifier, Unreadable, Value
from orders.desk.query.registry import BY_WORD, offered_to
from orders.desk.query.words import Term, cleaned, split, values_in

MOST_CLAUSES = 20
MOST_VALUES = 30
LONGEST_VALUE = 100
_QUOTED_BACK = 40  # characters of a term that are repeated in words


@dataclass(frozen=True, slots=True)
class Clause:
    """A term that was understood: any of its values, or with `is_negated` none of them."""

    qualifier: Qualifier
    values: tuple[Value, ...]
    is_negated: bool = False
    term: Term | None = None

    @property
    def is_of_status(self) -> bool:
        return bool(self.values[0].statuses)

    @property
    def words(self) -> str:
        values = "/".join(value.shown for value in self.values)
        pattern = _("%(name)s is not: %(values)s") if self.is_negated else _("%(name)s: %(values)s")
        return pattern % {"name": self.qualifier.label, "values": values}


@dataclass(frozen=True, slots=True)
class Problem:
    """A term that is left out, and the sentence that says why and what would be accepted."""

    term: Term
    sentence: str

    @property
    def words(self) -> str:
        return _shortened(self.term.source)


@dataclass(frozen=True, slots=True)
class Query:
    """The whole line as it stands (`line`), and what it means."""

    line: str = ""
    text: str = ""
    clauses: tuple[Clause, ...] = ()
    problems: tuple[Problem, ...] = ()

    def without(self, term: Term) -> str:
        """The line when `term` is taken out of it."""
        return f"{self.line[: term.start].rstrip()} {self.line[term.end :].lstrip()}".strip()


def terms_in(line: str) -> tuple[Term, ...]:
    return split(cleaned(line)).terms


def parse(line: str, known: Known) -> Query:
    """Read the line. Nothing in it is an error: what cannot be read becomes a problem with words."""
    line = cleaned(line)
    parts = split(line)
    clauses, problems = list[Clause](), list[Problem]()
    for term in parts.terms:
        try:
            if len(clauses) == MOST_CLAUSES:
                raise _LeftOut(_("Left out: only the first %d conditions are used.") % MOST_CLAUSES)
            clauses.append(_clause(term, known))
        except _LeftOut as left_out:
            problems.append(Problem(term, str(left_out)))
    return Query(line, parts.text, tuple(clauses), tuple(problems))


class _LeftOut(Exception):
    """Why a term is not used, in words."""


def _clause(term: Term, known: Known) -> Clause:
    qualifier = BY_WORD.get(term.name)
    if qualifier is None or qualifier not in offered_to(known.permissions):
        raise _LeftOut(_unknown(term, known))
    texts = values_in(term.raw, keeps_thousands=qualifier.keeps_thousands)
    if not texts:
        words = _("Left out: write a value right after “%(name)s:”, %(accepts)s.")
        raise _LeftOut(words % {"name": term.name, "accepts": qualifier.accepts})
    if len(texts) > MOST_VALUES:
        raise _LeftOut(_("Left out: write at most %d values after one word.") % MOST_VALUES)
    return Clause(qualifier, tuple(_values(qualifier, texts, known)), term.is_negated, term)


def _values(qualifier: Qualifier, texts: list[str], known: Known) -> Iterator[Value]:
    for text in texts:
        try:
            if len(text) > LONGEST_VALUE:
                raise Unreadable
            yield qualifier.read(text, known)
        except Unreadable as error:
            words = _("Left out: “%(value)s” cannot be read as “%(name)s”. Write %(accepts)s.")
            shown = {
                "value": _shortened(text),
                "name": qualifier.label,
                "accepts": qualifier.accepts,
            }
            raise _LeftOut(words % shown) from error


def _unknown(term: Term, known: Known) -> str:
    near = _nearest(term.name, known)
    shown = {"name": _shortened(term.name), "near": near, "term": _shortened(term.source)}
    if near:
        words = _("Left out: “%(name)s” is no known word. Did you mean “%(near)s:”?")
    else:
        words = _(
            'Left out: “%(name)s” is no known word. To look for it as text, write "%(term)s".'
        )
    return words % shown


def _nearest(word: str, known: Known) -> str:
    """The known word that `word` may be a slip of, or ""."""
    spellings = [word for one in offered_to(known.permissions) for word in one.words]
    begun = [one for one in spellings if one.startswith(word) or word.startswith(one)]
    return next(iter(begun or get_close_matches(word, spellings, 1, 0.5)), "")


def _shortened(text: str) -> str:
    return text if len(text) <= _QUOTED_BACK else f"{text[:_QUOTED_BACK]}…"
