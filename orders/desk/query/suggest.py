"""What may be meant while somebody types in the query line: a qualifier, then one of its values."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import get_language

from oms.models import User
from orders.desk.query.known import known_to
from orders.desk.query.qualifier import Known, Qualifier, Suggestion
from orders.desk.query.registry import BY_WORD, QUALIFIERS, offered_to
from orders.desk.query.states import spelled
from orders.desk.query.words import quoted, split, values_in

MOST = 8


@dataclass(frozen=True, slots=True)
class Option:
    """`insert` takes the place of the word that is being typed; a complete one is followed by a blank."""

    insert: str
    label: str
    words: str = ""
    is_complete: bool = True


def suggestions(user: User, word: str) -> list[Option]:
    """At most MOST options for the `word` at the caret; none for what is no qualifier's beginning."""
    word = word.replace("\x00", "")[:200]
    terms = split(word).terms
    known = known_to(user, QUALIFIERS)
    if not terms:
        return list(islice(_names(word, known), MOST))
    term = terms[0]
    qualifier = BY_WORD.get(term.name)
    if qualifier is None or qualifier not in offered_to(known.permissions):
        return []
    values = values_in(term.raw)
    is_new = not values or term.raw[-1] in ",，、"
    before, typed = (values, "") if is_new else (values[:-1], values[-1])
    head = word[: len(word) - len(term.raw)] + "".join(f"{quoted(one)}," for one in before)
    return list(islice(_values(qualifier, head, typed, known), MOST))


def _names(word: str, known: Known) -> Iterator[Option]:
    minus, typed = ("-", word[1:]) if word[:1] in "-－" and word else ("", word)
    place = 1 if (get_language() or "").startswith("zh") else 0
    for one in offered_to(known.permissions):
        begun = [spelling for spelling in one.words if spelling.startswith(typed.casefold())]
        if begun or str(one.label).casefold().startswith(typed.casefold()):
            shown = begun[0] if typed and begun else one.words[place]
            yield Option(
                f"{minus}{shown}:", f"{minus}{shown}:", str(one.accepts), is_complete=False
            )


def _values(qualifier: Qualifier, head: str, typed: str, known: Known) -> Iterator[Option]:
    wanted = spelled(typed)
    for one in qualifier.suggest(typed, known):
        if _fits(one, wanted) and one.value != typed:
            yield Option(f"{head}{quoted(one.value)}", one.value, one.words)


def _fits(one: Suggestion, wanted: str) -> bool:
    # A number may be compared in several ways; its signs stand before it.
    return wanted in spelled(one.value) or wanted in spelled(one.words)
