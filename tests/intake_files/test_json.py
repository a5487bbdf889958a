"""Orders as WooCommerce and Shopify give them by REST."""

import json
from copy import deepcopy
from decimal import Decimal

import pytest

from oms.tables.table import UnreadableFile
from orders.intake.files.json_table import read_json
from orders.models import Order
from tests.fixtures.company import create_sku
from tests.intake_files.conftest import outcomes, reasons

WOO = {
    "id": 727, "number": "727", "status": "processing", "currency": "USD", "date_created_gmt": "2026-03-22T19:28:02",
    "date_paid_gmt": "2026-03-22T19:28:08", "payment_method": "bacs", "transaction_id": "", "total": "29.35",
    "total_tax": "1.35", "shipping_total": "10.00", "customer_id": 0, "customer_note": "",
    "billing": {"first_name": "John", "last_name": "Doe", "email": "john.doe@example.com", "phone": "(555) 555-5555"},
    "shipping": {"first_name": "John", "last_name": "Doe", "address_1": "969 Market", "city": "San Francisco",
                 "state": "CA", "postcode": "94103", "country": "US"},
    "line_items": [
        {"name": "Woo Single #1", "product_id": 93, "variation_id": 0, "quantity": 2, "subtotal": "6.00",
         "total": "6.00", "sku": ""},
        {"name": "Ship Your Idea", "product_id": 22, "variation_id": 23, "quantity": 1, "subtotal": "13.00",
         "total": "12.00", "sku": "Bar3"},
    ],
    "fee_lines": [], "coupon_lines": [],
}  # fmt: skip
SHOPIFY = {
    "name": "#1001", "email": "jane@example.com", "financial_status": "paid", "fulfillment_status": None,
    "processed_at": "2026-11-01T09:00:00-05:00", "created_at": "2026-11-01T08:59:00-05:00", "currency": "EUR",
    "subtotal_price": "18.00", "total_price": "23.00", "total_discounts": "2.00", "cancelled_at": None, "note": None,
    "shipping_lines": [{"price": "5.00"}], "payment_gateway_names": ["stripe"],
    "shipping_address": {"name": "Jane", "address1": "1 Rue", "city": "Paris", "zip": "75001", "country_code": "FR"},
    "line_items": [{"quantity": 2, "name": "Cup", "price": "10.00", "sku": "BAR3"}],
}  # fmt: skip


@pytest.fixture
def goods(db):
    create_sku("93")
    create_sku("BAR3")


def text(*orders: dict) -> str:
    return json.dumps(list(orders))


def refused(write, content: str | bytes) -> str:
    with pytest.raises(UnreadableFile) as caught:
        list(read_json(write(content)).rows)
    return caught.value.message


@pytest.mark.usefixtures("goods")
def test_a_woocommerce_order_adds_up_with_tax_and_coupon(take_in) -> None:
    batch = take_in(text(WOO))

    order = Order.objects.get()
    assert (batch.preset, order.external_no, order.total_amount) == (
        "woocommerce",
        "727",
        Decimal("29.35"),
    )
    assert list(
        order.lines.values_list("sku__code", "quantity", "unit_price", "discount_amount", "amount")
    ) == [
        ("93", 2, Decimal(3), 0, Decimal(6)),
        ("BAR3", 1, Decimal(13), Decimal(1), Decimal(12)),
        (None, 1, Decimal("1.35"), 0, Decimal("1.35")),
    ]
    assert (order.ship_country, order.ship_postcode, order.ship_phone) == (
        "US",
        "94103",
        "(555) 555-5555",
    )
    assert order.payments.get().method == "bacs"
    assert batch.account["amounts"]["gross"] == {
        "source": "29.35", "booked": "29.35", "not_booked": "0.00", "difference": "0.00",
    }  # fmt: skip


@pytest.mark.usefixtures("goods")
def test_fees_and_reductions_of_woocommerce_are_lines_of_their_own(take_in) -> None:
    order = deepcopy(WOO)
    order["fee_lines"] = [
        {"name": "Gift wrap", "total": "3.00"},
        {"name": "Loyalty", "total": "-1.00"},
    ]
    order["total"] = "31.35"

    batch = take_in(json.dumps(order))

    assert outcomes(batch) == ["goods", "goods", "charge", "charge"]
    assert Order.objects.get().total_amount == Decimal("31.35")


@pytest.mark.usefixtures("goods")
def test_states_of_woocommerce_are_heeded(take_in) -> None:
    sent, dead = (
        WOO | {"number": "1", "status": "completed"},
        WOO | {"number": "2", "status": "cancelled"},
    )

    batch = take_in(text(sent, dead))

    assert Order.objects.get().status == "on_hold"
    assert (
        reasons(batch)[4]
        == "Column “status”: “cancelled” is no order to be sent. Import it when it is."
    )


@pytest.mark.usefixtures("goods")
@pytest.mark.parametrize("wrap", [{"orders": [SHOPIFY]}, {"order": SHOPIFY}, [SHOPIFY]])
def test_shopify_orders_come_listed_single_or_wrapped(take_in, wrap) -> None:
    take_in(json.dumps(wrap))

    order = Order.objects.get()
    assert (order.external_no, order.total_amount, order.discount_amount) == (
        "#1001", Decimal(23), Decimal(2),
    )  # fmt: skip
    assert order.payments.get().method == "stripe"


def test_many_orders_are_read_as_a_stream(write) -> None:
    path = write(text(*[WOO | {"number": str(at)} for at in range(1000)]))

    assert path.stat().st_size > 3 * 256 * 1024
    numbers = [cells[0] for _row, cells in read_json(path).rows]
    assert numbers == [str(at) for at in range(1000) for _item in range(2)]


def test_an_empty_list_is_a_table_without_rows(write) -> None:
    assert list(read_json(write(" [ ] ")).rows) == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('[{"a": 1', "breaks off"),
        ('{"a": 1', "breaks off"),
        ('[{"a": 1}]', "not a list of orders as WooCommerce"),
        ("[1, 2]", "a list, but not of orders"),
        ('[{"number": 1, "number": 2}]', "“number” twice"),
        ('[{"number": NaN}]', "NaN where a number must stand"),
        ("[" * 100_000, "nested too deeply"),
        ('[{"编号": 1}]'.encode("gb18030"), "must be UTF-8"),
        (text(WOO | {"billing": None}), "Order no. 1 in the file lacks or garbles a field"),
    ],
)
def test_what_is_no_list_of_orders_is_refused_with_words(write, content, words) -> None:
    assert words in refused(write, content)


def test_half_a_character_is_refused_with_its_row(take_in) -> None:
    with pytest.raises(UnreadableFile, match="Row 2 has half of a character"):
        take_in(text(WOO | {"customer_note": "\ud83d"}))
