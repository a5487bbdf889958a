"""Whether conditions can hold together, or must. Pure.

Exact for the conditions of one field, whose numbers are taken to be any; different fields are taken to have nothing to
do with each other.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import time
from decimal import Decimal
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from orders.review.rules.fields import FIELDS
from orders.review.rules.operators import OF_WORDS, Kind, Operator
from orders.review.rules.text import Condition, Group, Needs, RuleText
from orders.review.rules.values import RANGE, number_of, range_of, time_of, words_of

Tree = Condition | tuple[str, tuple["Tree", ...]]
"""A condition, or `Needs` and parts of which all or any must hold."""

O = Operator  # noqa: E741 - the tables below are read by it

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    O.EQUALS: eq, O.DIFFERS: ne, O.AT_LEAST: ge, O.AT_MOST: le, O.ABOVE: gt, O.BELOW: lt,
}  # fmt: skip
_OPPOSITE = {
    O.EQUALS: O.DIFFERS, O.AT_LEAST: O.BELOW, O.AT_MOST: O.ABOVE, O.ONE_OF: O.NONE_OF, O.CONTAINS: O.LACKS,
    O.IS_EMPTY: O.IS_FILLED, O.YES: O.NO,
}  # fmt: skip
_OPPOSITE |= {other: one for one, other in _OPPOSITE.items()}
# Only adversaries write rules that take longer to look through; these count as possible.
_MOST_STEPS = 5000


def tree_of(text: RuleText) -> Tree:
    """What a rule asks, its channels left out."""
    return str(text.needs), tuple(_tree_of(group) for group in text.groups if group.conditions)


def _tree_of(group: Group) -> Tree:
    return str(group.needs), group.conditions


def opposite(tree: Tree) -> Tree:
    """What holds when `tree` does not, of an order whose facts are all known."""
    if not isinstance(tree, Condition):
        needs, parts = tree
        other = Needs.ANY if needs == Needs.ALL else Needs.ALL
        return str(other), tuple(opposite(part) for part in parts)
    operator = Operator(tree.operator)
    if operator == O.UNKNOWN:
        return str(Needs.ALL), ()
    if operator != O.BETWEEN:
        return replace(tree, operator=str(_OPPOSITE[operator]))
    first, last = range_of(tree.value)
    if FIELDS[tree.field].kind == Kind.TIME:
        if time_of(first) == time_of(last):
            return str(Needs.ALL), ()
        return replace(tree, value=f"{last}{RANGE}{first}")
    below = Condition(tree.field, str(O.BELOW), first)
    return str(Needs.ANY), (below, Condition(tree.field, str(O.ABOVE), last))


def is_possible(*trees: Tree) -> bool:
    """Whether some order could meet all of `trees`, whose conditions must be readable."""
    return _Search().finds(list(trees), ())


class _Search:
    def __init__(self) -> None:
        self.steps = 0

    def finds(self, parts: list[Tree], chosen: tuple[Condition, ...]) -> bool:
        """Whether `parts` can hold besides the conditions `chosen`, which can."""
        self.steps += 1
        if not parts or self.steps > _MOST_STEPS:
            return True
        # What must hold comes first: then alternatives need not be tried in vain.
        place = next((i for i, part in enumerate(parts) if not _is_choice(part)), 0)
        first, rest = parts[place], parts[:place] + parts[place + 1 :]
        if isinstance(first, Condition):
            of_field = [one for one in chosen if one.field == first.field]
            return can_hold([*of_field, first]) and self.finds(rest, (*chosen, first))
        needs, inner = first
        if needs == Needs.ALL:
            return self.finds([*inner, *rest], chosen)
        return any(self.finds([one, *rest], chosen) for one in inner)


def _is_choice(tree: Tree) -> bool:
    return not isinstance(tree, Condition) and tree[0] == Needs.ANY


def can_hold(conditions: Iterable[Condition]) -> bool:
    """Whether some order could meet all of these."""
    by_field = defaultdict[str, list[Condition]](list)
    for one in conditions:
        by_field[one.field].append(one)
    return all(_of_field(name, ones) for name, ones in by_field.items())


def _of_field(name: str, conditions: Sequence[Condition]) -> bool:
    operators = {one.operator for one in conditions}
    if O.UNKNOWN in operators:
        return operators == {O.UNKNOWN}
    return _BY_KIND[FIELDS[name].kind](conditions)


def _number(conditions: Sequence[Condition]) -> bool:
    """Between two numbers that are named, nothing changes: the middle stands for all of them."""
    named = sorted({number_of(part) for one in conditions for part in one.value.split(RANGE)})
    middles = [(one + other) / 2 for one, other in zip(named, named[1:], strict=False)]
    points = [named[0] - 1, *named, *middles, named[-1] + 1]
    return any(all(_is_within(one, point) for one in conditions) for point in points)


def _is_within(condition: Condition, point: Decimal) -> bool:
    if condition.operator == O.BETWEEN:
        first, last = range_of(condition.value)
        return number_of(first) <= point <= number_of(last)
    return _COMPARE[condition.operator](point, number_of(condition.value))


def _time(conditions: Sequence[Condition]) -> bool:
    """From one time that is named until before the next, nothing changes."""
    midnight = time_of("00:00")
    named = {time_of(part) for one in conditions for part in one.value.split(RANGE)}

    def holds(condition: Condition, moment: time) -> bool:
        if condition.operator != O.BETWEEN:
            return _COMPARE[condition.operator](moment, time_of(condition.value))
        first, last = (time_of(part) for part in range_of(condition.value))
        parts = (ge(moment, first), lt(moment, last))
        return all(parts) if first <= last else any(parts)

    return any(all(holds(one, moment) for one in conditions) for moment in {midnight, *named})


def _choice(conditions: Sequence[Condition]) -> bool:
    without = _words(conditions, O.NONE_OF)
    among = [set(words_of(one.value)) for one in conditions if one.operator == O.ONE_OF]
    return not among or bool(set.intersection(*among) - without)


def _list(conditions: Sequence[Condition]) -> bool:
    without = _words(conditions, O.NONE_OF)
    among = [set(_lower(one)) for one in conditions if one.operator == O.ONE_OF]
    operators = {one.operator for one in conditions}
    if O.IS_EMPTY in operators and (among or O.IS_FILLED in operators):
        return False
    return all(words - without for words in among)


def _text(conditions: Sequence[Condition]) -> bool:
    """A text that may be any can hold what it must, with a sign between that no forbidden word has."""
    exact = [
        {""} if one.operator == O.IS_EMPTY else set(_lower(one))
        for one in conditions
        if one.operator in (O.EQUALS, O.ONE_OF, O.IS_EMPTY)
    ]
    if exact:
        texts = set.intersection(*exact)
        return any(all(_is_true(one, text) for one in conditions) for text in texts)
    lacked = _words(conditions, O.LACKS)
    return all(
        any(not any(no in word for no in lacked) for word in _lower(one))
        for one in conditions
        if one.operator == O.CONTAINS
    )


def _is_true(condition: Condition, text: str) -> bool:
    words = _lower(condition)
    match condition.operator:
        case O.IS_EMPTY | O.IS_FILLED:
            return (text == "") == (condition.operator == O.IS_EMPTY)
        case O.CONTAINS | O.LACKS:
            return any(word in text for word in words) == (condition.operator == O.CONTAINS)
        case _:
            return (text in words) == (condition.operator in (O.EQUALS, O.ONE_OF))


def _yes_or_no(conditions: Sequence[Condition]) -> bool:
    return len({one.operator for one in conditions}) == 1


def _words(conditions: Iterable[Condition], operator: Operator) -> set[str]:
    """All words of the conditions that compare so."""
    return {word for one in conditions if one.operator == operator for word in _lower(one)}


def _lower(condition: Condition) -> list[str]:
    """The words that a condition compares with; those of a choice keep their case."""
    value = condition.value.strip()
    if FIELDS[condition.field].kind == Kind.CHOICE:
        return words_of(value)
    return words_of(value.lower()) if condition.operator in OF_WORDS else [value.lower()]


_BY_KIND: dict[str, Callable[[Sequence[Condition]], bool]] = {
    Kind.NUMBER: _number,
    Kind.TEXT: _text,
    Kind.CHOICE: _choice,
    Kind.LIST: _list,
    Kind.YESNO: _yes_or_no,
    Kind.TIME: _time,
}
