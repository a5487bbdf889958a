"""The rules in force, read once and kept until one of them changes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from django.db import connection
from django.utils.timezone import now

from oms.sql import query
from orders.review.rules.check import unreadable
from orders.review.rules.compile import NEVER, Compiled, compile_rule, fields_of
from orders.review.rules.models import ReviewRule, RiskSignal
from orders.review.rules.signals import Signal, signal_from
from orders.review.rules.text import Outcome, RuleText

Mode = ReviewRule.Mode
_IN_FORCE = (Mode.ON, Mode.SHADOW, Mode.PAUSED)
_PASSING = (Outcome.APPROVE, Outcome.MARK)


# Without slots: what follows from the text is worked out once and kept beside it.
@dataclass(frozen=True)
class Rule:
    """A version of a rule as it judges. `id` and `version_id` are 0 for a text that nobody has saved."""

    text: RuleText
    id: int = 0
    version_id: int = 0
    number: int = 0
    mode: str = Mode.ON

    @property
    def is_shadow(self) -> bool:
        return self.mode == Mode.SHADOW

    @cached_property
    def is_unreadable(self) -> bool:
        """What it asks about is not known here: nobody can say to which orders it applies."""
        return self.mode == Mode.PAUSED or bool(unreadable(self.text))

    @property
    def might_stop(self) -> bool:
        """What it wants is more than to let an order pass."""
        return self.text.outcome not in _PASSING

    @property
    def might_decide(self) -> bool:
        return self.text.outcome != Outcome.MARK

    @cached_property
    def fields(self) -> set[str]:
        """The facts that it reads."""
        if self.is_unreadable:
            return {"channel"} if self.text.channels else set()
        return fields_of(self.text)

    @cached_property
    def compiled(self) -> Compiled:
        """True for the orders that it names. One that cannot be read and might stop orders names all it might."""
        if not self.is_unreadable:
            return compile_rule(self.text)
        if not self.might_stop:
            return NEVER
        if self.text.channels:
            return "(f.channel = ANY(%s))", [list(self.text.channels)]
        return "true", []


@dataclass(frozen=True, slots=True)
class Book:
    """All rules in force, in their order, and the signals of risk. `revision` changes with any of them."""

    revision: int
    rules: tuple[Rule, ...]
    signals: tuple[Signal, ...] = ()

    def of(self, rules: Iterable[Rule]) -> "Book":
        """The same with other rules."""
        return replace(self, rules=tuple(rules))


_REVISION = "SELECT coalesce(max(id), 0) FROM orders_rulechange"
# The one book that this process read last, by its database and revision.
_kept: dict[tuple[str, int], Book] = {}


def current_book() -> Book:
    """The rules in force at this moment. One small query while nothing changes."""
    [(revision,)] = query(_REVISION)
    key = (connection.settings_dict["NAME"], revision)
    book = _kept.get(key)
    if book is None:
        book = _read(revision)
        _kept.clear()
        _kept[key] = book
    moment = now()
    return book.of(rule for rule in book.rules if is_valid(rule.text, moment))


# Orders are judged beside each other; a change of the rules waits for them, and they
# for it: else an order would be left to a person by rules of which the next moment nobody knows.
_HOLD = "SELECT pg_advisory_xact_lock_shared(hashtext('rules'))"
_CHANGE = "SELECT pg_advisory_xact_lock(hashtext('rules'))"


def hold_book() -> None:
    """Let the rules in force stay as they are until the transaction ends. Comes before any lock on orders."""
    query(_HOLD)


def change_book() -> None:
    """Wait until nobody judges any more, and let nobody begin before the transaction ends."""
    query(_CHANGE)


def is_valid(text: RuleText, moment: datetime) -> bool:
    """Whether `moment` lies between the rule's dates."""
    if text.valid_from and moment < datetime.fromisoformat(text.valid_from):
        return False
    return not text.valid_until or moment < datetime.fromisoformat(text.valid_until)


def _read(revision: int) -> Book:
    rules = ReviewRule.objects.filter(mode__in=_IN_FORCE).select_related("live")
    signals = RiskSignal.objects.filter(is_active=True).order_by("pk")
    return Book(
        revision,
        tuple(as_rule(one) for one in rules.order_by("position", "pk")),
        tuple(signal_from(one.pk, one.name, one.points, one.kept) for one in signals),
    )


def as_rule(rule: ReviewRule) -> Rule:
    """The live version of a rule in force."""
    live = rule.live
    if live is None:
        raise ValueError(f"Rule {rule.pk} is not in force.")
    return Rule(live.text, rule.pk, live.pk, live.number, rule.mode)


def matched_sql(rules: Sequence[Rule]) -> Compiled:
    """The places (in `rules`) of those that name the order of a row `f`."""
    if not rules:
        return "ARRAY[]::int[]", []
    compiled = [rule.compiled for rule in rules]
    cases = ", ".join(
        f"CASE WHEN {sql} THEN {place} END" for place, (sql, _params) in enumerate(compiled)
    )
    params = [value for _sql, values in compiled for value in values]
    return f"array_remove(ARRAY[{cases}]::int[], NULL)", params
