"""Rules that can be read and yet make no sense are refused, or warned of."""

import pytest
from django.utils.translation import override

from orders.review.rules.check import check_text
from orders.review.rules.sense import warnings
from orders.review.rules.text import Condition, Group, Needs, RuleText
from tests.fixtures.rules import rule_text

pytestmark = pytest.mark.django_db

One = tuple[str, str, str]


def errors(*conditions: One) -> dict[str, str]:
    return {one.field: one.message for one in check_text(rule_text("hold", *conditions))}


def grouped(*groups: tuple[str, tuple[One, ...]], needs: str = Needs.ALL) -> RuleText:
    made = tuple(Group(tuple(Condition(*one) for one in ones), inner) for inner, ones in groups)
    return RuleText("A", "hold", "why", made, needs)


@pytest.mark.parametrize(
    "conditions",
    [
        [("total", "gte", "500"), ("total", "lt", "100")],
        [("total", "gt", "5"), ("total", "lt", "5")],
        [("total", "eq", "5"), ("total", "eq", "6")],
        [("total", "between", "1..2"), ("total", "between", "3..4")],
        [("total", "eq", "5"), ("total", "ne", "5.00")],
        [("placed_time", "between", "22:00..06:00"), ("placed_time", "between", "08:00..12:00")],
        [("placed_time", "lt", "00:00")],
        [("payment", "in", "paid"), ("payment", "in", "unpaid, partly")],
        [("payment", "in", "paid"), ("payment", "not_in", "paid")],
        [("note", "empty", ""), ("note", "filled", "")],
        [("note", "empty", ""), ("note", "contains", "gift")],
        [("note", "contains", "Gift wrap"), ("note", "lacks", "gift")],
        [("country", "eq", "CN"), ("country", "ne", "cn")],
        [("country", "in", "CN, US"), ("country", "eq", "FR")],
        [("tags", "in", "VIP"), ("tags", "not_in", "vip")],
        [("tags", "empty", ""), ("tags", "in", "vip")],
        [("sku", "in", "cup-1"), ("sku", "not_in", "CUP-1")],
        [("remote", "yes", ""), ("remote", "no", "")],
        [("remote", "unknown", ""), ("remote", "no", "")],
        [("total", "unknown", ""), ("total", "gte", "0")],
    ],
)
def test_conditions_that_exclude_each_other_are_refused(conditions: list[One]) -> None:
    last = len(conditions) - 1
    assert list(errors(*conditions)) == [f"conditions-{last}-value"]


@pytest.mark.parametrize(
    "conditions",
    [
        [("total", "gte", "500"), ("total", "lte", "500")],
        [("total", "gt", "5"), ("total", "lt", "5.01")],
        [("placed_time", "between", "22:00..06:00"), ("placed_time", "lt", "01:00")],
        [("payment", "in", "paid, unpaid"), ("payment", "not_in", "paid")],
        [("note", "contains", "gift, toy"), ("note", "lacks", "gift")],
        [("note", "filled", ""), ("note", "lacks", "gift")],
        [("tags", "in", "a, b"), ("tags", "in", "c"), ("tags", "not_in", "a")],
        [("tags", "filled", ""), ("tags", "not_in", "a")],
        [("total", "unknown", ""), ("remote", "no", "")],
    ],
)
def test_conditions_that_some_order_meets_are_fine(conditions: list[One]) -> None:
    assert errors(*conditions) == {}


def test_the_error_names_the_field_and_the_fewest_conditions() -> None:
    wrong = errors(("total", "gte", "500"), ("total", "gte", "1"), ("total", "lt", "100"))

    words = "Order total ≥ 500 and < 100 is never true; change a value."
    assert wrong == {"conditions-2-value": words}


def test_the_error_is_said_in_chinese() -> None:
    with override("zh-hans"):
        wrong = errors(("total", "gte", "500"), ("total", "lt", "100"))

    assert wrong == {"conditions-1-value": "订单金额≥ 500且< 100永远不成立，改一个值。"}


def test_one_possible_alternative_is_enough() -> None:
    none = (("remote", "yes", ""), ("remote", "no", ""))
    text = grouped((Needs.ALL, none), (Needs.ALL, (("total", "gte", "1"),)), needs=Needs.ANY)

    assert check_text(text) == []
    assert [(one.field, one.code) for one in warnings(text)] == [("conditions-1-value", "never")]


def test_a_rule_whose_alternatives_are_all_impossible_is_refused() -> None:
    none = (("remote", "yes", ""), ("remote", "no", ""))
    text = grouped((Needs.ALL, none), (Needs.ALL, none), needs=Needs.ANY)

    assert [one.field for one in check_text(text)] == ["conditions-1-value", "conditions-3-value"]


def test_alternatives_are_followed_through_groups() -> None:
    low_or_high = (("total", "lt", "10"), ("total", "gt", "100"))
    between = (("total", "between", "20..50"),)

    [wrong] = check_text(grouped((Needs.ANY, low_or_high), (Needs.ALL, between)))

    assert (wrong.field, wrong.code) == ("conditions", "never")


def test_the_channels_of_a_rule_count() -> None:
    text = rule_text("hold", ("channel", "in", "web"), channels=("shop",))

    assert [one.code for one in check_text(text)] == ["never"]


def test_many_alternatives_are_not_followed_for_ever() -> None:
    either = (Needs.ANY, tuple(("total", "eq", str(number)) for number in range(4)))
    other = (Needs.ANY, tuple(("total", "eq", str(number)) for number in range(4, 8)))
    free = (Needs.ANY, tuple(("pieces", "gte", str(number)) for number in range(4)))

    check_text(grouped(*[free] * 8, either, other))


def test_what_is_true_of_every_order_is_warned_of() -> None:
    text = grouped((Needs.ANY, (("total", "gte", "100"), ("total", "lt", "200"))))

    assert [one.code for one in warnings(text)] == ["always"]
    assert check_text(text) == []


@pytest.mark.parametrize(
    "conditions",
    [
        [("remote", "yes", ""), ("remote", "no", "")],
        [("note", "empty", ""), ("note", "filled", "")],
        [("payment", "in", "paid"), ("payment", "not_in", "paid, unpaid"), ("payment", "in", "unpaid")],
        [("total", "between", "0..10"), ("total", "lt", "5"), ("total", "gt", "9")],
        [("placed_time", "between", "08:00..20:00"), ("placed_time", "between", "20:00..08:00")],
        [("total", "gte", "5"), ("total", "lt", "5"), ("total", "unknown", "")],
    ],
)  # fmt: skip
def test_alternatives_of_which_one_always_holds(conditions: list[One]) -> None:
    assert [one.code for one in warnings(grouped((Needs.ANY, tuple(conditions))))] == ["always"]


def test_another_rule_that_says_the_same_in_other_words_is_named() -> None:
    text = rule_text("hold", ("total", "gte", "5"), ("note", "contains", "Gift, toy"))
    other = rule_text(
        "hold", ("note", "contains", "toy，gift"), ("total", "gte", "5.0"), name="Toys"
    )

    [wrong] = warnings(text, [other])

    assert (wrong.code, wrong.message) == (
        "said_twice", "The rule “Toys” says the same; one of them is enough.",
    )  # fmt: skip


def test_a_rule_that_decides_the_opposite_of_the_same_orders_is_named() -> None:
    text = rule_text("hold", ("total", "gte", "5"))
    other = rule_text("approve", ("total", "gte", "5"), name="Let go")
    elsewhere = rule_text("approve", ("total", "gte", "5"), channels=("web",))

    [wrong] = warnings(text, [other, elsewhere])

    assert (wrong.field, wrong.code) == ("outcome", "contradicts")
    assert "“Let go”" in wrong.message
