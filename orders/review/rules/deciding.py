"""What the rules that name an order come to. Pure; the one place that says which outcome beats which."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from orders.review.rules.book import Rule
from orders.review.rules.text import Marks, Outcome

_T = TypeVar("_T")

TO_PERSON = ""
"""No rule decides: a person does."""

# The first that some rule wants is done. A hold beats all: then a person looks, whatever else the rules say.
_STRENGTH = (Outcome.HOLD, TO_PERSON, Outcome.CANCEL, Outcome.SECOND_REVIEW, Outcome.APPROVE)


@dataclass(frozen=True, slots=True)
class Decision:
    """`outcome` is one of `Outcome` or TO_PERSON, `rules` those that decide it.

    `overruled` applied too and wanted something else; `shadow` would have applied; `marks` are those of all that apply.
    `is_passed`: of a second review, that some rule approves the order otherwise.
    """

    outcome: str
    rules: tuple[Rule, ...] = ()
    overruled: tuple[Rule, ...] = ()
    shadow: tuple[Rule, ...] = ()
    marks: Marks = Marks()
    is_passed: bool = False

    @property
    def second(self) -> Rule | None:
        """The rule that wants finance to look once the order passes, even where a stronger one decides first."""
        rules = (*self.rules, *self.overruled)
        return next((rule for rule in rules if _wants(rule) == Outcome.SECOND_REVIEW), None)

    @property
    def reason(self) -> str:
        return "; ".join(dict.fromkeys(rule.text.reason for rule in self.rules))


def decide(matched: Sequence[Rule]) -> Decision:
    """`matched` are the rules that name an order, in their order."""
    shadow = tuple(rule for rule in matched if rule.is_shadow)
    live = [rule for rule in matched if not rule.is_shadow]
    wants = {rule: _wants(rule) for rule in live}
    outcome = next((one for one in _STRENGTH if one in wants.values()), TO_PERSON)
    deciding = tuple(rule for rule, wanted in wants.items() if wanted == outcome)
    return Decision(
        outcome,
        deciding,
        tuple(rule for rule in live if rule not in deciding),
        shadow,
        _marks(live),
        is_passed=Outcome.APPROVE in wants.values(),
    )


def _wants(rule: Rule) -> str:
    """A rule that cannot be read, but might stop the order, leaves it to a person."""
    return TO_PERSON if rule.is_unreadable else rule.text.outcome


def _marks(rules: Iterable[Rule]) -> Marks:
    """Tags and people of all of them; of the rest the first word counts."""
    marks = [rule.text.marks for rule in rules if not rule.is_unreadable]
    return Marks(
        tags=tuple(dict.fromkeys(tag for one in marks for tag in one.tags)),
        owner=_first(one.owner for one in marks),
        notify=tuple(dict.fromkeys(person for one in marks for person in one.notify)),
        priority=_first(one.priority for one in marks),
        ship_complete=_first(one.ship_complete for one in marks),
    )


def _first(values: Iterable[_T | None]) -> _T | None:
    return next((value for value in values if value is not None), None)
