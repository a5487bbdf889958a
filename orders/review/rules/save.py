"""Writing rules: each save that changes something is a version of its own. It judges nothing before it is published."""

from dataclasses import replace

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from oms.errors import FieldError, InvalidInput, Stale
from oms.models import User
from orders.review.rules.check import check_text
from orders.review.rules.force import note_change
from orders.review.rules.models import ReviewRule, RuleChange, RuleVersion
from orders.review.rules.text import RuleText

LONGEST_NAME = 120


def new_rule(text: RuleText, *, actor: User | None) -> ReviewRule:
    """A rule with its first version, switched off. Raises InvalidInput, also for a name that is taken."""
    text = _tidy(text)
    _require_sense(text)
    try:
        with transaction.atomic():
            last = ReviewRule.objects.aggregate(last=Max("position"))["last"] or 0
            rule = ReviewRule.objects.create(name=text.name, position=last + 10)
            _add_version(rule, 1, text, actor)
    except IntegrityError:
        raise _taken(text.name) from None
    return rule


def save_text(rule_id: int, text: RuleText, *, base: int, actor: User | None) -> RuleVersion:
    """The text as the rule's next version; the newest one as it is when nothing differs.

    `base` is the number of the version that was being edited. Raises InvalidInput, and Stale when somebody saved
    another meanwhile.
    """
    text = _tidy(text)
    _require_sense(text)
    with transaction.atomic():
        rule = ReviewRule.objects.select_for_update(no_key=True).get(pk=rule_id)
        newest = rule.newest
        if newest.text == text:
            return newest
        if newest.number != base:
            raise _stale(newest, text)
        try:
            with transaction.atomic():
                ReviewRule.objects.filter(pk=rule_id).update(name=text.name)
        except IntegrityError:
            raise _taken(text.name) from None
        return _add_version(rule, newest.number + 1, text, actor)


def _add_version(rule: ReviewRule, number: int, text: RuleText, actor: User | None) -> RuleVersion:
    version = RuleVersion.objects.create(
        rule=rule,
        number=number,
        kept=text.as_json(),
        author=actor,
        author_name=actor.display_name[:80] if actor else "",
    )
    note_change(RuleChange.Kind.SAVED, rule, version, actor=actor)
    return version


def _tidy(text: RuleText) -> RuleText:
    name = " ".join(text.name.replace("\x00", "").split())[:LONGEST_NAME]
    return replace(text, name=name, reason=text.reason.replace("\x00", "").strip()[:200])


def _require_sense(text: RuleText) -> None:
    wrong = check_text(text)
    if wrong:
        raise InvalidInput(wrong)


def _taken(name: str) -> InvalidInput:
    words = _("There is a rule of this name already; choose another name.")
    return InvalidInput([FieldError("name", "taken", words, name)])


def _stale(newest: RuleVersion, text: RuleText) -> Stale:
    words = _("%(who)s saved version %(number)d of this rule while you were writing.") % {
        "who": newest.author_name or _("Somebody"),
        "number": newest.number,
    }
    return Stale(words, theirs=newest.kept, yours=text.as_json())
