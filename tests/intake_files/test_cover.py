"""Covering credits: pure, so it is tried with anything."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from orders.returns.cover import Coverable, cover

NOW = datetime(2026, 11, 22, tzinfo=UTC)
LEFT = st.lists(st.integers(0, 9), max_size=6)


def covered(quantity: int, left: list[int]) -> tuple[list[int], list[int]]:
    """(pieces taken of each line, what is left of each), lines newest first."""
    lines = [Coverable(at, at, NOW, pieces) for at, pieces in enumerate(left)]
    taken = [0] * len(left)
    for piece in cover(quantity, lines, until=NOW, before_order_id=None):
        taken[piece.order_line_id] += piece.quantity
    return taken, [line.left for line in lines]


@given(st.integers(1, 30), LEFT)
def test_a_credit_is_covered_to_the_last_piece_or_not_at_all(
    quantity: int, left: list[int]
) -> None:
    taken, rest = covered(quantity, left)

    assert sum(taken) == (quantity if sum(left) >= quantity else 0)
    assert [before - piece for before, piece in zip(left, taken, strict=True)] == rest
    assert all(pieces >= 0 for pieces in rest)


@given(st.integers(1, 9), LEFT)
def test_a_line_of_exactly_that_size_is_taken_alone(quantity: int, left: list[int]) -> None:
    taken, _rest = covered(quantity, left)

    if quantity in left:
        assert taken[left.index(quantity)] == quantity


def test_only_lines_of_earlier_orders_count() -> None:
    lines = [Coverable(1, 10, NOW, 5), Coverable(2, 20, NOW, 5)]

    (piece,) = cover(5, lines[::-1], until=NOW, before_order_id=20)

    assert (piece.order_line_id, lines[1].left) == (1, 5)
