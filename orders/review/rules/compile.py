"""Rules as SQL over the facts `f` (`orders.review.rules.facts`). Pure.

SQL's logic of three values is that of rules: what is not known makes a comparison neither true nor false, so that it
never lets a rule apply by itself.
"""

from collections.abc import Callable
from decimal import Decimal

from orders.review.rules.check import check_condition
from orders.review.rules.fields import FIELDS
from orders.review.rules.operators import Kind, Operator
from orders.review.rules.text import Condition, Group, Needs, RuleText
from orders.review.rules.values import number_of, range_of, time_of, words_of

Compiled = tuple[str, list[object]]
NEVER: Compiled = ("false", [])

_COMPARE = {
    Operator.EQUALS: "=", Operator.DIFFERS: "<>", Operator.AT_LEAST: ">=", Operator.AT_MOST: "<=",
    Operator.ABOVE: ">", Operator.BELOW: "<",
}  # fmt: skip
_BLANK = {Operator.IS_EMPTY: "=", Operator.IS_FILLED: "<>"}
_AMONG = {Operator.ONE_OF: "= ANY", Operator.NONE_OF: "<> ALL"}
_WITHIN = {Operator.CONTAINS: (">", "OR"), Operator.LACKS: ("=", "AND")}


def compile_rule(text: RuleText) -> Compiled:
    """True for the orders to which the rule applies; a rule without conditions applies to none."""
    groups = [compile_group(group) for group in text.groups if group.conditions]
    if not groups:
        return NEVER
    sql, params = _joined(groups, text.needs)
    if text.channels:
        return f"({sql} AND f.channel = ANY(%s))", [*params, list(text.channels)]
    return sql, params


def compile_group(group: Group) -> Compiled:
    return _joined([compile_condition(one) for one in group.conditions], group.needs)


def fields_of(text: RuleText) -> set[str]:
    """The fields that the rule reads, those it does not know left out."""
    read = {one.field for one in text.conditions if one.field in FIELDS}
    return read | {"channel"} if text.channels else read


def compile_condition(condition: Condition) -> Compiled:
    """True, false or NULL (not known) for a row of facts; one that makes no sense is never true."""
    if check_condition(condition):
        return NEVER
    field, operator = FIELDS[condition.field], Operator(condition.operator)
    column, value = f"f.{field.name}", condition.value.strip()
    if operator == Operator.UNKNOWN:
        return f"({column} IS NULL)", []
    return _BY_KIND[field.kind](column, operator, value, field.upper)


def _joined(parts: list[Compiled], needs: str) -> Compiled:
    word = " OR " if needs == Needs.ANY else " AND "
    sql = word.join(sql for sql, _params in parts)
    return f"({sql})", [value for _sql, params in parts for value in params]


def _number(column: str, operator: Operator, value: str, _upper: bool) -> Compiled:
    if operator == Operator.BETWEEN:
        lowest, highest = range_of(value)
        return f"({column} BETWEEN %s AND %s)", [Decimal(lowest), Decimal(highest)]
    return f"({column} {_COMPARE[operator]} %s)", [number_of(value)]


def _text(column: str, operator: Operator, value: str, _upper: bool) -> Compiled:
    lowered, words = f"lower({column})", [word.lower() for word in words_of(value)]
    if operator in _BLANK:
        return f"({column} {_BLANK[operator]} '')", []
    if operator in _AMONG:
        return f"({lowered} {_AMONG[operator]}(%s))", [words]
    if operator in _WITHIN:
        compare, word = _WITHIN[operator]
        within = f" {word} ".join([f"position(%s IN {lowered}) {compare} 0"] * len(words))
        return f"({within})", [*words]
    return f"({lowered} {_COMPARE[operator]} %s)", [value.lower()]


def _choice(column: str, operator: Operator, value: str, _upper: bool) -> Compiled:
    return f"({column} {_AMONG[operator]}(%s))", [words_of(value)]


def _list(column: str, operator: Operator, value: str, upper: bool) -> Compiled:
    if operator in _BLANK:
        return f"(cardinality({column}) {_BLANK[operator]} 0)", []
    words = [word.upper() if upper else word.lower() for word in words_of(value)]
    has = f"({column} && %s::text[])"
    if not upper:
        has = f"EXISTS (SELECT FROM unnest({column}) AS w WHERE lower(w) = ANY(%s))"
    return (f"(NOT {has})" if operator == Operator.NONE_OF else has), [words]


def _yes_or_no(column: str, operator: Operator, _value: str, _upper: bool) -> Compiled:
    return (column if operator == Operator.YES else f"(NOT {column})"), []


def _time(column: str, operator: Operator, value: str, _upper: bool) -> Compiled:
    """From … to …: without its end; over midnight where it ends before it begins."""
    if operator != Operator.BETWEEN:
        return f"({column} {_COMPARE[operator]} %s)", [time_of(value)]
    first, last = (time_of(part) for part in range_of(value))
    word = "AND" if first <= last else "OR"
    return f"({column} >= %s {word} {column} < %s)", [first, last]


_BY_KIND: dict[str, Callable[[str, Operator, str, bool], Compiled]] = {
    Kind.NUMBER: _number,
    Kind.TEXT: _text,
    Kind.CHOICE: _choice,
    Kind.LIST: _list,
    Kind.YESNO: _yes_or_no,
    Kind.TIME: _time,
}
