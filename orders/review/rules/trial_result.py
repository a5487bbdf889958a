"""What trying a rule on orders of the past gave. Pure, and the same in any language until somebody reads it."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from orders.review.explain import MONEY
from orders.review.reading import RuleReading, readings_of
from orders.review.rules.book import Rule
from orders.review.rules.text import Outcome, RuleText

MORE_THAN = 20
"""A rule that would pass so many percent more orders needs a second person."""

_STOPPING = (Outcome.HOLD, Outcome.CANCEL)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many orders the rules pass, hold, cancel, send to finance, and leave to a person."""

    passed: int = 0
    held: int = 0
    cancelled: int = 0
    second: int = 0
    person: int = 0


@dataclass(frozen=True, slots=True)
class Overlap:
    """Another rule that names some of the same orders.

    `is_conflict`: one passes what the other stops. `stronger` counts the orders that it decides against the tried rule.
    """

    rule_id: int
    name: str
    outcome: str
    orders: int
    stronger: int = 0
    is_conflict: bool = False


@dataclass(frozen=True, slots=True)
class Sample:
    """An order that the rule names: the outcome `before` (rules as they are) and `after`, and what was done `then`.

    `then` is a status or "", `by` says who: "person", "rules" or "". `read` is what each condition read, in their
    order: its text (None: not known) and whether it holds (None: nobody can say).
    """

    order_id: int
    number: str
    placed_at: str
    before: str
    after: str
    then: str
    by: str
    read: tuple[tuple[str | None, bool | None], ...]

    @property
    def is_changed(self) -> bool:
        return self.before != self.after

    def reading(self, text: RuleText, *, may_see_money: bool) -> RuleReading:
        """The conditions of the tried `text` with what they read."""
        hidden: Collection[str] = () if may_see_money else MONEY
        [one] = readings_of([Rule(text)], self.read, hidden=hidden)
        return one


@dataclass(frozen=True, slots=True)
class Trial:
    """What trying a rule gave. `before` counts what the rules as they are come to, `after` with the rule in its place.

    `orders` were placed from `since` until before `until` (ISO; only the newest when `is_cut`), `hits` of them the rule
    names, `decided` it decides, `changed` come to another outcome than before. `people_passed` and `people_stopped`
    count what people decided then about the orders it names. `today` are the fields that were read as they are now.
    `revision` is that of the rules in force.
    """

    since: str
    until: str
    revision: int
    outcome: str
    orders: int = 0
    is_cut: bool = False
    hits: int = 0
    decided: int = 0
    changed: int = 0
    before: Counts = Counts()
    after: Counts = Counts()
    people_passed: int = 0
    people_stopped: int = 0
    overlaps: tuple[Overlap, ...] = ()
    samples: tuple[Sample, ...] = ()
    today: tuple[str, ...] = ()

    @property
    def agree(self) -> int | None:
        """How many decisions of people were those of the rule; None when these cannot be compared."""
        return self._of_people(self.people_passed, self.people_stopped)

    @property
    def disagree(self) -> int | None:
        return self._of_people(self.people_stopped, self.people_passed)

    def _of_people(self, passing: int, stopping: int) -> int | None:
        if self.outcome == Outcome.APPROVE:
            return passing
        return stopping if self.outcome in _STOPPING else None

    @property
    def conflicts(self) -> list[Overlap]:
        return [one for one in self.overlaps if one.is_conflict]

    @property
    def shadowed_by(self) -> list[Overlap]:
        """The stronger rules because of which it never decides; none while it decides sometimes."""
        if self.decided or self.outcome == Outcome.MARK:
            return []
        return [one for one in self.overlaps if one.stronger]

    @property
    def more_percent(self) -> float | None:
        """How many percent more orders would pass by themselves; None when none passed before and some would."""
        if not self.before.passed:
            return None if self.after.passed else 0
        return 100 * (self.after.passed - self.before.passed) / self.before.passed

    @property
    def wants_second(self) -> bool:
        """Whether so many more orders would pass that a second person must agree."""
        more = self.more_percent
        return more is None or more > MORE_THAN

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def trial_from(kept: Mapping[str, Any]) -> Trial:
    """The trial that `as_json` wrote."""
    samples = tuple(
        Sample(**{**one, "read": tuple((text, holds) for text, holds in one["read"])})
        for one in kept["samples"]
    )
    made = {
        "before": Counts(**kept["before"]),
        "after": Counts(**kept["after"]),
        "overlaps": tuple(Overlap(**one) for one in kept["overlaps"]),
        "samples": samples,
        "today": tuple(kept["today"]),
    }
    names = {one.name for one in fields(Trial)}
    return Trial(**{name: value for name, value in kept.items() if name in names} | made)
