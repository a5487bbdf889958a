"""A rule is said in one sentence made of its rows, in the reader's language."""

from typing import Any

import pytest
from django.utils import translation

from oms.models import Channel, User
from orders.review.rules.sentence import names_for, sentence
from orders.review.rules.text import Condition, Group, Marks, RuleText
from tests.fixtures.rules import rule_text

A, B, C = (
    Condition("total", "gte", "2000"),
    Condition("first_order", "yes"),
    Condition("note", "contains", "gift, 礼物"),
)


def of(*groups: Group, needs: str = "all", **more: Any) -> str:
    return sentence(RuleText("Large", "hold", "Large and new", groups, needs, **more))


def test_conditions_outcome_and_reason_are_said() -> None:
    assert of(Group((A, B))) == (
        "When Order total ≥ 2,000 and First order of the customer: yes → hold, reason “Large and new”"
    )


def test_it_is_said_in_chinese_without_blanks() -> None:
    with translation.override("zh-hans"):
        said = of(Group((A, B)))

    assert said == "当订单金额≥2,000且首单：是时→挂起，原因“Large and new”"


@pytest.mark.parametrize(
    ("groups", "needs", "words"),
    [
        ((Group((A, B), "any"),), "all", "Order total ≥ 2,000 or First order of the customer: yes"),
        (
            (Group((A,)), Group((B, C), "any")),
            "all",
            "Order total ≥ 2,000 and any of (First order of the customer: yes or Note contains “gift/礼物”)",
        ),
        (
            (Group((A, B)), Group((C,))),
            "any",
            "all of (Order total ≥ 2,000 and First order of the customer: yes) or Note contains “gift/礼物”",
        ),
        ((Group((A,)), Group((C,))), "all", "Order total ≥ 2,000 and Note contains “gift/礼物”"),
        ((Group(()),), "all", "…"),
    ],
)
def test_groups_joined_otherwise_are_told_apart(
    groups: tuple[Group, ...], needs: str, words: str
) -> None:
    assert of(*groups, needs=needs) == f"When {words} → hold, reason “Large and new”"


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (Condition("discount_percent", "between", "5..20"), "Discount is within 5%–20%"),
        (Condition("payment", "in", "unpaid,partly"), "Payment is one of “Not paid/Partly paid”"),
        (Condition("placed_time", "between", "22:00..06:00"), "Placed at the time is within 22:00–06:00"),
        (Condition("margin_percent", "unknown"), "Margin is not known"),
        (Condition("street", "empty"), "Street address is empty"),
        (Condition("total", "gte", ""), "Order total is at least …"),
        (Condition("total", "gte", "much"), "Order total is at least much"),
        (Condition("gone", "gte", "3"), "gone is at least 3"),
        (Condition("", "", ""), "… … …"),
    ],
)  # fmt: skip
def test_each_condition_has_its_words_also_half_typed(condition: Condition, words: str) -> None:
    assert of(Group((condition,))).startswith(f"When {words} → ")


@pytest.mark.django_db
def test_marks_channels_and_dates_are_said(clerk: User, web: Channel) -> None:
    marks = Marks(("vip", "gift"), clerk.pk, (clerk.pk, 0), 2, ship_complete=True)
    text = rule_text("mark", ("total", "gte", "1"), marks=marks, reason="", channels=(web.code,))

    assert sentence(text, names_for([text])) == (
        "When Order total ≥ 1 → tag “vip/gift”, owner clerk where there is none, tell clerk/#0, "
        f"priority “Urgent”, ships only complete; only for the channels “{web.name}”"
    )


def test_the_dates_of_a_rule_are_said() -> None:
    dates = {
        "valid_from": "2026-11-01T00:00:00+08:00",
        "valid_until": "2026-12-01T00:00:00+08:00",
    }

    assert of(Group((A,)), **dates).endswith(
        "; from 2026-11-01 00:00 on; until before 2026-12-01 00:00"
    )
