"""Adding up what a tried rule would have changed, order by group of orders. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from orders.review.rules.book import Rule
from orders.review.rules.deciding import TO_PERSON, decide
from orders.review.rules.sense import is_opposite
from orders.review.rules.text import Outcome
from orders.review.rules.trial_result import Counts, Overlap


@dataclass(frozen=True, slots=True)
class Group:
    """Orders that the rules of the same `places` name, and of which the same was decided then; `newest` are some.

    `verdict` is the status to which `decider` moved them first, `people` that to which the first person did.
    """

    places: Sequence[int]
    verdict: str
    decider: str
    people: str
    count: int
    newest: Sequence[int]


@dataclass(frozen=True, slots=True)
class Judged:
    """The outcome of a group before and after."""

    group: Group
    before: str
    after: str
    is_hit: bool

    @property
    def is_changed(self) -> bool:
        return self.before != self.after


@dataclass(slots=True)
class Tally:
    """`rules` are those in force and, last, the tried one; `old` is the place of what it replaces."""

    rules: Sequence[Rule]
    old: int | None
    decided: int = 0
    outcomes: tuple[Counter[str], Counter[str]] = field(
        default_factory=lambda: (Counter(), Counter())
    )
    others: Counter[int] = field(default_factory=Counter)
    stronger: Counter[int] = field(default_factory=Counter)
    judged: list[Judged] = field(default_factory=list)

    @property
    def tried(self) -> int:
        return len(self.rules) - 1

    def add(self, group: Group) -> None:
        count = group.count
        before = decide([self.rules[place] for place in group.places if place != self.tried])
        after = decide([self.rules[place] for place in self._after(group.places)])
        self.outcomes[0][before.outcome] += count
        self.outcomes[1][after.outcome] += count
        is_hit = self.tried in group.places
        self.judged.append(Judged(group, before.outcome, after.outcome, is_hit))
        if not is_hit:
            return
        tried = self.rules[self.tried]
        decides = any(rule is tried for rule in after.rules)
        self.decided += count if decides else 0
        for place in group.places:
            if place not in (self.tried, self.old):
                self.others[place] += count
                is_stronger = not decides and any(rule is self.rules[place] for rule in after.rules)
                self.stronger[place] += count if is_stronger else 0

    def _after(self, places: Sequence[int]) -> list[int]:
        """The places of the rules that would name the order; the tried one stands where its old version does."""
        left = [place for place in places if place != self.old]
        stands = self.tried if self.old is None else self.old
        return sorted(left, key=lambda place: stands if place == self.tried else place)

    @property
    def orders(self) -> int:
        return sum(one.group.count for one in self.judged)

    @property
    def hits(self) -> int:
        return sum(one.group.count for one in self.judged if one.is_hit)

    @property
    def changed(self) -> int:
        return sum(one.group.count for one in self.judged if one.is_changed)

    def people(self, *statuses: str) -> int:
        """Of how many orders that the rule names people decided so."""
        return sum(
            one.group.count for one in self.judged if one.is_hit and one.group.people in statuses
        )

    @property
    def before(self) -> Counts:
        return _counts(self.outcomes[0])

    @property
    def after(self) -> Counts:
        return _counts(self.outcomes[1])

    @property
    def overlaps(self) -> tuple[Overlap, ...]:
        """The rules that name some of the same orders, those with the most first."""
        return tuple(
            Overlap(
                self.rules[place].id,
                self.rules[place].text.name,
                str(self.rules[place].text.outcome),
                count,
                self.stronger[place],
                is_opposite(self.rules[place].text.outcome, self.rules[self.tried].text.outcome),
            )
            for place, count in self.others.most_common()
        )


def _counts(outcomes: Counter[str]) -> Counts:
    return Counts(
        passed=outcomes[Outcome.APPROVE],
        held=outcomes[Outcome.HOLD],
        cancelled=outcomes[Outcome.CANCEL],
        second=outcomes[Outcome.SECOND_REVIEW],
        person=outcomes[TO_PERSON],
    )
