"""Placing: one function, whatever the door."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from customers.models import Customer
from inventory.models import Sku, SkuAlias
from oms.errors import Conflict, InvalidInput
from oms.models import Channel, User
from orders import tally
from orders.intake.draft import CustomerDraft, LineDraft, PaymentDraft, ShipTo
from orders.intake.place import Placed, Rejected, Taken, place_order, place_orders
from orders.models import Order
from orders.states import OrderStatus
from tests.fixtures.company import Place, create_sku, draft

pytestmark = pytest.mark.django_db


def test_a_placed_order_waits_for_review_with_its_lines_and_total(place: Place) -> None:
    order = place(
        LineDraft("CUP-1", 3, Decimal("9.99")), shipping_fee=Decimal(8), discount=Decimal(5)
    )

    assert (order.status, order.reason_code) == ("pending_review", "awaiting_review")
    assert order.lines_amount == Decimal("29.97")
    assert order.total_amount == Decimal("32.97")
    assert list(order.lines.values_list("position", "kind", "quantity", "amount")) == [
        (1, "goods", 3, Decimal("29.97"))
    ]


def test_the_number_is_the_day_in_the_store_zone_and_a_running_part(place: Place) -> None:
    first, second = place(), place()

    assert first.number.startswith(f"SO{first.created_at.astimezone().strftime('%y')}")
    assert int(second.number[8:]) == int(first.number[8:]) + 1


def test_placing_leaves_one_event_that_names_the_actor_and_the_door(
    web: Channel, cup: Sku, clerk: User
) -> None:
    placed = place_order(draft(), actor=clerk, door="form")

    event = Order.objects.get(pk=placed.id).events.get()
    assert (event.kind, event.from_status, event.to_status) == ("placed", "", "pending_review")
    assert (event.actor, event.data) == (clerk, {"door": "form"})


def test_a_line_without_a_price_takes_the_price_of_the_sku(place: Place) -> None:
    assert place(("CUP-1", 2)).total_amount == Decimal("20.00")


def test_sku_codes_are_the_same_in_upper_and_lower_case(place: Place) -> None:
    assert place(("cup-1", 1)).lines.get().sku.code == "CUP-1"


def test_a_channel_may_have_its_own_name_for_a_sku(place: Place, web: Channel, cup: Sku) -> None:
    SkuAlias.objects.create(sku=cup, channel=web, code="TB-99")

    assert place(("tb-99", 1)).lines.get().sku == cup


def test_identical_lines_are_kept_apart(place: Place) -> None:
    assert place(("CUP-1", 1), ("CUP-1", 1)).lines.count() == 2


def test_a_line_is_rounded_once_half_away_from_zero(place: Place) -> None:
    order = place(
        LineDraft("CUP-1", 1, Decimal("0.005")),
        LineDraft("CUP-1", 3, Decimal("33.335"), Decimal("0.01")),
    )

    assert [line.amount for line in order.lines.all()] == [Decimal("0.01"), Decimal("100.00")]


def test_a_service_sku_makes_a_service_line(place: Place) -> None:
    create_sku("FIX-1", kind="service")

    assert place(("FIX-1", 1)).lines.get().kind == "service"


def test_a_payment_is_booked_with_the_order(place: Place) -> None:
    order = place(payment=PaymentDraft("alipay", Decimal("10.00"), "2026112200"))

    assert list(order.payments.values_list("method", "amount", "status")) == [
        ("alipay", Decimal("10.00"), "received")
    ]


def test_the_same_phone_is_the_same_customer(place: Place) -> None:
    first, second = place(), place(external_no="B")

    assert first.customer == second.customer
    assert Customer.objects.count() == 1


def test_a_channels_customer_number_is_recognised_before_the_phone(place: Place) -> None:
    known = place(customer=CustomerDraft("李雷", "13800138002", external_no="lilei"))
    again = place(customer=CustomerDraft("李雷", "13800138003", external_no="lilei"))

    assert again.customer == known.customer


def test_a_guest_without_phone_or_number_has_no_customer(place: Place) -> None:
    order = place(customer=CustomerDraft("路人"), ship_to=ShipTo("路人"))

    assert (order.customer, order.customer_name) == (None, "路人")


def test_two_orders_of_one_new_customer_in_one_call_share_the_customer(
    web: Channel, cup: Sku
) -> None:
    place_orders([draft(), draft()], actor=None, door="test")

    assert Customer.objects.count() == 1


def test_the_same_external_number_again_is_the_first_order(web: Channel, cup: Sku) -> None:
    first = place_order(draft(external_no="T1"), actor=None, door="test")
    again = place_order(draft(external_no="T1"), actor=None, door="test")

    assert again == replace(first, is_new=False)
    assert Order.objects.count() == 1


def test_another_spelling_of_the_same_amount_is_the_same_order(web: Channel, cup: Sku) -> None:
    place_order(draft(external_no="T1", shipping_fee=Decimal("8")), actor=None, door="test")
    again = place_order(
        draft(external_no="T1", shipping_fee=Decimal("8.00")), actor=None, door="test"
    )

    assert again.is_new is False


def test_other_content_under_a_taken_number_is_a_conflict_that_names_the_fields(
    web: Channel, cup: Sku
) -> None:
    place_order(draft(external_no="T1"), actor=None, door="test")

    with pytest.raises(Conflict) as refused:
        place_order(draft(("CUP-1", 2), external_no="T1", note="!"), actor=None, door="test")

    assert refused.value.differences == ["note", "lines[0].quantity"]
    assert Order.objects.count() == 1


def test_a_number_that_stands_twice_in_one_call_is_placed_once(web: Channel, cup: Sku) -> None:
    same, other = draft(external_no="T1"), draft(("CUP-1", 2), external_no="T1")

    outcomes = place_orders([draft(external_no="T1"), same, other], actor=None, door="test")

    assert [type(one) for one in outcomes] == [Placed, Placed, Taken]
    assert Order.objects.count() == 1


def test_a_bad_draft_does_not_stop_the_good_ones(web: Channel, cup: Sku) -> None:
    outcomes = place_orders([draft(("NO", 1)), draft()], actor=None, door="test")

    assert [type(one) for one in outcomes] == [Rejected, Placed]
    assert Order.objects.count() == 1


def test_every_error_is_reported_at_once_with_field_and_value(web: Channel, cup: Sku) -> None:
    bad = draft(("NO", 1), ("CUP-1", 0), shipping_fee=Decimal(-1))

    with pytest.raises(InvalidInput) as refused:
        place_order(bad, actor=None, door="test")

    assert [(error.field, error.code, error.value) for error in refused.value.errors] == [
        ("shipping_fee", "out_of_range", "-1"),
        ("lines[0].sku", "unknown", "NO"),
        ("lines[1].quantity", "out_of_range", "0"),
    ]
    assert not Order.objects.exists()


def test_placing_counts_the_order_on_its_day(place: Place) -> None:
    place(placed_at=datetime(2026, 5, 1, 17, 0, tzinfo=UTC))

    assert tally.count_by_status()[OrderStatus.PENDING_REVIEW] == 1
    assert tally.drift() == []


def test_placing_any_number_of_orders_takes_two_round_trips(
    web: Channel, cup: Sku, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(2):  # type: ignore[operator]
        place_orders([draft(external_no=str(n)) for n in range(20)], actor=None, door="test")


def test_a_channel_called_phone_does_not_mix_its_customers_with_telephones(
    web: Channel, cup: Sku
) -> None:
    Channel.objects.create(code="phone", name="Telephone")
    by_phone = place_order(draft(customer=CustomerDraft("甲", "13800138009")), actor=None, door="t")
    by_number = place_order(
        draft(channel="phone", customer=CustomerDraft("乙", external_no="13800138009")),
        actor=None,
        door="t",
    )

    names = [Order.objects.get(pk=one.id).customer.name for one in (by_phone, by_number)]
    assert names == ["甲", "乙"]
