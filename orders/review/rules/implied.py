"""What else would be so of a field if one of its conditions were otherwise. Pure."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from orders.review.rules.fields import FIELDS
from orders.review.rules.logic import Truth
from orders.review.rules.operators import Kind, Operator
from orders.review.rules.text import Condition
from orders.review.rules.values import number_of, range_of, words_of

O = Operator  # noqa: E741 - the tables below are read by it

Changed = dict[Condition, Truth]
"""What conditions would be."""

_STEP = Decimal("0.01")
_OPPOSITE = {
    O.CONTAINS: O.LACKS, O.ONE_OF: O.NONE_OF, O.EQUALS: O.DIFFERS, O.IS_EMPTY: O.IS_FILLED, O.YES: O.NO,
}  # fmt: skip
_OPPOSITE |= {second: first for first, second in _OPPOSITE.items()}
_NO_CHOICE = ""
"""Stands for a choice that no condition names."""


def outcomes_of(
    condition: Condition, holds: bool, others: Sequence[Condition]
) -> Iterator[Changed]:
    """The ways in which `condition` comes to be `holds`, each with what `others` of its field are then.

    Numbers and choices are put through all of them; of words only the same and the opposite question follow.
    """
    match FIELDS[condition.field].kind:
        case Kind.NUMBER:
            for number in _numbers(condition):
                if _holds_of_number(condition, number) == holds:
                    yield {one: _holds_of_number(one, number) for one in others}
        case Kind.CHOICE:
            for word in [*words_of(condition.value)[:1], _NO_CHOICE]:
                if _holds_of_choice(condition, word) == holds:
                    yield {one: _holds_of_choice(one, word) for one in others}
        case _:
            yield _same_or_opposite(condition, holds, others)


def _numbers(condition: Condition) -> list[Decimal]:
    """One on each side of what it compares with, and that itself."""
    if condition.operator == O.BETWEEN:
        lowest, highest = (number_of(part) for part in range_of(condition.value))
        return [lowest, lowest - _STEP, highest + _STEP]
    number = number_of(condition.value)
    return [number, number - _STEP, number + _STEP]


def _holds_of_number(condition: Condition, number: Decimal) -> bool:
    operator = condition.operator
    if operator == O.UNKNOWN:
        return False
    if operator == O.BETWEEN:
        lowest, highest = (number_of(part) for part in range_of(condition.value))
        return lowest <= number <= highest
    wanted = number_of(condition.value)
    return {
        O.EQUALS: number == wanted, O.DIFFERS: number != wanted, O.AT_LEAST: number >= wanted,
        O.AT_MOST: number <= wanted, O.ABOVE: number > wanted, O.BELOW: number < wanted,
    }[Operator(operator)]  # fmt: skip


def _holds_of_choice(condition: Condition, word: str) -> bool:
    return (word in words_of(condition.value)) == (condition.operator == O.ONE_OF)


def _same_or_opposite(condition: Condition, holds: bool, others: Sequence[Condition]) -> Changed:
    changed: Changed = {condition: holds}
    for one in others:
        if one.operator == O.UNKNOWN:
            changed[one] = False
        elif one.operator == _OPPOSITE.get(O(condition.operator)) and one.value == condition.value:
            changed[one] = not holds
    return changed
