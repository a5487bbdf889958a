"""A whole rule as one sentence in the reader's language: when which conditions hold, what happens."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from oms.display import time_text
from oms.models import User
from orders.review.rules.check import check_condition
from orders.review.rules.fields import FIELDS
from orders.review.rules.operators import Operator
from orders.review.rules.text import Condition, Group, Marks, Needs, Outcome, Priority, RuleText
from orders.review.rules.words import Labels, joined, labels_of, listed, quoted, wish_words

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

_DONE: "dict[str, StrPromise]" = {
    Outcome.APPROVE: pgettext_lazy("what a rule does", "approve"),
    Outcome.HOLD: pgettext_lazy("what a rule does", "hold"),
    Outcome.SECOND_REVIEW: pgettext_lazy("what a rule does", "second review by finance"),
    Outcome.CANCEL: pgettext_lazy("what a rule does", "cancel"),
    Outcome.MARK: pgettext_lazy("what a rule does", "only mark"),
}
_OPEN = "…"
"""Stands for what is not typed yet."""


@dataclass(frozen=True, slots=True)
class Names:
    """What is called how: the choices of fields, people by id. Read once for any number of rules."""

    labels: Labels = field(default_factory=dict)
    people: Mapping[int, str] = field(default_factory=dict)


def names_for(texts: Iterable[RuleText]) -> Names:
    """At most one query for channels and one for people."""
    rules = list(texts)
    fields = {one.field for rule in rules for one in rule.conditions}
    if any(rule.channels for rule in rules):
        fields.add("channel")
    ids = {pk for rule in rules for pk in (*rule.marks.notify, rule.marks.owner) if pk}
    people = User.objects.in_bulk(ids) if ids else {}
    return Names(labels_of(fields), {pk: one.display_name for pk, one in people.items()})


def sentence(text: RuleText, names: Names | None = None) -> str:
    """ "When Order total ≥ 2,000 and First order of the customer: yes → hold, reason “Large and new”".

    What makes no sense (yet) is said as it was typed.
    """
    names = names or names_for([text])
    words = _("When %(conditions)s → %(what)s") % {
        "conditions": conditions_words(text, names.labels),
        "what": listed(_what(text, names)),
    }
    for limit in limits_words(text, names):
        words = _("%(one)s; %(other)s") % {"one": words, "other": limit}
    return words


def outcome_words(outcome: str) -> str:
    """What a rule does with an order, as a verb."""
    return str(_DONE.get(outcome, _OPEN))


def conditions_words(text: RuleText, labels: Labels) -> str:
    """The groups, with those told apart that are joined otherwise inside than with each other."""
    groups = [group for group in text.groups if group.conditions]
    if not groups:
        return _OPEN
    if len(groups) == 1:
        return joined(_each(groups[0], labels), groups[0].needs)
    return joined([_group_words(one, text.needs, labels) for one in groups], text.needs)


def _group_words(group: Group, around: str, labels: Labels) -> str:
    parts = _each(group, labels)
    if len(parts) == 1 or group.needs == around:
        return joined(parts, group.needs)
    words = _("any of (%s)") if group.needs == Needs.ANY else _("all of (%s)")
    return words % joined(parts, group.needs)


def _each(group: Group, labels: Labels) -> list[str]:
    return [_condition_words(one, labels) for one in group.conditions]


def _condition_words(one: Condition, labels: Labels) -> str:
    if not check_condition(one):
        return wish_words(one, labels)
    asked = FIELDS.get(one.field)
    known = one.operator in Operator.values
    return _("%(field)s %(sign)s %(wanted)s") % {
        "field": asked.label if asked else one.field or _OPEN,
        "sign": Operator(one.operator).label if known else one.operator or _OPEN,
        "wanted": one.value.strip() or _OPEN,
    }


def _what(text: RuleText, names: Names) -> Iterator[str]:
    """The outcome with its reason, then the marks."""
    if text.outcome != Outcome.MARK or not text.marks:
        yield outcome_words(text.outcome)
    if text.reason.strip():
        yield _("reason “%s”") % text.reason.strip()
    yield from marks_words(text.marks, names)


def marks_words(marks: Marks, names: Names) -> Iterator[str]:
    if marks.tags:
        yield _("tag %s") % quoted(marks.tags)
    if marks.owner:
        yield _("owner %s where there is none") % names.people.get(marks.owner, f"#{marks.owner}")
    if marks.notify:
        told = [names.people.get(pk, f"#{pk}") for pk in marks.notify]
        yield _("tell %s") % _("/").join(told)
    if marks.priority is not None:
        yield _("priority “%s”") % Priority(marks.priority).label
    if marks.ship_complete is not None:
        yield _("ships only complete") if marks.ship_complete else _("may ship in parts")


def limits_words(text: RuleText, names: Names) -> Iterator[str]:
    if text.channels:
        labels = names.labels.get("channel", {})
        yield _("only for the channels %s") % quoted(labels.get(one, one) for one in text.channels)
    if text.valid_from:
        yield _("from %s on") % time_text(datetime.fromisoformat(text.valid_from))
    if text.valid_until:
        yield _("until before %s") % time_text(datetime.fromisoformat(text.valid_until))
