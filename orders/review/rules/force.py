"""The one writer of which version of a rule is in force. Each change makes the rules look at waiting orders again."""

from django.db import transaction

from oms.models import User
from orders import nudge
from orders.review.judge_again import judge_again, judge_waiting_for_finance
from orders.review.rules.book import change_book, current_book
from orders.review.rules.check import unreadable
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
    with transaction.atomic():
        change_book()
        ReviewRule.objects.filter(pk=rule.pk).update(live=version, mode=mode)
        note_change(kind, rule, version, actor=actor, note=note)
        _ask_again()


def take_out_of_force(
    rule: ReviewRule, mode: str, *, kind: str, actor: User | None, note: str = ""
) -> None:
    """From now on the rule judges nothing: `mode` is off, retired or paused."""
    with transaction.atomic():
        change_book()
        ReviewRule.objects.filter(pk=rule.pk).update(mode=mode)
        note_change(kind, rule, rule.live, actor=actor, note=note)
        _ask_again()


def pause_unreadable() -> None:
    """Pause the rules in force that this version of the program cannot read; orders they might stop go to people."""
    unread = {
        one.id: one for one in current_book().rules if one.is_unreadable and one.mode != Mode.PAUSED
    }
    if not unread:
        return
    with transaction.atomic():
        rules = ReviewRule.objects.select_for_update(no_key=True).order_by("pk")
        for rule in rules.filter(pk__in=unread, mode__in=[Mode.ON, Mode.SHADOW]):
            note = "; ".join(error.message for error in unreadable(unread[rule.pk].text))[:300]
            take_out_of_force(rule, Mode.PAUSED, kind=Kind.PAUSED, actor=None, note=note)


def signals_changed(*, actor: User | None, note: str) -> None:
    """Signals of risk, or what they read, are others: rules that ask for the risk come to something else."""
    with transaction.atomic():
        change_book()
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
        actor_name=actor.display_name[:80] if actor else "",
        note=note,
    )


def _ask_again() -> None:
    judge_again()
    judge_waiting_for_finance()
    nudge.after_commit()
