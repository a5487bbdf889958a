"""The page of the rules of an order: what decided, what would now, each condition, and what would change it."""

from decimal import Decimal
from typing import Any

import pytest

from oms.models import User
from orders import pipeline
from orders.billing.pay import record_payment
from orders.models import Order
from orders.review.accept_channel import add_rule
from orders.review.desk.explained import Told, explained_to
from orders.review.desk.why import why_it_waits
from orders.review.rules.text import Condition, Group, RuleText
from tests.fixtures import flow
from tests.fixtures.company import Place
from tests.fixtures.rules import rule

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]


def told(order: Order, user: User) -> Told:
    return explained_to(flow.fresh(order), user)


def parts(one: Told) -> list[tuple[str, str]]:
    return [(row.reading.rule.text.name, row.part.name) for row in one.rows]


def test_each_rule_has_its_part(place: Place, manager: User) -> None:
    rule("approve", ("total", "gte", "1"), name="All")
    rule("hold", ("note", "contains", "gift"), ("pieces", "gte", "9"), name="Far")
    rule("hold", ("pieces", "gte", "1"), ("total", "gte", "9000"), name="Near")
    rule("hold", ("total", "gte", "9000"), name="Large")
    rule("hold", ("total", "gte", "5"), name="Tried", mode="shadow")
    rule("hold", ("country", "eq", "CN"), name="Home")

    one = told(place(), manager)

    assert one.result == "Rule “Home” v1 would hold it"
    assert parts(one) == [
        ("Home", "decided"), ("All", "overruled"), ("Tried", "shadow"), ("Near", "near"), ("Far", "not"),
        ("Large", "not"),
    ]  # fmt: skip


def test_what_is_not_known_is_neither_true_nor_false(place: Place, manager: User) -> None:
    rule("approve", ("margin_percent", "gte", "10"), ("total", "gte", "1"), name="Earns")

    [row] = told(place(), manager).rows

    assert [one.holds for one in row.reading.readings] == [None, True]
    assert [one.shown for one in row.reading.readings] == ["not known", "10"]


def test_the_fewest_changes_that_make_another_outcome_are_said(place: Place, manager: User) -> None:
    rule("approve", ("unpaid", "lte", "0"), name="Paid")
    rule("approve", ("pieces", "gte", "3"), ("country", "eq", "US"), name="Abroad")

    assert [way.words for way in told(place(), manager).ways] == [
        "If Amount still unpaid were ≤ 0, rule “Paid” v1 would approve it.",
        "If Pieces in the order were ≥ 3 and Country = “US”, rule “Abroad” v1 would approve it.",
    ]


def test_a_change_answers_every_question_about_its_field(place: Place, manager: User) -> None:
    rule("approve", ("total", "gte", "100"), name="Large")
    rule("hold", ("total", "gte", "50"), name="Half")

    assert [way.words for way in told(place(), manager).ways] == [
        "If Order total were ≥ 50, rule “Half” v1 would hold it."
    ]


def test_a_hold_that_ends_lets_the_next_rule_decide(place: Place, manager: User) -> None:
    rule("approve", ("total", "gte", "1"), name="All")
    rule("hold", ("first_order", "yes"), name="New")

    assert [way.words for way in told(place(), manager).ways] == [
        "If “First order of the customer” were answered no, rule “All” v1 would approve it.",
    ]


def test_any_of_a_group_is_said_as_such(place: Place) -> None:
    group = Group((Condition("total", "gte", "90"), Condition("pieces", "gte", "9")), "any")
    add_rule(RuleText("Big", "approve", "big", (group,)))
    order = place()
    pipeline.advance()

    assert why_it_waits(flow.fresh(order), may_see_money=True).reasons == [
        "Rule “Big” v1 would approve it, but: Order total 10 < 90 and Pieces in the order 1 < 9 "
        "(one of them otherwise is enough)"
    ]


def test_the_values_of_then_are_told_with_those_of_now(place: Place, manager: User) -> None:
    rule("hold", ("note", "contains", "gift"), name="Gift")
    order = place(note="a gift")
    pipeline.advance()
    Order.objects.filter(pk=order.pk).update(note="plain")

    assert why_it_waits(flow.fresh(order), may_see_money=True).reasons == [
        "Rule “Gift” v1: Note “a gift” contains “gift” (now “plain”)"
    ]
    [decided] = told(order, manager).decided
    assert (decided.said, decided.rules, decided.seen) == (
        "Put on hold", ["Rule “Gift” v1"], [("Note", "“a gift”")],
    )  # fmt: skip


def test_money_is_kept_from_those_who_may_not_see_it(
    place: Place, packer: User, signed_in: Any
) -> None:
    rule("hold", ("unpaid", "gte", "5"), name="Owing")
    order = place()
    pipeline.advance()

    one = told(order, packer)

    assert one.decided[0].seen == [("Amount still unpaid", "not shown")]
    assert [reading.shown for reading in one.rows[0].reading.readings] == ["not shown"]
    assert "10.00</dd>" not in signed_in(packer).get(f"/orders/{order.number}/rules/").text


def test_nobody_calls_a_phone_that_a_rule_read(place: Place, manager: User, signed_in: Any) -> None:
    rule("hold", ("phone", "filled", ""), name="Callable")
    order = place()
    pipeline.advance()

    one = told(order, manager)

    assert one.decided[0].seen == [("Phone", "“138****8001”")]
    assert [reading.shown for reading in one.rows[0].reading.readings] == ["“138****8001”"]
    assert "13800138001" not in signed_in(manager).get(f"/orders/{order.number}/rules/").text


def test_the_page_says_it_in_a_fixed_number_of_queries(
    place: Place, reviewer: User, signed_in: Any, django_assert_num_queries: Any
) -> None:
    order = place()
    browser = signed_in(reviewer)
    url = f"/orders/{order.number}/rules/"
    rule("approve", ("channel", "in", "web"), ("unpaid", "lte", "0"), name="Web", channels=("web",))
    pipeline.advance()
    browser.get(url)

    with django_assert_num_queries(9):
        page = browser.get(url).text
    for number in range(20):
        rule("hold", ("channel", "in", "taobao"), ("total", "gte", str(number)), name=f"R{number}")
    record_payment(order.pk, method="cash", amount=Decimal(1), actor=None)
    pipeline.advance()
    browser.get(url)

    with django_assert_num_queries(9):
        assert browser.get(url).text.count('class="rule-row"') == 21
    assert "Channel is one of “Web shop”" in page


def test_without_rules_the_page_says_so(place: Place, reviewer: User, signed_in: Any) -> None:
    order = place()

    page = signed_in(reviewer).get(f"/orders/{order.number}/rules/").text

    assert "No rule is in force: every order waits for a person." in page
