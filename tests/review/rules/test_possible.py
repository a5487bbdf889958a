"""Whether conditions can hold is compared with trying out every value of a small world."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations, product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from orders.review.rules.operators import OPERATORS_OF, WITHOUT_VALUE, Kind
from orders.review.rules.possible import Tree, can_hold, is_possible, opposite
from orders.review.rules.text import Condition, Needs

FIELDS = {
    "total": Kind.NUMBER, "note": Kind.TEXT, "payment": Kind.CHOICE, "tags": Kind.LIST,
    "remote": Kind.YESNO, "placed_time": Kind.TIME,
}  # fmt: skip
NUMBERS = ["0", "1", "2", "3"]
TIMES = ["00:00", "01:00", "02:00", "03:00"]
# Between two numbers and beyond the last; all short texts of two letters and a sign; all small sets.
VALUES: dict[str, list[Any]] = {
    Kind.NUMBER: [Decimal(number) / 2 for number in range(-2, 9)],
    Kind.TIME: [f"0{hour}:{minutes}" for hour in range(5) for minutes in ("00", "30")],
    Kind.TEXT: ["".join(letters) for size in range(6) for letters in product("ab-", repeat=size)],
    Kind.CHOICE: ["a", "b", "c"],
    Kind.LIST: [set(some) for size in range(4) for some in combinations("abc", size)],
    Kind.YESNO: [True, False],
}


@st.composite
def conditions(draw: st.DrawFn, name: str | None = None) -> Condition:
    field = name or draw(st.sampled_from(sorted(FIELDS)))
    kind = FIELDS[field]
    operator = draw(st.sampled_from(OPERATORS_OF[kind]))
    if operator in WITHOUT_VALUE:
        return Condition(field, operator)
    if kind in (Kind.NUMBER, Kind.TIME):
        values = NUMBERS if kind == Kind.NUMBER else TIMES
        if operator == "between":
            ends = draw(st.lists(st.sampled_from(values), min_size=2, max_size=2))
            return Condition(
                field, operator, "..".join(sorted(ends) if kind == Kind.NUMBER else ends)
            )
        return Condition(field, operator, draw(st.sampled_from(values)))
    words = ["a", "b", "ab"] if kind == Kind.TEXT else ["a", "b"]
    some = draw(st.lists(st.sampled_from(words), min_size=1, max_size=2, unique=True))
    return Condition(field, operator, some[0] if operator in ("eq", "ne") else ",".join(some))


def holds(one: Condition, value: Any) -> bool:  # noqa: PLR0911 - a case each
    """The slow and obvious way. `value` None is not known."""
    if one.operator == "unknown" or value is None:
        return one.operator == "unknown" and value is None
    kind = FIELDS[one.field]
    words: list[Any] = one.value.split(",")
    if kind == Kind.NUMBER:
        numbers = [Decimal(part) for part in one.value.split("..")]
        return _compared(one.operator, value, numbers, is_open=False)
    if kind == Kind.TIME:
        return _compared(one.operator, value, one.value.split(".."), is_open=True)
    if kind == Kind.YESNO:
        return bool(value) == (one.operator == "yes")
    if one.operator in ("empty", "filled"):
        return bool(value) == (one.operator == "filled")
    if kind == Kind.LIST:
        return bool(value & set(words)) == (one.operator == "in")
    if one.operator in ("contains", "lacks"):
        return any(word in value for word in words) == (one.operator == "contains")
    return (value in words) == (one.operator in ("in", "eq"))


def _compared(operator: str, value: Any, wanted: list[Any], *, is_open: bool) -> bool:
    first, last = wanted[0], wanted[-1]
    if operator == "between" and is_open:
        return bool(first <= value < last if first <= last else value >= first or value < last)
    return bool({
        "between": first <= value <= last, "eq": value == first, "ne": value != first,
        "gte": value >= first, "lte": value <= first, "gt": value > first, "lt": value < first,
    }[operator])  # fmt: skip


def worlds(names: set[str], *, unknown: bool) -> Iterator[dict[str, Any]]:
    kinds = [VALUES[FIELDS[name]] + ([None] if unknown else []) for name in sorted(names)]
    for values in product(*kinds):
        yield dict(zip(sorted(names), values, strict=True))


def tree_holds(tree: Tree, world: dict[str, Any]) -> bool:
    if isinstance(tree, Condition):
        return holds(tree, world[tree.field])
    needs, parts = tree
    return (any if needs == Needs.ANY else all)(tree_holds(part, world) for part in parts)


@st.composite
def of_one_field(draw: st.DrawFn) -> list[Condition]:
    name = draw(st.sampled_from(sorted(FIELDS)))
    return draw(st.lists(conditions(name), min_size=1, max_size=4))


SMALL = sorted(set(FIELDS) - {"note"})


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    names = draw(st.lists(st.sampled_from(SMALL), min_size=1, max_size=2, unique=True))
    one = st.sampled_from(names).flatmap(conditions)
    needs = st.sampled_from([str(Needs.ALL), str(Needs.ANY)])
    groups = st.lists(
        st.tuples(needs, st.lists(one, min_size=1, max_size=3).map(tuple)), min_size=1, max_size=3
    )
    return draw(st.tuples(needs, groups.map(tuple)))


def _names(tree: Tree) -> set[str]:
    return {tree.field} if isinstance(tree, Condition) else set().union(*map(_names, tree[1]))


@settings(max_examples=400, deadline=None)
@given(of_one_field())
def test_conditions_of_a_field_can_hold_just_when_some_value_meets_them(
    ones: list[Condition],
) -> None:
    values = [*VALUES[FIELDS[ones[0].field]], None]

    assert can_hold(ones) == any(all(holds(one, value) for one in ones) for value in values)


@settings(max_examples=300, deadline=None)
@given(trees())
def test_a_rule_is_possible_just_when_some_order_meets_it(tree: Tree) -> None:
    worlds_of = worlds(_names(tree), unknown=True)

    assert is_possible(tree) == any(tree_holds(tree, world) for world in worlds_of)


@settings(max_examples=300, deadline=None)
@given(trees())
def test_the_opposite_holds_just_when_the_rule_does_not(tree: Tree) -> None:
    other = opposite(tree)

    for world in worlds(_names(tree), unknown=False):
        assert tree_holds(other, world) != tree_holds(tree, world)
