"""Automatic review: rules from the database decide, a hold beats an approval, the rest waits for a person."""

from decimal import Decimal

import pytest

from customers.models import Customer
from orders import pipeline
from orders.billing.pay import record_payment
from orders.desk.edit import edit_order
from orders.intake.draft import LineDraft, PaymentDraft
from orders.models import ReviewRule, RuleCondition
from orders.review.compile import check_condition
from orders.review.judge_again import judge_again
from tests.fixtures.company import Place
from tests.fixtures.flow import fresh

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]

PAID = PaymentDraft("alipay", Decimal(10))


def rule(outcome: str, *conditions: tuple[str, str, str], **fields: object) -> ReviewRule:
    made = ReviewRule.objects.create(
        name=f"{outcome} {conditions}", outcome=outcome, reason=f"because {outcome}", **fields
    )
    for field, operator, value in conditions:
        RuleCondition.objects.create(rule=made, field=field, operator=operator, value=value)
    return made


def test_an_order_that_no_rule_names_waits_for_a_person(place: Place) -> None:
    order = place()

    assert pipeline.advance().to_person == 1
    assert (fresh(order).status, fresh(order).reason_code) == ("pending_review", "no_rule")


def test_an_approval_names_the_rule_and_its_version(place: Place) -> None:
    paid = rule("approve", ("unpaid", "lte", "0"), version=3)
    order = place(payment=PAID)

    pipeline.advance()

    event = order.events.get(kind="approved")
    assert (event.actor_name, event.reason) == ("rules", "because approve")
    assert event.data == {"rules": [{"id": paid.pk, "version": 3, "name": paid.name}]}


def test_a_hold_beats_an_approval(place: Place) -> None:
    rule("approve", ("unpaid", "lte", "0"))
    rule("hold", ("note", "contains", "改地址"))
    order = place(payment=PAID, note="请改地址")

    pipeline.advance()

    assert (fresh(order).status, fresh(order).reason_detail) == ("on_hold", "because hold")


def test_all_conditions_of_a_rule_must_hold(place: Place) -> None:
    rule("approve", ("unpaid", "lte", "0"), ("country", "eq", "us"))
    order = place(payment=PAID)

    pipeline.advance()

    assert fresh(order).status == "pending_review"


def test_a_rule_that_is_off_or_has_no_conditions_decides_nothing(place: Place) -> None:
    rule("approve", ("total", "gte", "0"), is_active=False)
    rule("approve")
    order = place()

    pipeline.advance()

    assert fresh(order).status == "pending_review"


def test_a_payment_makes_the_rules_look_again(place: Place) -> None:
    rule("approve", ("unpaid", "lte", "0"))
    order = place()
    pipeline.advance()

    record_payment(order.pk, method="cash", amount=Decimal(10), actor=None)
    pipeline.advance()

    assert fresh(order).status == "backordered"


def test_a_corrected_address_makes_the_rules_look_again(place: Place) -> None:
    rule("approve", ("province", "eq", "江苏省"))
    order = place()
    pipeline.advance()

    edit_order(order.pk, version=1, changes={"ship_province": "江苏省"}, actor=None)
    pipeline.advance()

    assert fresh(order).status == "backordered"


def test_a_changed_rule_is_asked_about_waiting_orders(place: Place) -> None:
    order = place()
    pipeline.advance()
    rule("approve", ("total", "gte", "0"))

    judge_again()
    pipeline.advance()

    assert fresh(order).status == "backordered"


CONDITIONS = [
    ("total", "gte", "20", True),
    ("total", "gt", "20", False),
    ("total", "lt", "20.01", True),
    ("unpaid", "eq", "20", True),
    ("currency", "eq", "cny", True),
    ("channel", "in", "taobao, web", True),
    ("channel", "ne", "web", False),
    ("customer_level", "eq", "gold", True),
    ("earlier_orders", "eq", "0", True),
    ("province", "contains", "浙江", True),
    ("street", "empty", "", False),
    ("phone", "filled", "", True),
    ("note", "contains", "fragile", True),
    ("pieces", "eq", "2", True),
    ("sku", "in", "pot-1, cup-1", True),
    ("sku", "ne", "CUP-1", False),
]


@pytest.mark.parametrize(("field", "operator", "value", "applies"), CONDITIONS)
def test_each_field_is_compared_as_it_reads(
    place: Place, field: str, operator: str, value: str, applies: bool
) -> None:
    order = place(LineDraft("CUP-1", 2), note="FRAGILE!")
    Customer.objects.update(level="gold")
    rule("hold", (field, operator, value))

    pipeline.advance()

    assert (fresh(order).status == "on_hold") is applies


@pytest.mark.parametrize(
    ("field", "operator", "value", "wrong"),
    [
        ("total", "contains", "5", "operator"),
        ("total", "gte", "much", "value"),
        ("total", "gte", "NaN", "value"),
        ("total", "gte", "1e999999", "value"),
        ("note", "contains", " ", "value"),
        ("sku", "empty", "", "operator"),
    ],
)
def test_a_condition_that_makes_no_sense_is_named(
    field: str, operator: str, value: str, wrong: str
) -> None:
    assert [error.field for error in check_condition(field, operator, value)] == [wrong]


def test_a_broken_condition_never_applies(place: Place) -> None:
    rule("approve", ("total", "gte", "much"))
    order = place()

    pipeline.advance()

    assert fresh(order).status == "pending_review"
