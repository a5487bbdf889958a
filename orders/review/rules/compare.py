"""What differs between two texts of a rule, row by row, in the reader's words."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orders.review.rules.sentence import (
    Names,
    conditions_words,
    limits_words,
    marks_words,
    names_for,
)
from orders.review.rules.text import Condition, Group, Needs, Outcome, RuleText
from orders.review.rules.words import listed

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

_CONDITION = gettext_lazy("Condition")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that was added (`old` is ""), taken out (`new` is ""), or changed."""

    what: "str | StrPromise"
    old: str
    new: str


def differences(old: RuleText, new: RuleText, names: Names | None = None) -> list[Difference]:
    names = names or names_for([old, new])
    aspects = zip(_aspects(old, names), _aspects(new, names), strict=True)
    changed = [
        Difference(what, before, after)
        for (what, before), (_what, after) in aspects
        if before != after
    ]
    return [*changed[:3], *_rows(old, new, names), *changed[3:]]


def _aspects(text: RuleText, names: Names) -> Iterator[tuple["str | StrPromise", str]]:
    """All but the conditions: what it is called, what it says of it."""
    known = text.outcome in Outcome.values
    yield gettext_lazy("Name"), text.name
    yield (
        gettext_lazy("What happens to the order"),
        str(Outcome(text.outcome).label if known else text.outcome),
    )
    yield gettext_lazy("Reason"), text.reason
    yield gettext_lazy("How the conditions are joined"), _joints(text)
    yield gettext_lazy("What it leaves on the order"), listed(marks_words(text.marks, names))
    yield gettext_lazy("Where and when it holds"), listed(limits_words(text, names))


def _joints(text: RuleText) -> str:
    """Only what matters: one row is not joined, nor is one group."""
    said = [
        _("Group %(number)d: %(needs)s") % {"number": number, "needs": Needs(group.needs).label}
        for number, group in enumerate(text.groups, start=1)
        if len(group.conditions) > 1
    ]
    if len(text.groups) > 1:
        said.append(_("groups: %s") % Needs(text.needs).label)
    return listed(said)


def _rows(old: RuleText, new: RuleText, names: Names) -> Iterator[Difference]:
    before, after = _conditions(old), _conditions(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for verb, a, b, c, d in matcher.get_opcodes():
        if verb == "equal":
            continue
        gone = [_words(one, names) for one in before[a:b]]
        come = [_words(one, names) for one in after[c:d]]
        for place in range(max(len(gone), len(come))):
            yield Difference(
                _CONDITION,
                gone[place] if place < len(gone) else "",
                come[place] if place < len(come) else "",
            )


def _conditions(text: RuleText) -> list[tuple[int, Condition]]:
    """Each with the number of its group, which only matters where there are several."""
    return [
        (number if len(text.groups) > 1 else 0, condition)
        for number, group in enumerate(text.groups, start=1)
        for condition in group.conditions
    ]


def _words(row: tuple[int, Condition], names: Names) -> str:
    group, condition = row
    alone = RuleText("", Outcome.MARK, groups=(Group((condition,)),))
    words = conditions_words(alone, names.labels)
    return _("%(words)s (group %(number)d)") % {"words": words, "number": group} if group else words
