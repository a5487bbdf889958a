"""What a draft can get wrong, one case a row: (field, code) of the only error."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from orders.intake.draft import (
    Catalogue,
    CustomerDraft,
    KnownChannel,
    KnownSku,
    LineDraft,
    PaymentDraft,
    PricedOrder,
    ShipTo,
)
from orders.intake.pricing import price_draft
from tests.fixtures.company import draft

CATALOGUE = Catalogue(
    {
        "web": KnownChannel(1, "web", "CNY", is_active=True),
        "shut": KnownChannel(2, "shut", "CNY", is_active=False),
        "tokyo": KnownChannel(3, "tokyo", "JPY", is_active=True),
    },
    {
        ("", "CUP-1"): KnownSku(1, "CUP-1", "Cup", "goods", Decimal(10), is_active=True),
        ("", "OLD-1"): KnownSku(2, "OLD-1", "Old", "goods", Decimal(10), is_active=False),
    },
)

BAD: list[tuple[str, dict[str, Any], tuple[str, str]]] = [
    ("no channel", {"channel": "nowhere"}, ("channel", "unknown")),
    ("closed channel", {"channel": "shut"}, ("channel", "inactive")),
    ("odd currency", {"currency": "DOGE"}, ("currency", "unknown")),
    ("three-decimal currency", {"currency": "KWD"}, ("currency", "unknown")),
    ("NUL", {"note": "a\x00b"}, ("note", "control_character")),
    (
        "mail header",
        {"customer": CustomerDraft("x", email="a@b\r\nBcc:c")},
        ("customer.email", "control_character"),
    ),
    ("not a mail", {"customer": CustomerDraft("x", email="ab")}, ("customer.email", "shape")),
    ("long name", {"ship_to": ShipTo("王" * 121)}, ("ship_to.name", "too_long")),
    ("no zone", {"placed_at": datetime(2026, 1, 1)}, ("placed_at", "no_zone")),  # noqa: DTZ001
    ("year 1", {"placed_at": datetime(1, 1, 1, tzinfo=UTC)}, ("placed_at", "out_of_range")),
    ("far off", {"placed_at": datetime(9999, 1, 1, tzinfo=UTC)}, ("placed_at", "out_of_range")),
    ("negative fee", {"shipping_fee": Decimal(-1)}, ("shipping_fee", "out_of_range")),
    ("NaN fee", {"shipping_fee": Decimal("NaN")}, ("shipping_fee", "out_of_range")),
    ("endless fee", {"shipping_fee": Decimal("Infinity")}, ("shipping_fee", "out_of_range")),
    ("half a fen", {"shipping_fee": Decimal("0.005")}, ("shipping_fee", "too_precise")),
    ("discount above total", {"discount": Decimal(11)}, ("discount", "too_large")),
    ("other total", {"total": Decimal("10.01")}, ("total", "differs")),
    ("no method", {"payment": PaymentDraft("", Decimal(1))}, ("payment.method", "empty")),
    ("paid nothing", {"payment": PaymentDraft("cash", Decimal(0))}, ("payment.amount", "zero")),
    ("no lines", {"lines": []}, ("lines", "empty")),
    ("lines without end", {"lines": [LineDraft("CUP-1")] * 2001}, ("lines", "too_many")),
    ("unknown SKU", {"lines": [LineDraft("NO")]}, ("lines[0].sku", "unknown")),
    ("inactive SKU", {"lines": [LineDraft("OLD-1")]}, ("lines[0].sku", "inactive")),
    ("no SKU", {"lines": [LineDraft("")]}, ("lines[0].sku", "empty")),
    ("none", {"lines": [LineDraft("CUP-1", 0)]}, ("lines[0].quantity", "out_of_range")),
    ("minus", {"lines": [LineDraft("CUP-1", -1)]}, ("lines[0].quantity", "out_of_range")),
    ("huge", {"lines": [LineDraft("CUP-1", 2**63)]}, ("lines[0].quantity", "out_of_range")),
    (
        "NaN price",
        {"lines": [LineDraft("CUP-1", 1, Decimal("NaN"))]},
        ("lines[0].unit_price", "out_of_range"),
    ),
    (
        "huge price",
        {"lines": [LineDraft("CUP-1", 1, Decimal("1e999999"))]},
        ("lines[0].unit_price", "out_of_range"),
    ),
    (
        "five decimals",
        {"lines": [LineDraft("CUP-1", 1, Decimal("0.00001"))]},
        ("lines[0].unit_price", "too_precise"),
    ),
    (
        "line discount above line",
        {"lines": [LineDraft("CUP-1", 1, Decimal(1), Decimal(2))]},
        ("lines[0].discount", "too_large"),
    ),
    (
        "discount that adds",
        {"lines": [LineDraft("CUP-1"), LineDraft("", 1, Decimal(1), kind="discount")]},
        ("lines[1].unit_price", "wrong_sign"),
    ),
]


@pytest.mark.parametrize(("case", "wrong", "expected"), BAD, ids=[row[0] for row in BAD])
def test_a_bad_draft_is_refused_at_the_field(
    case: str, wrong: dict[str, Any], expected: tuple[str, str]
) -> None:
    complete = draft(("CUP-1", 1))
    for name, value in wrong.items():
        setattr(complete, name, value)

    errors = price_draft(complete, CATALOGUE)

    assert isinstance(errors, list)
    assert [(error.field, error.code) for error in errors] == [expected]


def test_a_currency_without_decimals_is_rounded_to_whole_coins() -> None:
    priced = price_draft(draft(LineDraft("CUP-1", 1, Decimal("99.5")), channel="tokyo"), CATALOGUE)

    assert isinstance(priced, PricedOrder)
    assert (priced.currency, priced.total_amount) == ("JPY", Decimal("100"))


def test_the_message_says_what_to_do() -> None:
    errors = price_draft(draft(("NO", 1)), CATALOGUE)

    assert isinstance(errors, list)
    assert errors[0].message == "There is no SKU NO. Check the code or create it first."
