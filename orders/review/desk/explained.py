"""Why the rules let an order pass or stopped it: what they read then, what they say now, what would change it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oms.models import User
from orders.desk.event_words import ACTORS, WORDS
from orders.models import Order, OrderEvent
from orders.review.explain import Explained, explain_orders, hidden_from
from orders.review.judge import LONGEST_SEEN
from orders.review.reading import RuleReading
from orders.review.rules.book import current_book
from orders.review.rules.deciding import Decision
from orders.review.rules.fields import FIELDS
from orders.review.rules.sentence import outcome_words
from orders.review.rules.words import Labels, labels_of, rule_title, shown_value
from orders.review.what_if import WhatIf, result_words, what_would_change

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

MOST_DECISIONS = 10


@dataclass(frozen=True, slots=True)
class Part:
    """What a rule has to do with the outcome: a word for programs, words for people, the look of these."""

    name: str
    said: "StrPromise"
    tone: str = "neutral"


_DECIDES = Part("decided", gettext_lazy("decides"), "progress")
_OVERRULED = Part("overruled", gettext_lazy("overruled by a stronger rule"))
_MARKS = Part("marks", gettext_lazy("leaves its marks"))
_SHADOW = Part("shadow", gettext_lazy("shadow: would apply, only recorded"))
_SHADOW_NOT = Part("shadow_not", gettext_lazy("shadow: would not apply"))
_PAUSED = Part("paused", gettext_lazy("cannot be read"), "danger")
_NEAR = Part("near", gettext_lazy("nearly applies"), "warn")
_UNKNOWN = Part("unknown", gettext_lazy("cannot be told: something is not known"))
_NOT = Part("not", gettext_lazy("does not apply"))
_ORDER = (_DECIDES, _OVERRULED, _MARKS, _PAUSED, _SHADOW, _NEAR, _UNKNOWN, _NOT, _SHADOW_NOT)


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule of today."""

    reading: RuleReading
    part: Part

    @property
    def outcome(self) -> str:
        return outcome_words(self.reading.rule.text.outcome)


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision of the rules in the past: which versions, and what they read of the order then."""

    at: datetime
    kind: str
    said: str
    who: str
    reason: str
    rules: list[str]
    overruled: list[str]
    seen: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that the rules have to do with one order."""

    now: Explained
    rows: list[RuleRow]
    decided: list[Decided]
    ways: list[WhatIf]

    @property
    def result(self) -> str:
        """What the rules would decide now."""
        words = result_words(self.now.decision)
        return words[:1].upper() + words[1:]


def explained_to(order: Order, user: User) -> Told:
    """A fixed number of queries, whatever the number of rules and events."""
    may_see_money = user.has_perm("orders.view_payment")
    [now] = explain_orders(current_book(), [order.pk], may_see_money=may_see_money).values()
    return Told(
        now, rows_of(now), decisions_of(order, may_see_money), what_would_change(now.readings)
    )


def rows_of(now: Explained) -> list[RuleRow]:
    """Those that apply first, then those that nearly apply."""
    rows = [RuleRow(one, _part(one, now.decision)) for one in now.readings]
    return sorted(rows, key=lambda row: _ORDER.index(row.part))


def _part(one: RuleReading, decision: Decision) -> Part:
    if one.rule in decision.rules:
        return _DECIDES
    if one.rule in decision.overruled:
        return _OVERRULED if one.rule.might_decide else _MARKS
    if one.rule.is_shadow:
        return _SHADOW if one.applies else _SHADOW_NOT
    if one.rule.is_unreadable:
        return _PAUSED
    if one.distance == 1 and any(each.holds for each in one.readings):
        return _NEAR
    return _UNKNOWN if one.applies is None else _NOT


def decisions_of(order: Order, may_see_money: bool) -> list[Decided]:
    """The newest first. One query, and one for the names of channels."""
    found = order.events.filter(data__has_key="rules").order_by("-pk")[:MOST_DECISIONS]
    events = list(found)
    labels = labels_of(name for one in events for name in one.data.get("seen", {}))
    return [_decided(one, labels, may_see_money) for one in events]


def _decided(event: OrderEvent, labels: Labels, may_see_money: bool) -> Decided:
    return Decided(
        event.created_at,
        event.kind,
        str(WORDS.get(event.kind, event.kind)),
        str(ACTORS.get(event.actor_name, event.actor_name)),
        event.reason,
        [rule_title(one["name"], one["version"]) for one in event.data["rules"]],
        [rule_title(one["name"], one["version"]) for one in event.data.get("overruled", [])],
        list(_seen(event.data.get("seen", {}), labels, may_see_money)),
    )


def _seen(seen: dict[str, str], labels: Labels, may_see_money: bool) -> Iterator[tuple[str, str]]:
    """What fields are called, with what was read; those that are gone since under their own name."""
    hidden = hidden_from(may_see_money)
    for name, text in seen.items():
        asked = FIELDS.get(name)
        value = shown_value(asked, text, labels) if asked and text else text or _("empty")
        if len(text) >= LONGEST_SEEN:
            value += " …"
        yield str(asked.label) if asked else name, _("not shown") if name in hidden else value
