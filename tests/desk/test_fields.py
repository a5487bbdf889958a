from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from orders.desk.fields import NumberField, PhoneField, PiecesField


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("13800138001", "13800138001"),
        ("138-0013-8001", "13800138001"),
        ("＋86 138 0013 8001", "13800138001"),
        ("13800138001-1234", "13800138001-1234"),
        ("021-5555 6666", "021-55556666"),
        ("+1 (415) 555-0100", "+1415555-0100"),
        ("", ""),
    ],
)
def test_a_phone_is_kept_as_it_is_dialled(typed: str, kept: str):
    assert PhoneField("Phone").clean(typed) == kept


@pytest.mark.parametrize("typed", ["call me", "12", "138x", "--", "1" * 60])
def test_what_cannot_be_dialled_is_refused(typed: str):
    with pytest.raises(ValidationError, match="Give the digits"):
        PhoneField("Phone").clean(typed)


@pytest.mark.parametrize(
    ("typed", "value"),
    [("12.5", "12.5"), ("１２．５", "12.5"), (" 1,234.50 ", "1234.50"), ("¥8", "8"), ("8 元", "8"), ("−3", "-3")],
)  # fmt: skip
def test_a_number_may_be_typed_as_people_do(typed: str, value: str):
    assert NumberField("Amount").clean(typed) == Decimal(value)


def test_nothing_typed_is_no_number():
    assert NumberField("Amount").clean(" ") is None


@pytest.mark.parametrize(
    "typed", ["NaN", "Infinity", "1e5", "0x10", "1_000", "1.2.3", ".5.", "二", "9" * 400]
)
def test_what_is_no_number_is_refused(typed: str):
    with pytest.raises(ValidationError, match="Give a number"):
        NumberField("Amount").clean(typed)


@pytest.mark.parametrize("typed", ["1.5", "1.0", "1e3", "9" * 5000, "½"])
def test_pieces_are_whole(typed: str):
    with pytest.raises(ValidationError, match="Give a whole number"):
        PiecesField("Quantity").clean(typed)
