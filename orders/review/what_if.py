"""What would change the decision of the rules: the fewest conditions that would have to be otherwise. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orders.review.reading import Reading, RuleReading, rule_truth
from orders.review.rules.book import Rule
from orders.review.rules.deciding import Decision, decide
from orders.review.rules.implied import Changed, outcomes_of
from orders.review.rules.logic import Truth
from orders.review.rules.operators import Kind, Operator
from orders.review.rules.text import Condition, Outcome
from orders.review.rules.words import joined, sign, wanted_value

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

MOST_SHOWN = 5
MOST_PAIRS = 5000


@dataclass(frozen=True, slots=True)
class Flip:
    """That a condition would hold, or would not."""

    reading: Reading
    holds: bool

    @property
    def words(self) -> str:
        asked, condition = self.reading.asked, self.reading.condition
        operator = Operator(condition.operator)
        if self.reading.is_hidden:
            return _("“%s” were otherwise") % asked.label
        if asked.kind == Kind.YESNO:
            is_yes = self.holds == (operator == Operator.YES)
            answer = _("“%s” were answered yes") if is_yes else _("“%s” were answered no")
            return answer % asked.label
        if operator in (Operator.IS_EMPTY, Operator.IS_FILLED):
            is_empty = self.holds == (operator == Operator.IS_EMPTY)
            return (_("%s were empty") if is_empty else _("%s were filled in")) % asked.label
        words = {
            "field": asked.label,
            "sign": sign(operator, holds=self.holds),
            "wanted": wanted_value(condition, self.reading.labels),
        }
        if asked.kind in (Kind.NUMBER, Kind.TIME) and operator != Operator.BETWEEN:
            return _("%(field)s were %(sign)s %(wanted)s") % words
        return _("%(field)s %(sign)s %(wanted)s") % words


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What the rules would decide if all of `flips` came true."""

    flips: tuple[Flip, ...]
    decision: Decision

    @property
    def words(self) -> str:
        return _("If %(conditions)s, %(result)s.") % {
            "conditions": joined([one.words for one in self.flips]),
            "result": result_words(self.decision),
        }


_WOULD: "dict[str, StrPromise]" = {
    Outcome.APPROVE: gettext_lazy("%s would approve it"),
    Outcome.HOLD: gettext_lazy("%s would hold it"),
    Outcome.CANCEL: gettext_lazy("%s would cancel it"),
    Outcome.SECOND_REVIEW: gettext_lazy("%s would send it to finance"),
}


def result_words(decision: Decision) -> str:
    """What the rules would do, and which of them."""
    would = _WOULD.get(decision.outcome)
    if would is None:
        return _("no rule would decide, and a person would look at it")
    return str(would) % joined([_named(one) for one in decision.rules])


def _named(rule: Rule) -> str:
    if not rule.number:
        return _("rule “%(rule)s”") % {"rule": rule.text.name}
    return _("rule “%(rule)s” v%(version)d") % {"rule": rule.text.name, "version": rule.number}


def what_would_change(readings: Sequence[RuleReading]) -> list[WhatIf]:
    """At most five ways to another decision, those first that ask for the least, then those to an approval."""
    matrix = _Matrix(readings)
    found = list(matrix.by_one())
    if len(found) < MOST_SHOWN:
        found += matrix.by_two()
    found.sort(key=lambda one: (len(one.flips), one.decision.outcome != Outcome.APPROVE))
    return list({one.words: one for one in reversed(found)}.values())[::-1][:MOST_SHOWN]


@dataclass(slots=True)
class _Try:
    """A flip with what it makes of the rules it touches; both sets of rules are bits, the first rule the lowest."""

    flip: Flip
    changed: Changed
    touched: int = 0
    applying: int = 0
    is_enough: bool = False


class _Matrix:
    """Which conditions hold, and which rules apply by them."""

    def __init__(self, readings: Sequence[RuleReading]) -> None:
        self.rules = [one for one in readings if not one.rule.is_shadow]
        self.read = {one.condition: one for rule in self.rules for one in rule.readings}
        self.truths: dict[Condition, Truth] = {
            condition: one.holds for condition, one in self.read.items()
        }
        self._asking = _rules_by_condition(self.rules)
        self._decisions: dict[int, Decision] = {}
        self.applying = sum(1 << at for at, one in enumerate(self.rules) if one.applies)
        self.now = self._decision(self.applying)
        self._tries = [one for flip in self._flips() for one in self._tried(flip)]

    def by_one(self) -> Iterator[WhatIf]:
        for one in self._tries:
            decision = self._decision(one.applying)
            if decision.outcome != self.now.outcome:
                one.is_enough = True
                if self._counts(one, decision):
                    yield WhatIf((one.flip,), decision)

    def by_two(self) -> Iterator[WhatIf]:
        """Pairs of which neither is enough alone; one field is never asked to be two things."""
        left = [one for one in self._tries if not one.is_enough]
        for count, (one, other) in enumerate(combinations(left, 2)):
            if count == MOST_PAIRS:
                return
            if one.flip.reading.field == other.flip.reading.field:
                continue
            decision = self._decision(self._applying_by(one, other))
            is_other = decision.outcome != self.now.outcome
            if is_other and self._counts(one, decision) and self._counts(other, decision):
                yield WhatIf((one.flip, other.flip), decision)

    def _counts(self, one: _Try, decision: Decision) -> bool:
        """Whether a rule that decides now, or would decide then, asks for this very condition."""
        asking = self._asking[one.flip.reading.condition]
        rules = (*decision.rules, *self.now.rules)
        return any(asking >> at & 1 and rule.rule in rules for at, rule in enumerate(self.rules))

    def _flips(self) -> Iterator[Flip]:
        """Nobody can make a value unknown, so that is no way."""
        for one in self.read.values():
            if one.condition.operator != Operator.UNKNOWN:
                yield from (Flip(one, holds) for holds in (True, False) if holds != one.holds)

    def _tried(self, flip: Flip) -> Iterator[_Try]:
        """Once for each thing that the flip may make of the other conditions of its field."""
        field = flip.reading.field
        others = [one for one in self.truths if one.field == field]
        seen = set[int]()
        for changed in outcomes_of(flip.reading.condition, flip.holds, others):
            touched = self._touched(changed)
            applying = self._recomputed(self.applying, touched, changed)
            if applying not in seen:
                seen.add(applying)
                yield _Try(flip, changed, touched, applying)

    def _touched(self, changed: Changed) -> int:
        touched = 0
        for condition, holds in changed.items():
            if holds != self.truths[condition]:
                touched |= self._asking[condition]
        return touched

    def _applying_by(self, one: _Try, other: _Try) -> int:
        both = one.touched & other.touched
        applying = self.applying & ~(one.touched | other.touched)
        applying |= one.applying & one.touched & ~both
        applying |= other.applying & other.touched & ~both
        return self._recomputed(applying, both, one.changed | other.changed)

    def _recomputed(self, applying: int, rules: int, changed: Changed) -> int:
        """`applying` with what `changed` makes of `rules`."""
        truths = self.truths | changed
        for at, one in enumerate(self.rules):
            if rules >> at & 1:
                bit = 1 << at
                applying = applying | bit if _applies(one, truths) else applying & ~bit
        return applying

    def _decision(self, applying: int) -> Decision:
        if applying not in self._decisions:
            rules = [one.rule for at, one in enumerate(self.rules) if applying >> at & 1]
            self._decisions[applying] = decide(rules)
        return self._decisions[applying]


def _rules_by_condition(rules: Iterable[RuleReading]) -> dict[Condition, int]:
    asking: dict[Condition, int] = {}
    for at, rule in enumerate(rules):
        for one in rule.readings:
            asking[one.condition] = asking.get(one.condition, 0) | 1 << at
    return asking


def _applies(one: RuleReading, truths: Mapping[Condition, Truth]) -> Truth:
    groups = [group.holding(truths) for group in one.groups]
    return rule_truth(one.rule, groups, one.limit.holding(truths) if one.limit else True)
