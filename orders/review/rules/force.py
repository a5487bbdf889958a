"""The one writer of which version of a rule is in force. Each change makes the rules look at waiting orders again."""

from django.utils.translation import gettext as _

from oms.models import User
from orders import nudge
from orders.review.judge_again import judge_again
from orders.review.rules.models import ReviewRule, RuleChange, RuleVersion

Kind = RuleChange.Kind
Mode = ReviewRule.Mode


def put_in_force(
    rule: ReviewRule,
    version: RuleVersion,
    mode: str,
    *,
    kind: str,
    actor: User | None,
    note: str = "",
) -> None:
    """From now on `version` judges, or in the shadow only records."""
    ReviewRule.objects.filter(pk=rule.pk).update(live=version, mode=mode)
    note_change(kind, rule, version, actor=actor, note=note)
    _ask_again()


def take_out_of_force(
    rule: ReviewRule, mode: str, *, kind: str, actor: User | None, note: str = ""
) -> None:
    """From now on the rule judges nothing: `mode` is off, retired or paused."""
    ReviewRule.objects.filter(pk=rule.pk).update(mode=mode)
    note_change(kind, rule, rule.live, actor=actor, note=note)
    _ask_again()


def pause_unreadable(rules: "list[tuple[int, str]]") -> None:
    """Pause rules in force (id, why) that this version of the program cannot read; orders wait for a person."""
    for rule in ReviewRule.objects.filter(
        pk__in=[pk for pk, _why in rules], mode__in=[Mode.ON, Mode.SHADOW]
    ):
        note = dict(rules)[rule.pk]
        take_out_of_force(rule, Mode.PAUSED, kind=Kind.PAUSED, actor=None, note=note[:300])


def signals_changed(*, actor: User | None, note: str) -> None:
    """Signals of risk, or what they read, are others: rules that ask for the risk come to something else."""
    note_change(Kind.SIGNALS, None, None, actor=actor, note=note[:300])
    _ask_again()


def note_change(
    kind: str,
    rule: ReviewRule | None,
    version: RuleVersion | None,
    *,
    actor: User | None,
    note: str = "",
) -> None:
    """Write it down; this is also what tells every process that the rules are others now."""
    RuleChange.objects.create(
        kind=kind,
        rule=rule,
        version=version,
        actor=actor,
        actor_name=actor.display_name[:80] if actor else _("System"),
        note=note,
    )


def _ask_again() -> None:
    judge_again()
    nudge.after_commit()
