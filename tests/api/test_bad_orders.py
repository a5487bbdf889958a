"""Bad input on placing: what is refused, by which field and code; and that nothing is ever written."""

import orjson
import pytest

from customers.models import Customer
from inventory.models import Sku
from oms.models import Channel, IdempotencyKey
from orders.models import Order
from tests.api.conftest import order_body, problem

QUANTITY, PRICE = "lines[0].quantity", "lines[0].unit_price"


def _line(**line):
    return order_body(line=line)


FIELDS = [
    # body, field, code
    (_line(quantity=0), QUANTITY, "out_of_range"),
    (_line(quantity=-1), QUANTITY, "out_of_range"),
    (_line(quantity=1.5), QUANTITY, "not_whole_number"),
    (_line(quantity=1.0), QUANTITY, "not_whole_number"),
    (_line(quantity="1e3"), QUANTITY, "not_whole_number"),
    (_line(quantity="1"), QUANTITY, "not_whole_number"),
    (_line(quantity=True), QUANTITY, "not_whole_number"),
    (_line(quantity=None), QUANTITY, "not_whole_number"),
    (_line(quantity=2**31), QUANTITY, "out_of_range"),
    (_line(quantity=2**63), QUANTITY, "out_of_range"),
    (_line(unit_price="NaN"), PRICE, "not_an_amount"),
    (_line(unit_price="Infinity"), PRICE, "not_an_amount"),
    (_line(unit_price="1e999999"), PRICE, "not_an_amount"),
    (_line(unit_price="１２"), PRICE, "not_an_amount"),
    (_line(unit_price=" 1"), PRICE, "not_an_amount"),
    (_line(unit_price="1_000"), PRICE, "not_an_amount"),
    (_line(unit_price=True), PRICE, "not_an_amount"),
    (_line(unit_price=[]), PRICE, "not_an_amount"),
    (_line(unit_price=-1), PRICE, "out_of_range"),
    (_line(unit_price="0.00001"), PRICE, "too_precise"),
    (_line(unit_price="10000000.01"), PRICE, "out_of_range"),
    (_line(discount="0.001"), "lines[0].discount", "too_precise"),
    (_line(discount="30.00"), "lines[0].discount", "too_large"),
    (_line(sku="NO-SUCH"), "lines[0].sku", "unknown"),
    (_line(sku="OLD-1"), "lines[0].sku", "inactive"),
    (_line(sku=""), "lines[0].sku", "empty"),
    (_line(sku=None), "lines[0].sku", "not_text"),
    (_line(sku="CUP\x00-1"), "lines[0].sku", "control_character"),
    (_line(amount="20.00"), "lines[0].amount", "unknown_field"),
    (order_body(lines=[]), "lines", "empty"),
    (order_body(lines={}), "lines", "not_a_list"),
    (order_body(lines=[1]), "lines[0]", "not_an_object"),
    (order_body(lines=[{"sku": "CUP-1"}]), QUANTITY, "required"),
    (order_body(lines=[{"sku": "CUP-1", "quantity": 1}] * 2001), "lines", "too_many"),
    (order_body(channel="nowhere"), "channel", "unknown"),
    (order_body(channel="closed"), "channel", "inactive"),
    (order_body(channel="x" * 41), "channel", "too_long"),
    (order_body(currency="XXX"), "currency", "unknown"),
    (order_body(currency="cny"), "currency", "unknown"),
    (order_body(note="a\x00b"), "note", "control_character"),
    (order_body(note="x" * 2001), "note", "too_long"),
    (order_body(external_no=17), "external_no", "not_text"),
    (order_body(ship_complete="yes"), "ship_complete", "not_true_or_false"),
    (order_body(ship_complete=1), "ship_complete", "not_true_or_false"),
    (order_body(customer="王"), "customer", "not_an_object"),
    (order_body(ship_to={"country": "CHN"}), "ship_to.country", "too_long"),
    (order_body(ship_to={"zip": "1"}), "ship_to.zip", "unknown_field"),
    (order_body(placed_at="2026-02-29T10:00:00+08:00"), "placed_at", "not_a_time"),
    (order_body(placed_at="0000-01-01T00:00:00Z"), "placed_at", "not_a_time"),
    (order_body(placed_at="0001-01-01T00:00:00+08:00"), "placed_at", "out_of_range"),
    (order_body(placed_at="9999-12-31T23:59:59+08:00"), "placed_at", "out_of_range"),
    (order_body(placed_at="2026-11-20T14:05:00"), "placed_at", "no_zone"),
    (order_body(placed_at="2026-11-20"), "placed_at", "not_a_time"),
    (order_body(placed_at=1700000000), "placed_at", "not_a_time"),
    (order_body(payment={"method": "cash", "amount": "0.00"}), "payment.amount", "zero"),
    (order_body(payment={"method": "cash", "amount": "-5"}), "payment.amount", "out_of_range"),
    (order_body(payment={"amount": "5"}), "payment.method", "required"),
    (order_body(total="26.99"), "total", "differs"),
    (order_body(discount="100.00"), "discount", "too_large"),
    (order_body(status="approved"), "status", "unknown_field"),
    (order_body(total_amount=0), "total_amount", "unknown_field"),
    (order_body(created_by=1), "created_by", "unknown_field"),
    ([], "body", "not_an_object"),
]  # fmt: skip


@pytest.fixture(autouse=True)
def other_codes(shop, cup):
    Sku.objects.create(product=cup.product, code="OLD-1", name="Old", is_active=False)
    Channel.objects.create(code="closed", name="Closed", is_active=False)


def _nothing_was_written():
    assert (Order.objects.count(), Customer.objects.count()) == (0, 0)
    assert IdempotencyKey.objects.count() == 0


@pytest.mark.parametrize(("body", "field", "code"), FIELDS)
def test_a_wrong_field_is_named_and_nothing_is_written(shop, body, field, code):
    response = shop.post("/orders", body, key="k1")

    assert problem(response) == (400, "invalid_input", [(field, code)])
    _nothing_was_written()


BODIES = [
    (b"", "invalid_input"),
    (b"{", "invalid_json"),
    (b"null ", "invalid_input"),
    (b'{"channel": "web", "channel": "b2b"}', "duplicate_key"),
    (b'{"lines": [{"quantity": 1, "quantity": 99}]}', "duplicate_key"),
    (b'{"discount": NaN}', "invalid_json"),
    (b'{"discount": -Infinity}', "invalid_json"),
    (b'{"discount": 1e999999}', "invalid_input"),
    (b'{"discount": 1e99999999999999999999}', "invalid_json"),
    (b'{"discount": 0.' + b"1" * 100 + b"}", "invalid_json"),
    (b'{"lines": [{"quantity": 1' + b"0" * 400 + b"}]}", "invalid_input"),
    (b'{"lines": [{"quantity": 1' + b"0" * 9000 + b"}]}", "invalid_json"),
    (b'{"note": "\xff"}', "invalid_json"),
    (b'{"note": "\\ud800"}', "invalid_json"),
    (b'\xef\xbb\xbf{"note": ""}', "invalid_json"),
    ('{"note": ""}'.encode("utf-16"), "invalid_json"),
    (b"[" * 10_000 + b"]" * 10_000, "invalid_json"),
    (b'{"note":' * 10_000 + b"1" + b"}" * 10_000, "invalid_json"),
    (b"{'note': ''}", "invalid_json"),
    (b'{"note": ""} {}', "invalid_json"),
]


@pytest.mark.parametrize(("body", "code"), BODIES)
def test_a_body_that_has_no_one_meaning_is_refused(shop, body, code):
    response = shop.post("/orders", body, key="k1")

    assert problem(response)[:2] == (400, code)
    _nothing_was_written()


def test_every_wrong_field_is_told_at_once_and_never_more_than_a_hundred(shop):
    lines = [{"sku": "CUP-1", "quantity": "1"}] * 150
    body = shop.post("/orders", order_body(lines=lines)).json()

    assert (len(body["errors"]), body["more_errors"]) == (100, 50)


def test_the_wrong_value_is_shown_short_and_the_remedy_in_words(shop):
    error = shop.post("/orders", _line(sku="N" * 64)).json()["errors"][0]

    assert error == {
        "field": "lines[0].sku",
        "code": "unknown",
        "message": f"There is no SKU {'N' * 64}. Check the code or create it first.",
        "value": "N" * 64,
    }


@pytest.mark.parametrize("name", ["\u202egnp.exe", "a\u200bb", "👩‍👩‍👧", "欧阳" * 30])
def test_strange_but_real_names_are_kept_as_they_are(shop, name):
    response = shop.post("/orders", order_body(customer={"name": name}))

    assert response.status_code == 201
    assert Order.objects.get().customer_name == name


def test_ties_are_rounded_away_from_zero_once_a_line(shop):
    lines = [{"sku": "CUP-1", "quantity": 1, "unit_price": "0.005"}] * 3
    body = order_body(lines=lines, shipping_fee=0, payment=None)

    assert shop.post("/orders", body).json()["total_amount"] == "0.03"


def test_the_wrong_value_leaves_as_valid_json_whatever_it_is(shop):
    response = shop.post("/orders", orjson.dumps(_line(quantity="x" * 10_000)))

    assert response.json()["errors"][0]["value"] == "x" * 80
