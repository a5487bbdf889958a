"""Going back to what a rule said before: at once when that very text judged orders already."""

import pytest

from oms.errors import InvalidInput, NotPossible, Stale
from oms.models import User
from orders.review.rules.fields import FIELDS
from orders.review.rules.models import ReviewRule, RuleChange, RuleVersion
from orders.review.rules.publish import publish, roll_back, try_version
from orders.review.rules.save import save_text
from orders.review.rules.text import RuleText
from tests.fixtures.rules import rule, rule_text

pytestmark = pytest.mark.django_db

ANY = ("total", "gte", "0")


def state(version: RuleVersion) -> tuple[str, int | None]:
    one = ReviewRule.objects.get(pk=version.rule_id)
    return one.mode, one.live.number if one.live else None


def _second_text(one: ReviewRule) -> RuleText:
    return rule_text("hold", ("total", "gte", "5"), name=one.name)


def test_going_back_to_a_text_that_judged_before_takes_one_step(administrator: User) -> None:
    one = rule("hold", ANY)
    newer = save_text(one.pk, _second_text(one), base=1, actor=administrator)
    try_version(newer, actor=administrator)
    publish(newer.pk, actor=administrator)

    back = roll_back(one.pk, 1, base=2, actor=administrator)

    assert (back.number, back.text) == (3, one.newest.text)
    assert state(back) == ("on", 3)
    last = RuleChange.objects.latest("pk")
    assert (last.kind, last.note) == ("published", "Back to version 1")


def test_going_back_to_a_text_that_never_judged_needs_a_trial(administrator: User) -> None:
    one = rule("hold", ANY)
    save_text(one.pk, _second_text(one), base=1, actor=None)
    third = rule_text("hold", ("total", "gte", "7"), name=one.name)
    save_text(one.pk, third, base=2, actor=None)

    back = roll_back(one.pk, 2, base=3, actor=administrator)

    assert (back.number, back.tried_at) == (4, None)
    assert state(back) == ("on", 1)
    with pytest.raises(NotPossible, match="Try the rule"):
        publish(back.pk, actor=administrator)


def test_going_back_while_another_saves_is_refused(administrator: User) -> None:
    one = rule("hold", ANY)
    save_text(one.pk, _second_text(one), base=1, actor=administrator)

    with pytest.raises(Stale):
        roll_back(one.pk, 1, base=1, actor=administrator)
    with pytest.raises(NotPossible, match="no version 9"):
        roll_back(one.pk, 9, base=2, actor=administrator)


def test_going_back_to_what_is_not_understood_any_more_is_refused(
    administrator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = rule("hold", ("note", "filled", ""))
    save_text(one.pk, _second_text(one), base=1, actor=administrator)
    monkeypatch.delitem(FIELDS, "note")

    with pytest.raises(InvalidInput, match="not known here any more"):
        roll_back(one.pk, 1, base=2, actor=administrator)
