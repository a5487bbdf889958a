"""A trial in the reader's words: figures, samples with their conditions, what was read as it is today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from orders.review.reading import Reading
from orders.review.rules.fields import FIELDS
from orders.review.rules.models import RuleVersion
from orders.review.rules.text import Outcome
from orders.review.rules.trial_result import Sample, Trial, trial_from
from orders.review.rules.words import listed
from orders.states import OrderStatus

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

_BY: "dict[str, StrPromise]" = {
    "person": gettext_lazy("by a person"),
    "rules": gettext_lazy("by rules"),
}


def outcome_words(outcome: str) -> str:
    """What becomes of an order; "" leaves it to a person."""
    return str(Outcome(outcome).label) if outcome in Outcome.values else _("To a person")


@dataclass(frozen=True, slots=True)
class ShownSample:
    sample: Sample
    readings: Sequence[Reading]

    @property
    def placed_at(self) -> datetime:
        return datetime.fromisoformat(self.sample.placed_at)

    @property
    def before(self) -> str:
        return outcome_words(self.sample.before)

    @property
    def after(self) -> str:
        return outcome_words(self.sample.after)

    @property
    def then(self) -> str:
        """What was done about the order in its time."""
        if self.sample.then not in OrderStatus.values:
            return _("Nobody has decided yet")
        status = OrderStatus(self.sample.then).label
        return f"{status} {_BY.get(self.sample.by, '')}".strip()


@dataclass(frozen=True, slots=True)
class ShownTrial:
    """`version` was tried."""

    version: RuleVersion
    trial: Trial
    may_see_money: bool

    @property
    def tried_by(self) -> str:
        return str((self.version.trial or {}).get("tried_by", ""))

    @property
    def since(self) -> datetime:
        return datetime.fromisoformat(self.trial.since)

    @property
    def until(self) -> datetime:
        return datetime.fromisoformat(self.trial.until)

    @property
    def figures(self) -> list[tuple[str, int, int]]:
        """(what, without the rule's change, with it)."""
        before, after = self.trial.before, self.trial.after
        return [
            (_("Pass by themselves"), before.passed, after.passed),
            (_("Held"), before.held, after.held),
            (_("Cancelled"), before.cancelled, after.cancelled),
            (_("To finance"), before.second, after.second),
            (_("To a person"), before.person, after.person),
        ]

    @property
    def today(self) -> str:
        return listed(str(FIELDS[name].label) for name in self.trial.today if name in FIELDS)

    @property
    def samples(self) -> list[ShownSample]:
        text = self.version.text
        return [
            ShownSample(one, one.reading(text, may_see_money=self.may_see_money).readings)
            for one in self.trial.samples
        ]


def shown_trial(version: RuleVersion, *, may_see_money: bool) -> ShownTrial | None:
    if version.trial is None:
        return None
    return ShownTrial(version, trial_from(version.trial), may_see_money)
