"""What people type as boxes and pieces."""

import pytest

from inventory.packs import NotAQuantity, Pack, in_packs, pieces_in

BOX, BAG = Pack("箱", 12), Pack("bag", 3)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("27", 27), ("1,200", 1200), ("２７", 27), ("2箱", 24), ("2箱3", 27), ("2箱+3", 27), ("2 箱 + 3 件", 27),
        ("2箱1bag2", 29), ("3 + 2箱", 27), ("2 BAG + 1", 7), ("0", 0), ("5件", 5), ("2箱＋3", 27),
    ],
)  # fmt: skip
def test_packs_and_pieces_are_pieces(text: str, pieces: int) -> None:
    assert pieces_in(text, [BOX, BAG]) == pieces


@pytest.mark.parametrize(
    "text", ["", "箱", "2托", "-3", "2箱3箱", "2+3", "1.5", "2箱+", "two", "箱2"]
)
def test_what_is_no_quantity_is_refused(text: str) -> None:
    with pytest.raises(NotAQuantity):
        pieces_in(text, [BOX, BAG])


def test_the_refusal_says_what_to_type() -> None:
    with pytest.raises(NotAQuantity, match="Give pieces, or one of: 箱, bag"):
        pieces_in("2托", [BOX, BAG])
    with pytest.raises(NotAQuantity, match="as in “2 箱 \\+ 3”"):
        pieces_in("x", [BOX])
    with pytest.raises(NotAQuantity, match="Give a whole number of pieces."):
        pieces_in("")


@pytest.mark.parametrize(
    ("pieces", "shown"), [(27, "2箱+1 bag"), (29, "2箱+1 bag+2"), (24, "2箱"), (2, ""), (0, "")]
)
def test_pieces_are_shown_in_the_largest_packs(pieces: int, shown: str) -> None:
    assert in_packs(pieces, [BAG, BOX]) == shown
