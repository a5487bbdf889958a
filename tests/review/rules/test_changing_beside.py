"""Rules that change, or cannot be read any more, while orders are judged."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from oms.models import User
from orders import pipeline
from orders.models import Order
from orders.review import judge as judge_module
from orders.review.accept_channel import add_rule
from orders.review.judge import judge_chunk
from orders.review.rules import book as book_module
from orders.review.rules.fields import FIELDS
from orders.review.rules.models import ReviewRule, RuleChange
from orders.review.rules.publish import retire
from tests.fixtures.company import Place
from tests.fixtures.flow import fresh
from tests.fixtures.rules import rewrite, rule, rule_text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]

ANY = ("total", "gte", "0")


@pytest.fixture
def upgraded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A version of the program that knows no notes; it has read no rule yet."""
    monkeypatch.delitem(FIELDS, "note")
    book_module._kept.clear()


def test_a_rule_whose_field_is_gone_is_paused_and_a_person_decides(
    place: Place, request: pytest.FixtureRequest
) -> None:
    one = rule("hold", ("note", "filled", ""), name="Notes")
    rule("approve", ANY)
    order = place()
    request.getfixturevalue("upgraded")

    pipeline.advance()

    one.refresh_from_db()
    assert one.mode == "paused"
    change = RuleChange.objects.latest("pk")
    assert (change.kind, change.actor, change.note) == (
        "paused", None, "The field “note” is not known here any more; choose another.",
    )  # fmt: skip
    waiting = fresh(order)
    assert (waiting.status, waiting.reason_code) == ("pending_review", "rule_paused")
    assert waiting.reason_detail == "Notes"


def test_it_is_paused_once(place: Place, request: pytest.FixtureRequest) -> None:
    one = rule("hold", ("note", "filled", ""))
    request.getfixturevalue("upgraded")

    for _again in range(2):
        pipeline.advance()

    assert [change.kind for change in one.changes.order_by("pk")] == [
        "saved",
        "published",
        "paused",
    ]


def test_an_approving_rule_that_is_paused_stops_nothing(
    place: Place, request: pytest.FixtureRequest
) -> None:
    rule("approve", ("note", "filled", ""))
    rule("approve", ANY)
    order = place()
    request.getfixturevalue("upgraded")

    pipeline.advance()

    assert fresh(order).status == "backordered"


def test_a_new_version_brings_it_back(place: Place, request: pytest.FixtureRequest) -> None:
    one = rule("hold", ("note", "filled", ""), name="Notes")
    rule("approve", ANY)
    order = place()
    request.getfixturevalue("upgraded")
    pipeline.advance()

    paused = ReviewRule.objects.get(pk=one.pk)
    paused.mode = "on"
    rewrite(paused, rule_text("hold", ("total", "gte", "99"), name="Notes"))
    pipeline.advance()

    assert fresh(order).status == "backordered"


def test_who_keeps_the_rules_is_told_on_the_start_page(
    client: Client, administrator: User, clerk: User, request: pytest.FixtureRequest
) -> None:
    rule("hold", ("note", "filled", ""), name="Notes")
    request.getfixturevalue("upgraded")
    pipeline.advance()

    client.force_login(administrator)
    assert "These review rules are paused" in client.get("/").content.decode()
    client.force_login(clerk)
    assert "These review rules are paused" not in client.get("/").content.decode()


def test_a_rule_that_can_never_apply_is_not_unreadable(place: Place) -> None:
    one = rule("hold", ("total", "gte", "5"), name="Kept")
    text = rule_text("hold", ("total", "gte", "5"), ("total", "lt", "5"))
    assert not book_module.Rule(text, one.pk).is_unreadable


def chunks(count: int) -> None:
    """Judge so many chunks of one order."""
    last_id = 0
    for _number in range(count):
        judged = judge_chunk(after_id=last_id, limit=1)
        assert judged
        last_id = judged.last_id


def test_a_rule_that_is_retired_in_the_middle_judges_no_further_chunk(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = rule("hold", ANY)
    first, second = place(), place()
    chunks(1)
    retire(one.pk, actor=None)
    pipeline.advance()

    assert (fresh(first).status, fresh(second).status) == ("on_hold", "pending_review")


def test_a_rule_that_is_edited_in_the_middle_judges_by_its_new_text(place: Place) -> None:
    one = rule("hold", ANY, name="Edited")
    first, second = place(), place()
    chunks(1)
    rewrite(one, rule_text("hold", ("total", "gte", "99999"), name="Edited"))
    pipeline.advance()

    assert (fresh(first).status, fresh(second).status) == ("on_hold", "pending_review")
    assert first.events.get(kind="held").data["rules"][0]["version"] == 1


def statements(place: Place) -> int:
    place()
    book_module._kept.clear()
    with CaptureQueriesContext(
        connection,
    ) as seen:
        judge_chunk(after_id=0)
    return len(seen)


def test_five_hundred_rules_take_as_many_statements_as_one(place: Place) -> None:
    rule("hold", ANY, name="First")
    few = statements(place)
    for number in range(499):
        add_rule(rule_text("hold", ("total", "gte", str(number)), name=f"Rule {number}"))

    assert statements(place) == few
    assert Order.objects.filter(status="on_hold").count() == 2


def test_very_many_rules_of_lists_and_words_are_compiled(place: Place) -> None:
    conditions: list[Any] = [
        ("note", "contains", "a"),
        ("sku", "in", "B"),
        ("customer_tags", "in", "c"),
    ]
    for number in range(120):
        add_rule(rule_text("hold", *conditions, name=f"Rule {number}"))
    order = place()

    pipeline.advance()

    assert fresh(order).status == "pending_review"
    assert judge_module.judge(book_module.current_book(), [order.pk])[0].decision.outcome == ""
