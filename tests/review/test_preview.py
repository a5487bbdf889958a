"""What the rules would say of a draft: the same that they say once it is placed, and nothing is left behind."""

from decimal import Decimal
from typing import Any

import pytest

from customers.models import Customer
from inventory.models import Stock
from oms.sql import query
from orders import pipeline
from orders.intake.draft import CustomerDraft, LineDraft, OrderDraft, PaymentDraft
from orders.intake.place import place_order
from orders.models import Order, OrderEvent
from orders.review.preview import preview_draft
from tests.fixtures.company import Place, create_sku, draft
from tests.fixtures.rules import rule
from tests.review.test_judge import CONDITIONS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("web", "cup", "holds")]


def verdict_words(wanted: OrderDraft) -> str:
    verdict = preview_draft(wanted)
    assert verdict
    return verdict.words


def test_without_a_rule_it_waits_for_review() -> None:
    assert verdict_words(draft()) == "It will wait for review: no rule decides."


def test_a_hold_says_which_rule_and_what_it_read() -> None:
    rule("hold", ("total", "gte", "2000"), ("earlier_orders", "eq", "0"), name="Large and new")

    assert verdict_words(draft(("CUP-1", 238))) == (
        "The rules will hold it. Rule “Large and new” v1: "
        "Order total 2,380 ≥ 2,000 and First order of the customer"
    )


def test_an_approval_says_why() -> None:
    rule("approve", ("unpaid", "lte", "0"))
    paid = draft(payment=PaymentDraft("alipay", Decimal(10)))

    assert verdict_words(paid).startswith("The rules approve it by themselves.")


def test_a_hold_beats_an_approval() -> None:
    rule("approve", ("total", "gte", "1"))
    rule("hold", ("note", "contains", "改地址"))

    verdict = preview_draft(draft(note="请改地址"))

    assert verdict
    assert (verdict.outcome, len(verdict.readings)) == ("hold", 1)


def test_a_draft_with_errors_has_no_verdict() -> None:
    assert preview_draft(draft(("NO-SUCH", 1))) is None


def _place_before(place: Place) -> None:
    place()
    Customer.objects.update(level="gold")


DRAFTS: dict[str, dict[str, Any]] = {
    "plain": {},
    "paid": {"payment": PaymentDraft("alipay", Decimal(5))},
    "guest": {"customer": CustomerDraft()},
    "new": {"customer": CustomerDraft(name="李四", phone="13900139000"), "note": "fragile"},
}


MORE = [
    ("pieces", "eq", "3", True), ("unpaid", "gt", "0", True), ("blocked_reason", "empty", "", True),
]  # fmt: skip


@pytest.mark.parametrize("name", DRAFTS)
@pytest.mark.parametrize(("field", "operator", "value", "_applies"), CONDITIONS + MORE)
def test_it_agrees_with_the_rules_once_placed(
    place: Place, field: str, operator: str, value: str, _applies: bool, name: str
) -> None:
    create_sku("POT-1")
    _place_before(place)
    rule("hold", (field, operator, value))
    wanted = draft(LineDraft("CUP-1", 2), LineDraft("POT-1", 1), **DRAFTS[name])

    verdict = preview_draft(wanted)
    placed = place_order(wanted, actor=None, door="test")
    pipeline.advance()

    assert verdict
    held = Order.objects.get(pk=placed.id).status == "on_hold"
    assert (verdict.outcome == "hold") is held


def test_nothing_is_left_behind() -> None:
    rule("hold", ("total", "gte", "1"))
    numbers = query("SELECT last_value FROM order_running_number")

    preview_draft(draft())

    assert query("SELECT last_value FROM order_running_number") == numbers
    assert (Order.objects.count(), OrderEvent.objects.count()) == (0, 0)
    assert (Customer.objects.count(), Stock.objects.count()) == (0, 0)


def test_the_queries_do_not_grow_with_rules_and_lines(django_assert_num_queries: Any) -> None:
    for number in range(5):
        rule("hold", ("total", "gte", str(1000 + number)))

    preview_draft(draft())

    with django_assert_num_queries(3):
        preview_draft(draft(*[("CUP-1", 1)] * 9))
