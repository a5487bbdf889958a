"""Automatic review: rules from the database decide, a hold beats an approval, the rest waits for a person."""

from decimal import Decimal

import pytest

from customers.models import Customer
from orders import pipeline
from orders.billing.pay import record_payment
from orders.desk.edit import edit_order
from orders.intake.draft import LineDraft, PaymentDraft
from orders.review.rules.check import check_condition
from orders.review.rules.text import Condition
from tests.fixtures.company import Place
from tests.fixtures.flow import fresh
from tests.fixtures.rules import rule

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]

PAID = PaymentDraft("alipay", Decimal(10))


def test_an_order_that_no_rule_names_waits_for_a_person(place: Place) -> None:
    order = place()

    assert pipeline.advance().to_person == 1
    assert (fresh(order).status, fresh(order).reason_code) == ("pending_review", "no_rule")


def test_an_approval_names_the_rule_and_its_version(place: Place) -> None:
    paid = rule("approve", ("unpaid", "lte", "0"))
    order = place(payment=PAID)

    pipeline.advance()

    event = order.events.get(kind="approved")
    assert (event.actor_name, event.reason) == ("rules", "because approve")
    assert event.data == {
        "rules": [{"id": paid.pk, "version": 1, "name": paid.name}],
        "seen": {"unpaid": "0.00"},
    }


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


def test_a_rule_that_is_off_decides_nothing(place: Place) -> None:
    rule("approve", ("total", "gte", "0"), mode="off")
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

    pipeline.advance()

    assert fresh(order).status == "backordered"


CONDITIONS = [
    ("total", "gte", "20", True),
    ("total", "gt", "20", False),
    ("total", "lt", "20.01", True),
    ("unpaid", "eq", "20", True),
    ("currency", "eq", "cny", True),
    ("channel", "in", "taobao, web", True),
    ("channel", "not_in", "web", False),
    ("customer_level", "in", "gold", True),
    ("earlier_orders", "eq", "0", True),
    ("province", "contains", "浙江", True),
    ("street", "empty", "", False),
    ("phone", "filled", "", True),
    ("note", "contains", "fragile", True),
    ("pieces", "eq", "2", True),
    ("sku", "in", "pot-1, cup-1", True),
    ("sku", "not_in", "CUP-1", False),
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
        ("sku", "eq", "CUP-1", "operator"),
    ],
)
def test_a_condition_that_makes_no_sense_is_named(
    field: str, operator: str, value: str, wrong: str
) -> None:
    assert [error.field for error in check_condition(Condition(field, operator, value))] == [wrong]
