"""All versions of a rule with what each changed, and the story of its being in force."""

from collections import defaultdict
from dataclasses import dataclass

from orders.review.rules.compare import Difference, differences
from orders.review.rules.models import ReviewRule, RuleChange, RuleVersion
from orders.review.rules.sentence import names_for
from orders.review.rules.trial_result import Trial, trial_from

Kind = RuleChange.Kind
MOST = 50


@dataclass(frozen=True, slots=True)
class Version:
    """A version and what it changed of the one before (None: the first). `in_force` says when it was put in force."""

    version: RuleVersion
    differences: list[Difference] | None
    trial: Trial | None
    in_force: list[RuleChange]
    is_live: bool
    is_newest: bool


def versions_of(rule: ReviewRule) -> list[Version]:
    """The newest first, at most so many."""
    kept = list(rule.versions.order_by("-number")[: MOST + 1])
    force = defaultdict[int | None, list[RuleChange]](list)
    for change in rule.changes.filter(kind__in=(Kind.PUBLISHED, Kind.SHADOWED)).order_by("pk"):
        force[change.version_id].append(change)
    names = names_for(one.text for one in kept)
    return [
        Version(
            one,
            differences(before.text, one.text, names) if before else None,
            trial_from(one.trial) if one.trial else None,
            force[one.pk],
            is_live=rule.live_id == one.pk,
            is_newest=place == 0,
        )
        for place, (one, before) in enumerate(zip(kept, [*kept[1:], None], strict=True))
    ][:MOST]


def changes_of(rule: ReviewRule) -> list[RuleChange]:
    return list(rule.changes.select_related("version").order_by("-pk")[:MOST])
