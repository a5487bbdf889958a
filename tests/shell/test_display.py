import datetime as dt
from decimal import Decimal

import pytest

from oms.display import largest_unit, masked_phone, money_text, quantity_text, time_text


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        (Decimal("1234"), "CNY", "¥1,234.00"),
        (Decimal("0.125"), "CNY", "¥0.125"),
        (Decimal("10.5000"), "USD", "$10.50"),
        (Decimal("-128"), "CNY", "\N{MINUS SIGN}¥128.00"),
        (Decimal("1200"), "JPY", "JP¥1,200"),
        (Decimal("3.5"), "CHF", "CHF 3.50"),
        (Decimal("1E+3"), "CNY", "¥1,000.00"),
        (Decimal("7"), "", "7.00"),
        (None, "CNY", "–"),
    ],
)
def test_money_is_written_with_its_symbol_and_grouped(amount, currency, text):
    assert money_text(amount, currency) == text


@pytest.mark.parametrize(
    ("quantity", "text"),
    [(1200, "1,200"), (Decimal("0.500"), "0.5"), (-3, "\N{MINUS SIGN}3"), (0, "0"), (None, "–")],
)
def test_quantities_have_no_useless_zeros(quantity, text):
    assert quantity_text(quantity) == text


def test_times_are_those_of_the_store():
    evening = dt.datetime(2026, 11, 22, 16, 5, tzinfo=dt.UTC)

    assert time_text(evening) == "2026-11-23 00:05"
    assert time_text(dt.date(2026, 11, 22)) == "2026-11-22"
    assert time_text(None) == "–"


@pytest.mark.parametrize(
    ("phone", "text"),
    [
        ("13800138000", "138****8000"),
        ("13800138000-1234", "138****8000-****"),
        ("0571-88886666", "0571-****6666"),
        ("66666", "****66"),
        ("", "–"),
        (None, "–"),
    ],
)
def test_phone_numbers_are_recognisable_but_cannot_be_called(phone, text):
    assert masked_phone(phone) == text


@pytest.mark.parametrize(
    ("earlier", "later", "distance"),
    [
        ("2026-03-01 12:00:00", "2026-03-01 12:00:59", ("minute", 0)),
        ("2026-03-01 12:00:00", "2026-03-01 12:59:59", ("minute", 59)),
        ("2026-03-01 12:00:00", "2026-03-01 13:00:00", ("hour", 1)),
        ("2026-03-01 12:00:00", "2026-03-03 11:00:00", ("day", 1)),
        ("2026-03-01 12:00:00", "2026-03-31 12:00:00", ("week", 4)),
        ("2026-03-31 12:00:00", "2026-05-01 11:59:59", ("month", 1)),
        ("2026-03-31 12:00:00", "2026-04-30 12:00:00", ("week", 4)),
        ("2025-03-01 12:00:00", "2026-03-01 11:59:59", ("month", 11)),
        ("2024-02-29 12:00:00", "2026-03-01 12:00:00", ("year", 2)),
    ],
)
def test_how_far_apart_is_said_in_the_largest_whole_unit(earlier, later, distance):
    first, second = (dt.datetime.fromisoformat(f"{text}+00:00") for text in (earlier, later))

    assert largest_unit(first, second) == distance
