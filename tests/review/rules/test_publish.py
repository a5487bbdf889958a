"""Publishing a rule needs a trial, and a second administrator where many more orders would pass."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from oms.errors import NotPossible
from oms.models import User
from orders import pipeline
from orders.review.rules.models import ReviewRule, RuleChange, RuleVersion
from orders.review.rules.publish import (
    publish,
    put_in_shadow,
    retire,
    switch_off,
    try_version,
)
from orders.review.rules.save import new_rule, save_text
from orders.review.rules.trial_result import trial_from
from tests.fixtures.company import Place
from tests.fixtures.flow import fresh
from tests.fixtures.people import MakeUser
from tests.fixtures.rules import rule, rule_text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]

ANY = ("total", "gte", "0")


@pytest.fixture
def other_administrator(make_user: MakeUser) -> User:
    return make_user("admin", "second-admin")


def saved(outcome: str, *conditions: tuple[str, str, str]) -> RuleVersion:
    return new_rule(rule_text(outcome, *conditions, name="Tried"), actor=None).newest


def changes(version: RuleVersion) -> list[str]:
    kinds = RuleChange.objects.filter(rule=version.rule_id).order_by("pk")
    return list(kinds.values_list("kind", flat=True))


def state(version: RuleVersion) -> tuple[str, int | None]:
    one = ReviewRule.objects.get(pk=version.rule_id)
    return one.mode, one.live.number if one.live else None


def test_a_text_that_nobody_tried_cannot_be_published(administrator: User) -> None:
    version = saved("hold", ANY)

    with pytest.raises(NotPossible, match="Try the rule on past orders first"):
        publish(version.pk, actor=administrator)

    assert state(version) == ("off", None)


def test_a_tried_rule_judges_from_now_on(place: Place, administrator: User) -> None:
    order = place()
    version = saved("hold", ANY)
    trial = try_version(version, actor=administrator)

    done = publish(version.pk, actor=administrator)
    pipeline.advance()

    assert not done.waits_for_second
    assert state(version) == ("on", 1)
    assert fresh(order).status == "on_hold"
    version.refresh_from_db()
    assert (version.published_by, version.seconded_by) == (administrator, None)
    assert version.trial
    assert trial_from(version.trial) == trial
    assert version.trial["tried_by"] == administrator.display_name


def test_publishing_twice_is_publishing_once(administrator: User) -> None:
    version = saved("hold", ANY)
    try_version(version, actor=administrator)

    for _again in range(2):
        publish(version.pk, actor=administrator)

    assert changes(version) == ["saved", "published"]


def test_a_changed_text_must_be_tried_anew(administrator: User) -> None:
    version = saved("hold", ANY)
    try_version(version, actor=administrator)
    text = rule_text("hold", ("total", "gte", "5"), name="Tried")
    newer = save_text(version.rule_id, text, base=1, actor=administrator)

    with pytest.raises(NotPossible, match="Try the rule"):
        publish(newer.pk, actor=administrator)
    with pytest.raises(NotPossible, match="a newer version, 2 by"):
        publish(version.pk, actor=administrator)


def test_a_trial_that_saw_no_order_counts_only_where_there_are_none(
    place: Place, administrator: User
) -> None:
    place()
    version = saved("approve", ANY)
    year_ago = now() - timedelta(days=365)
    try_version(version, since=year_ago, until=year_ago + timedelta(days=1), actor=administrator)

    with pytest.raises(NotPossible, match="a period in which orders were placed"):
        publish(version.pk, actor=administrator)


def test_many_more_passing_orders_need_a_second_administrator(
    place: Place, administrator: User, other_administrator: User
) -> None:
    order = place()
    version = saved("approve", ANY)
    assert try_version(version, actor=administrator).wants_second

    assert publish(version.pk, actor=administrator).waits_for_second
    assert state(version) == ("off", None)
    with pytest.raises(NotPossible, match="another administrator"):
        publish(version.pk, actor=administrator)
    pipeline.advance()
    assert fresh(order).status == "pending_review"

    assert not publish(version.pk, actor=other_administrator).waits_for_second
    assert state(version) == ("on", 1)
    version.refresh_from_db()
    assert (version.published_by, version.seconded_by) == (administrator, other_administrator)
    assert changes(version) == ["saved", "asked", "published"]
    assert RuleChange.objects.get(kind="asked").note == "Would pass 1 orders instead of 0"


@pytest.mark.parametrize(("more", "wants"), [(1, False), (2, True)])
def test_a_fifth_more_is_the_limit(place: Place, more: int, wants: bool) -> None:
    for number in range(5):
        place(note=f"old {number}")
    for number in range(more):
        place(note=f"new {number}")
    rule("approve", ("note", "contains", "old"))

    trial = try_version(saved("approve", ANY), actor=None)

    assert (trial.before.passed, trial.after.passed) == (5, 5 + more)
    assert trial.wants_second == wants


def test_the_wish_of_an_older_text_is_void(
    place: Place, administrator: User, other_administrator: User
) -> None:
    place()
    version = saved("approve", ANY)
    try_version(version, actor=administrator)
    publish(version.pk, actor=administrator)
    text = rule_text("approve", ("total", "gte", "1"), name="Tried")
    newer = save_text(version.rule_id, text, base=1, actor=administrator)
    try_version(newer, actor=administrator)

    assert publish(newer.pk, actor=other_administrator).waits_for_second


def test_the_shadow_needs_no_trial_and_decides_nothing(place: Place, administrator: User) -> None:
    order = place()
    version = saved("hold", ANY)

    put_in_shadow(version.pk, actor=administrator)
    pipeline.advance()

    assert state(version) == ("shadow", 1)
    assert fresh(order).status == "pending_review"


def test_a_rule_is_switched_off_and_retired_and_taken_back(administrator: User) -> None:
    version = rule("hold", ANY).newest

    switch_off(version.rule_id, actor=administrator)
    switch_off(version.rule_id, actor=administrator)
    retire(version.rule_id, actor=administrator)
    with pytest.raises(NotPossible, match="retired"):
        put_in_shadow(version.pk, actor=administrator)
    switch_off(version.rule_id, actor=administrator)
    put_in_shadow(version.pk, actor=administrator)

    assert changes(version)[2:] == ["stopped", "retired", "stopped", "shadowed"]


def test_what_is_not_there_is_refused(administrator: User) -> None:
    with pytest.raises(NotPossible):
        publish(999, actor=administrator)
    with pytest.raises(NotPossible):
        retire(999, actor=administrator)
