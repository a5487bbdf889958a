"""Where an order stands, and why it stands there."""

import unicodedata
from collections.abc import Iterable
from functools import cache

from django.conf import settings
from django.utils import translation

from orders.desk.asked import VIEWS
from orders.desk.clues import literally
from orders.desk.query.qualifier import Known, Lookup, Suggestion, Unreadable, Value
from orders.reasons import codes_and_words
from orders.review.rules.text import Priority
from orders.states import OrderStatus


def spelled(text: str) -> str:
    """As spellings are compared: `To review`, `to_review` and `TO-REVIEW` are one."""
    plain = unicodedata.normalize("NFKC", text).casefold().strip()
    return plain.replace(" ", "-").replace("_", "-")


@cache
def _statuses_by_word() -> dict[str, tuple[OrderStatus, ...]]:
    """Each status by its name and its word in every language; then the views of the list by theirs."""
    found: dict[str, tuple[OrderStatus, ...]] = {}
    spellings: list[tuple[object, tuple[OrderStatus, ...]]] = []
    for status in OrderStatus:
        found[spelled(status.value)] = (status,)
        spellings.append((status.label, (status,)))
    spellings += [(view.label, view.statuses) for view in VIEWS.values() if view.statuses]
    for language, _words in settings.LANGUAGES:
        with translation.override(language):
            for label, statuses in spellings:
                found.setdefault(spelled(str(label)), statuses)
    for name, view in VIEWS.items():
        if view.statuses:
            found.setdefault(name, view.statuses)
    return found


def status(text: str, _known: Known) -> Value:
    statuses = _statuses_by_word().get(spelled(text))
    if not statuses:
        raise Unreadable
    places = ", ".join(["%s"] * len(statuses))
    shown = "/".join(str(one.label) for one in statuses)
    params = tuple(one.value for one in statuses)
    return Value(shown, f"o.status IN ({places})", params, statuses=statuses)


def statuses(_typed: str, _known: Known) -> Iterable[Suggestion]:
    for one in OrderStatus:
        label = str(one.label)
        with translation.override("en"):
            english = spelled(str(one.label))
        yield Suggestion(label if " " not in label else english, label)


def reason(text: str, _known: Known) -> Value:
    """A reason by its code or the beginning of its words; else what its detail contains."""
    wanted = spelled(text)
    codes = [
        code
        for code, words in codes_and_words()
        if spelled(code) == wanted or any(spelled(one).startswith(wanted) for one in words)
    ]
    within = f"%{literally(unicodedata.normalize('NFKC', text))}%"
    if not codes:
        return Value(text, "o.reason_detail ILIKE %s", (within,))
    return Value(text, "(o.reason_code = ANY(%s) OR o.reason_detail ILIKE %s)", (codes, within))


def reasons(_typed: str, _known: Known) -> Iterable[Suggestion]:
    language = translation.get_language()
    for code, words in codes_and_words():
        yield Suggestion(code, _words_in(language or "", words) or code)


def _words_in(language: str, words: tuple[str, ...]) -> str:
    places = [code for code, _words in settings.LANGUAGES]
    return words[places.index(language)] if language in places else words[0]


def priority(text: str, _known: Known) -> Value:
    one = _priorities_by_word().get(spelled(text))
    if one is None:
        raise Unreadable
    # Spelled out: only so does the planner know that the small index has them all.
    condition = f"o.priority = {one.value:d}"
    lookup = Lookup("orders_order k", "k.id", f"k.priority = {one.value:d}", ()) if one else None
    return Value(str(one.label), condition, (), lookup)


@cache
def _priorities_by_word() -> dict[str, Priority]:
    found = {spelled(one.name): one for one in Priority}
    for language, _words in settings.LANGUAGES:
        with translation.override(language):
            found |= {spelled(str(one.label)): one for one in Priority}
    return found


def priorities(_typed: str, _known: Known) -> Iterable[Suggestion]:
    for one in reversed(Priority):
        yield Suggestion(str(one.label).lower(), str(one.label))
