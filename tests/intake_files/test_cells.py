"""Cells: wrappings come off, values are read strictly, and what Excel has destroyed is told."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from oms.tables import cells
from oms.tables.cells import CellProblem

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ('="1234567890123456789"', "1234567890123456789"),
        ("\t6921234567890", "6921234567890"),
        ("'13800138000", "13800138000"),
        ("'=1+1", "=1+1"),
        (" 杯子\u3000", "杯子"),
        ("17850.0", "17850"),
        ("00123", "00123"),
        ("'123456789012345000", "123456789012345000"),
        ("12345678901234500", "12345678901234500"),
        ("E10", "E10"),
        ("", ""),
    ],
)
def test_identifiers_are_text_without_their_wrapping(raw, value) -> None:
    assert cells.identifier(raw) == value


@pytest.mark.parametrize(
    "raw", ["1.38E+10", "1E+10", "2.71828e+17", "123456789012345000", "'1.38E+10"]
)
def test_an_identifier_rewritten_by_excel_is_told(raw) -> None:
    with pytest.raises(CellProblem, match="was rewritten by Excel; its digits are lost"):
        cells.identifier(raw)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("1,234.50", "1234.50"), ("88.00元", "88.00"), ("¥ 12", "12"), ("￥1,000", "1000"), ("-5.", "-5"),
        (".5", "0.5"), ("'7", "7"), ('="3.30"', "3.30"), ("£4.25", "4.25"), ("0.001", "0.001"),
    ],
)  # fmt: skip
def test_numbers_lose_signs_and_separators(raw, value) -> None:
    assert cells.number(raw) == Decimal(value)


@pytest.mark.parametrize(
    "raw", ["", "-", "NaN", "Infinity", "1e5", "12,50", "1,23,4", "１２", "0x10", "1 2", "9" * 16]
)
def test_what_is_no_number_is_told(raw) -> None:
    with pytest.raises(CellProblem, match="is not a number"):
        cells.number(raw)


def test_whole_numbers_may_come_with_an_empty_fraction() -> None:
    assert [cells.whole(raw) for raw in ("6", "6.0", "-80995", "1,000")] == [6, 6, -80995, 1000]
    with pytest.raises(CellProblem, match="“1.5” is not a whole number"):
        cells.whole("1.5")


@pytest.mark.parametrize(
    ("raw", "utc"),
    [
        ("2026-11-22 14:05:09", "2026-11-22T06:05:09+00:00"),
        ("2026/1/2 4:05", "2026-01-01T20:05:00+00:00"),
        ("2026年11月22日 14:05", "2026-11-22T06:05:00+00:00"),
        ("2026.11.22", "2026-11-21T16:00:00+00:00"),
        ("2026-11-22T14:05:09Z", "2026-11-22T14:05:09+00:00"),
        ("2026-11-22 14:05:09 -0500", "2026-11-22T19:05:09+00:00"),
        ("2026-11-22T14:05:09.123+08:00", "2026-11-22T06:05:09+00:00"),
    ],
)
def test_times_take_the_zone_of_the_file_unless_they_say_one(raw, utc) -> None:
    assert cells.moment(raw, SHANGHAI) == datetime.fromisoformat(utc)


@pytest.mark.parametrize(
    "raw", ["12/1/2010 8:26", "yesterday", "2026-02-30", "2026-11-22 25:00", "44000"]
)
def test_what_is_no_time_is_told(raw) -> None:
    with pytest.raises(CellProblem):
        cells.moment(raw, SHANGHAI)
