from decimal import Decimal
from typing import Any

import pytest

from inventory.models import Warehouse, WarehouseStaff
from oms.models import User
from orders import pipeline
from orders.desk.cancel import cancel_orders
from orders.intake.draft import PaymentDraft
from orders.models import Order
from orders.review.decide import hold_orders
from tests.fixtures import flow
from tests.fixtures.company import Place


def show(browser: Any, order: Order) -> Any:
    return browser.get(f"/orders/{order.number}/")


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def states(response: Any) -> list[str]:
    return [step.state for step in response.context["steps"]]


def test_it_shows_who_what_where_and_why(place: Place, clerk: User, signed_in: Any):
    order = place(("CUP-1", 3), external_no="TB-1", note="Ring\ntwice", shipping_fee=Decimal(6))
    pipeline.advance()

    text = words(show(signed_in(clerk), order))

    for part in (
        "王小明",
        "13800138001",
        "浙江省 杭州市 西湖区",
        "TB-1",
        "Ring<br>twice",
        "¥36.00",
    ):
        assert part in text
    assert "No rule decided" in text


def test_a_number_in_lower_case_is_the_same_order(place: Place, clerk: User, signed_in: Any):
    order = place()

    assert signed_in(clerk).get(f"/orders/{order.number.lower()}/").context["order"] == order


@pytest.mark.parametrize("number", ["SO9999999999", "SO", "SO26%00", "x" * 300, "SO" + "9" * 60])
def test_there_is_no_page_for_another_number(clerk: User, signed_in: Any, number: str):
    assert signed_in(clerk).get(f"/orders/{number}/").status_code == 404


def test_an_order_of_another_warehouse_does_not_exist(
    place: Place, packer: User, stocked: Warehouse, other_warehouse: Warehouse, signed_in: Any
):
    WarehouseStaff.objects.create(user=packer, warehouse=other_warehouse)

    assert show(signed_in(packer), flow.approve(place())).status_code == 404


def test_lines_say_what_is_reserved_and_what_lacks(
    place: Place, clerk: User, stocked: Warehouse, signed_in: Any
):
    whole, short = (flow.approve(place(("CUP-1", pieces))) for pieces in (30, 25))
    browser = signed_in(clerk)

    (served,) = show(browser, whole).context["detail"].lines
    (lacking,) = show(browser, short).context["detail"].lines

    assert (served.available, served.reserved, served.shipped, served.short) == (20, 30, 0, None)
    assert (lacking.available, lacking.reserved, lacking.short) == (20, 0, 5)


def test_the_road_goes_on_with_the_order(
    place: Place, clerk: User, stocked: Warehouse, signed_in: Any
):
    order, browser = place(), signed_in(clerk)
    seen = [states(show(browser, order))]
    for step in (flow.approve, flow.pick):
        step(order)
        seen.append(states(show(browser, order)))

    assert seen == [
        ["done", "current", "todo", "todo", "todo", "todo"],
        ["done", "done", "done", "current", "todo", "todo"],
        ["done", "done", "done", "current", "todo", "todo"],
    ]


def test_a_sent_order_only_waits_for_delivery(
    place: Place, clerk: User, stocked: Warehouse, signed_in: Any
):
    order = flow.send(flow.approve(place()))
    browser = signed_in(clerk)
    assert states(show(browser, order))[-2:] == ["done", "current"]

    flow.deliver(order)

    assert set(states(show(browser, order))) == {"done"}


def test_a_stopped_order_is_stopped_where_it_stood(
    place: Place, clerk: User, stocked: Warehouse, signed_in: Any
):
    order, browser = flow.approve(place()), signed_in(clerk)
    hold_orders([order.pk], actor=None, reason="?")
    assert states(show(browser, order)) == ["done", "done", "done", "blocked", "todo", "todo"]

    cancel_orders([order.pk], actor=None, reason="?")

    assert states(show(browser, order)) == ["done", "done", "done", "blocked", "skipped", "skipped"]


def test_a_short_order_is_stopped_at_allocation(place: Place, clerk: User, signed_in: Any):
    order = flow.approve(place(("CUP-1", 2)))

    response = show(signed_in(clerk), order)

    assert states(response)[2] == "blocked"
    assert "Short of CUP-1 ×2" in words(response)


def test_the_timeline_tells_who_did_what_and_why(place: Place, reviewer: User, signed_in: Any):
    order = place()
    hold_orders([order.pk], actor=reviewer, reason="Ask the customer")

    held, placed = show(signed_in(reviewer), order).context["timeline"]

    assert (held.text, held.actor, held.detail) == ("Put on hold", "reviewer", "Ask the customer")
    assert (placed.text, placed.kind) == ("Order placed", "system")


def names(response: Any) -> list[tuple[str, bool]]:
    """The acts offered, and whether each is possible now; those that are not stand behind a menu."""
    acts = [*response.context["acts"], *response.context["acts_off"]]
    return [(act.name, not act.why_not) for act in acts]


_NO_GOODS = [("split", False), ("goods", False), ("allocate", False), ("free_goods", False)]


def test_only_acts_that_are_legal_can_be_pressed(place: Place, reviewer: User, signed_in: Any):
    order, browser = place(), signed_in(reviewer)
    assert names(show(browser, order)) == [
        ("approve", True), ("hold", True), ("edit", True), ("clone", True), ("keep_stock", True), ("cancel", True),
        ("release", False), *_NO_GOODS,
    ]  # fmt: skip

    cancel_orders([order.pk], actor=None, reason="?")
    response = show(browser, order)

    assert names(response) == [
        ("clone", True), ("approve", False), ("release", False), ("hold", False), ("edit", False),
        ("keep_stock", False), ("cancel", False), *_NO_GOODS,
    ]  # fmt: skip
    assert "the order is “Cancelled”" in words(response)


def test_acts_of_other_roles_are_not_shown(
    place: Place, clerk: User, auditor: User, signed_in: Any
):
    order = place()

    assert [name for name, _ok in names(show(signed_in(clerk), order))] == [
        "edit",
        "clone",
        "keep_stock",
        "cancel",
        "split",
    ]
    assert names(show(signed_in(auditor), order)) == []


def test_the_warehouse_sees_neither_payments_nor_the_whole_phone(
    place: Place, packer: User, signed_in: Any
):
    order = place(payment=PaymentDraft("wechat", Decimal(4), "WX-1"))

    text = words(show(signed_in(packer), order))

    assert "WX-1" not in text
    assert "13800138001" not in text
    assert "138****8001" in text


def test_what_is_still_to_pay_is_said(place: Place, clerk: User, signed_in: Any):
    order = place(payment=PaymentDraft("wechat", Decimal("4.50")))

    response = show(signed_in(clerk), order)

    assert response.context["detail"].balance == Decimal("5.50")
    assert "WeChat Pay" in words(response)


def test_text_from_outside_is_shown_as_text(place: Place, clerk: User, signed_in: Any):
    order = place(note="<script>alert(1)</script>")

    assert "<script>alert" not in words(show(signed_in(clerk), order))


@pytest.mark.parametrize("lines", [1, 25])
def test_the_page_takes_thirteen_queries_whatever_the_lines(
    place: Place, manager: User, stocked: Warehouse, signed_in: Any, lines: int,
    django_assert_max_num_queries: Any,
):  # fmt: skip
    place()
    order = flow.send(flow.approve(place(*[("CUP-1", 1)] * lines)))
    browser = signed_in(manager)

    with django_assert_max_num_queries(13):
        assert show(browser, order).status_code == 200
