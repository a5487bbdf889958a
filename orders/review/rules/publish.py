"""What administrators do with a rule: try it, put it in force or in the shadow, stop it, go back to an earlier text."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from oms.errors import NotPossible
from oms.models import User
from orders.models.order import Order
from orders.review.rules.force import note_change, put_in_force, take_out_of_force
from orders.review.rules.models import ReviewRule, RuleChange, RuleVersion
from orders.review.rules.save import save_text
from orders.review.rules.trial import DAYS, try_rule
from orders.review.rules.trial_result import Trial, trial_from

Kind = RuleChange.Kind
Mode = ReviewRule.Mode


@dataclass(frozen=True, slots=True)
class Published:
    """`waits_for_second`: nothing is in force yet, another administrator must publish it too."""

    version: RuleVersion
    waits_for_second: bool = False


def try_version(
    version: RuleVersion, *, actor: User | None, days: int = DAYS,
    since: datetime | None = None, until: datetime | None = None,
) -> Trial:  # fmt: skip
    """Try what the version says on the orders of a period (the last `days`); the trial is kept with it."""
    until = until or now()
    since = since or until - timedelta(days=days)
    trial = try_rule(version.text, rule_id=version.rule_id, since=since, until=until)
    kept = {**trial.as_json(), "tried_by": actor.display_name if actor else ""}
    RuleVersion.objects.filter(pk=version.pk).update(tried_at=now(), trial=kept)
    version.refresh_from_db(fields=["tried_at", "trial"])
    return trial


def publish(version_id: int, *, actor: User) -> Published:
    """Put the newest version of a rule in force.

    It must have been tried. One that would pass many more orders is put in force when a second administrator
    publishes it too. Raises NotPossible.
    """
    with transaction.atomic():
        rule, version = _locked(version_id)
        if rule.mode == Mode.ON and rule.live_id == version.pk:
            return Published(version)
        trial = _require_trial(version)
        if trial.wants_second and not _is_seconded(version, actor):
            version.wants_second, version.published_by = True, actor
            version.save(update_fields=["wants_second", "published_by"])
            note_change(Kind.ASKED, rule, version, actor=actor, note=_much_more(trial))
            return Published(version, waits_for_second=True)
        if trial.wants_second:
            version.seconded_by = actor
        else:
            version.published_by = actor
        version.save(update_fields=["published_by", "seconded_by"])
        put_in_force(rule, version, Mode.ON, kind=Kind.PUBLISHED, actor=actor)
    return Published(version)


def _is_seconded(version: RuleVersion, actor: User) -> bool:
    if not version.wants_second:
        return False
    if version.published_by_id == actor.pk:
        words = _("It waits for another administrator, who must publish it too: you asked for it.")
        raise NotPossible(words, code="wants_second")
    return True


def put_in_shadow(version_id: int, *, actor: User | None) -> None:
    """From now on the newest version only records which orders it names."""
    with transaction.atomic():
        rule, version = _locked(version_id)
        put_in_force(rule, version, Mode.SHADOW, kind=Kind.SHADOWED, actor=actor)


def switch_off(rule_id: int, *, actor: User | None) -> None:
    """From now on the rule judges nothing. This also takes back that it was retired."""
    with transaction.atomic():
        rule = _lock(rule_id)
        if rule.mode != Mode.OFF:
            take_out_of_force(rule, Mode.OFF, kind=Kind.STOPPED, actor=actor)


def retire(rule_id: int, *, actor: User | None) -> None:
    """The rule is not used any more; its history stays."""
    with transaction.atomic():
        rule = _lock(rule_id)
        if rule.mode != Mode.RETIRED:
            take_out_of_force(rule, Mode.RETIRED, kind=Kind.RETIRED, actor=actor)


def roll_back(rule_id: int, number: int, *, base: int, actor: User | None) -> RuleVersion:
    """What version `number` says as the newest version, in force at once when that very text was published before.

    Then it judges (or only records) as the version did that was in force until now. `base` as in `save_text`.
    Raises NotPossible, Stale, InvalidInput.
    """
    with transaction.atomic():
        rule = _lock(rule_id)
        old = rule.versions.filter(number=number).first()
        if old is None:
            raise NotPossible(_("This rule has no version %d.") % number)
        version = save_text(rule_id, old.text, base=base, actor=actor)
        if rule.mode in (Mode.ON, Mode.SHADOW, Mode.PAUSED) and _was_published(rule, version):
            RuleVersion.objects.filter(pk=version.pk).update(tried_at=old.tried_at, trial=old.trial)
            mode, kind = (
                (Mode.SHADOW, Kind.SHADOWED)
                if rule.mode == Mode.SHADOW
                else (Mode.ON, Kind.PUBLISHED)
            )
            note = _("Back to version %d") % number
            put_in_force(rule, version, mode, kind=kind, actor=actor, note=note)
    version.refresh_from_db()
    return version


def _lock(rule_id: int) -> ReviewRule:
    rule = ReviewRule.objects.select_for_update(no_key=True).filter(pk=rule_id).first()
    if rule is None:
        raise NotPossible(_("There is no such rule."))
    return rule


def _locked(version_id: int) -> tuple[ReviewRule, RuleVersion]:
    """The rule, locked, and the version, which must be its newest."""
    version = RuleVersion.objects.filter(pk=version_id).first()
    if version is None:
        raise NotPossible(_("There is no such version of a rule."))
    rule = _lock(version.rule_id)
    newest = rule.newest
    if newest.pk != version_id:
        words = _("There is a newer version, %(number)d by %(who)s; look at it first.") % {
            "number": newest.number, "who": newest.author_name or _("System"),
        }  # fmt: skip
        raise NotPossible(words, code="newer_version")
    if rule.mode == Mode.RETIRED:
        raise NotPossible(_("This rule is retired; take that back first."), code="retired")
    return rule, newest


def _require_trial(version: RuleVersion) -> Trial:
    if version.trial is None:
        raise NotPossible(
            _("Try the rule on past orders first; then publish it."), code="not_tried"
        )
    trial = trial_from(version.trial)
    if not trial.orders and Order.objects.exists():
        words = _("Try the rule on a period in which orders were placed; then publish it.")
        raise NotPossible(words, code="tried_on_nothing")
    return trial


def _much_more(trial: Trial) -> str:
    return _("Would pass %(after)d orders instead of %(before)d") % {
        "after": trial.after.passed, "before": trial.before.passed,
    }  # fmt: skip


def _was_published(rule: ReviewRule, version: RuleVersion) -> bool:
    """Whether this very text judged orders before, not only in the shadow."""
    published = RuleChange.objects.filter(rule=rule, kind=Kind.PUBLISHED)
    return published.filter(version__kept=version.kept).exists()
