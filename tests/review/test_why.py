"""Why an order waits is said in sentences that are true of it, and the facts in question are marked."""

from typing import Any

import pytest

from oms.models import User
from orders import pipeline
from orders.intake.draft import CustomerDraft, LineDraft, ShipTo
from orders.models import Order
from orders.review.decide import approve_orders, hold_orders
from orders.review.desk.past import past_of, similar_to
from orders.review.desk.why import Why, why_it_waits
from orders.review.reading import Reading
from orders.review.rules.text import Condition
from orders.review.undo import take_back_orders
from tests.fixtures import flow
from tests.fixtures.company import Place, create_sku
from tests.fixtures.rules import rewrite, rule, rule_text
from tests.review.desk_steps import look_at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holds")]


def why(order: Order) -> Why:
    return why_it_waits(flow.fresh(order), may_see_money=True)


def test_a_hold_says_what_its_rule_read(place: Place) -> None:
    rule("hold", ("total", "gte", "2000"), ("earlier_orders", "eq", "0"), name="Large and new")
    order = place(("CUP-1", 238))

    pipeline.advance()

    assert why(order) == Why(
        "Held by a rule: because hold",
        ["Rule “Large and new” v1: Order total 2,380 ≥ 2,000 and First order of the customer"],
        {"total": "Order total 2,380 ≥ 2,000", "earlier_orders": "First order of the customer"},
    )


def test_a_rule_that_changed_since_is_quoted_as_it_was(place: Place) -> None:
    held = rule("hold", ("total", "gte", "1"), name="Large")
    order = place()
    pipeline.advance()
    rewrite(held, rule_text("hold", ("total", "gte", "5000"), name="Very large"))

    assert why(order).reasons == ["Rule “Large” v1: Order total 10 ≥ 1"]


def test_where_no_rule_decided_it_says_what_was_in_the_way(place: Place) -> None:
    rule("approve", ("unpaid", "lte", "0"), ("country", "eq", "CN"), name="Paid")
    order = place()

    pipeline.advance()

    assert why(order) == Why(
        "No rule decided",
        ["Rule “Paid” v1 would approve it, but: Amount still unpaid 10 > 0"],
        {"unpaid": "Amount still unpaid 10 > 0"},
    )


def test_what_one_may_not_see_of_the_money_is_not_said(place: Place) -> None:
    rule("approve", ("unpaid", "lte", "0"))
    order = place()
    pipeline.advance()

    (reason,) = why_it_waits(flow.fresh(order), may_see_money=False).reasons

    assert reason.endswith("would approve it, but: Amount still unpaid")


def test_a_persons_hold_says_whose_it_is(place: Place, manager: User) -> None:
    order = place()
    hold_orders([order.pk], actor=manager, reason="Ask the customer")

    assert why(order) == Why("Held: Ask the customer", ["manager: “Ask the customer”"])


def test_an_approval_taken_back_says_by_whom(place: Place, manager: User) -> None:
    order = place()
    approve_orders([order.pk], actor=None)
    take_back_orders([order.pk], actor=manager)

    assert why(order) == Why("Approval or hold taken back", ["manager"])


CASES = [
    ("note", "contains", "gift", "Note “no GIFT wrap” contains “gift”", "Note “no GIFT wrap” does not contain “gift”"),
    ("province", "in", "浙江省,上海市", "Province “浙江省” is one of “浙江省/上海市”",
     "Province “浙江省” is none of “浙江省/上海市”"),
    ("street", "filled", "", "Street address is filled in", "Street address is filled in"),
    ("phone", "empty", "", "Phone is filled in", "Phone is filled in"),
    ("pieces", "gt", "1", "Pieces in the order 2 > 1", "Pieces in the order 2 ≤ 1"),
    ("sku", "in", "CUP-1", "A SKU of the order “CUP-1” is one of “CUP-1”",
     "A SKU of the order “CUP-1” is none of “CUP-1”"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "operator", "value", "holding", "failing"), CASES)
def test_each_comparison_has_its_sentence(
    field: str, operator: str, value: str, holding: str, failing: str
) -> None:
    read = {
        "note": "no GIFT wrap",
        "province": "浙江省",
        "street": "x",
        "phone": "1",
        "pieces": "2",
    }
    condition = Condition(field, operator, value)
    said = [Reading(condition, read.get(field, "CUP-1"), holds).words for holds in (True, False)]

    assert said == [holding, failing]


def test_the_marked_fact_is_marked_on_the_page(
    place: Place, reviewer: User, signed_in: Any
) -> None:
    rule("hold", ("note", "contains", "改地址"))
    order = place(note="请改地址")
    pipeline.advance()

    page = look_at(signed_in(reviewer), order).content.decode()

    assert "请改地址</mark>" in page


def test_like_orders_come_with_what_was_decided(place: Place, manager: User) -> None:
    create_sku("POT-1")
    same = place()
    phone = place(customer=CustomerDraft())
    goods = place(("CUP-1", 1), customer=CustomerDraft("李四", "13900139000"), ship_to=ShipTo())
    place(
        LineDraft("POT-1", 1),
        customer=CustomerDraft("A", "13700137000"),
        ship_to=ShipTo("B", "13600136000"),
    )
    approve_orders([same.pk, goods.pk], actor=manager)
    hold_orders([phone.pk], actor=None, reason="Fraud")
    order = place()

    found = similar_to(order, Order.objects.all())

    assert [(one.number, one.how, one.decision, one.who, one.reason) for one in found] == [
        (same.number, "same customer", "Approved", "manager", ""),
        (phone.number, "same phone", "Put on hold", "System", "Fraud"),
        (goods.number, "same goods, like amount", "Approved", "manager", ""),
    ]


def test_the_customers_past_is_counted(place: Place) -> None:
    flow.cancel(place())
    place()
    order = place()

    past = past_of(order, Order.objects.all())

    assert (past.orders, past.cancelled, past.returned, past.unpaid) == (2, 1, 0, 0)
    assert not past.is_cut
