"""Review rules as SQL: one boolean expression a rule, over an order `o`. Pure: nothing is read here."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from oms.errors import FieldError
from orders.billing.due import due_sql
from orders.review.models import ReviewRule, RuleCondition

Field = RuleCondition.Field
Operator = RuleCondition.Operator

# What each field reads. Numbers compare as numbers, texts without regard to case.
_NUMBERS = {
    Field.TOTAL: "o.total_amount",
    Field.UNPAID: due_sql("o"),
    Field.EARLIER_ORDERS: "(SELECT count(*) FROM orders_order e "
    "WHERE e.customer_id = o.customer_id AND e.id < o.id AND e.status <> 'cancelled')",
    Field.PIECES: "(SELECT coalesce(sum(l.quantity - l.cancelled_quantity), 0) FROM orders_orderline l "
    "WHERE l.order_id = o.id AND l.kind = 'goods')",
}
_TEXTS = {
    Field.CURRENCY: "o.currency",
    Field.CHANNEL: "(SELECT c.code FROM oms_channel c WHERE c.id = o.channel_id)",
    Field.CUSTOMER_LEVEL: "coalesce((SELECT c.level FROM customers_customer c WHERE c.id = o.customer_id), '')",
    Field.BLOCKED_REASON: "coalesce((SELECT c.blocked_reason FROM customers_customer c "
    "WHERE c.id = o.customer_id), '')",
    Field.COUNTRY: "o.ship_country",
    Field.PROVINCE: "o.ship_province",
    Field.STREET: "o.ship_street",
    Field.PHONE: "o.ship_phone",
    Field.NOTE: "o.note",
}
_CODES = (
    "(SELECT string_agg(k.code, ', ' ORDER BY l.position) FROM orders_orderline l "
    "JOIN inventory_sku k ON k.id = l.sku_id WHERE l.order_id = o.id AND l.cancelled_quantity < l.quantity)"
)
_COMPARE = {
    Operator.EQUALS: "=", Operator.DIFFERS: "<>", Operator.AT_LEAST: ">=", Operator.AT_MOST: "<=",
    Operator.ABOVE: ">", Operator.BELOW: "<",
}  # fmt: skip
_ORDERED = {Operator.AT_LEAST, Operator.AT_MOST, Operator.ABOVE, Operator.BELOW}
# More than any amount here; the database could not even compare with 1e999999.
_TOO_LARGE = Decimal(10) ** 15
_NEEDS_NO_VALUE = {Operator.IS_EMPTY, Operator.IS_FILLED}
OPERATORS_OF: dict[str, set[str]] = {
    **{field: {*_ORDERED, Operator.EQUALS, Operator.DIFFERS} for field in _NUMBERS},
    **{
        field: {
            Operator.EQUALS,
            Operator.DIFFERS,
            Operator.ONE_OF,
            Operator.CONTAINS,
            *_NEEDS_NO_VALUE,
        }
        for field in _TEXTS
    },
    Field.SKU: {Operator.EQUALS, Operator.DIFFERS, Operator.ONE_OF},
}


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """`sql` is true for an order `o` that the rule applies to; `params` fill its placeholders."""

    rule: ReviewRule
    sql: str
    params: list[object]


def check_condition(field: str, operator: str, value: str) -> list[FieldError]:
    """What is wrong with a condition, for the person who writes it."""
    if operator not in OPERATORS_OF.get(field, set()):
        return [FieldError("operator", "unfit", _("This field cannot be compared that way; choose another operator."),
                           operator)]  # fmt: skip
    if operator in _NEEDS_NO_VALUE:
        return []
    if not value.strip():
        return [FieldError("value", "empty", _("Give the value to compare with."), value)]
    if field in _NUMBERS:
        try:
            if not abs(Decimal(value)) < _TOO_LARGE:
                raise InvalidOperation
        except InvalidOperation:
            return [
                FieldError(
                    "value", "not_a_number", _("Give a number, for example 500 or 99.90."), value
                )
            ]
    return []


def compile_rule(rule: ReviewRule, conditions: Sequence[RuleCondition]) -> CompiledRule:
    """A rule without conditions applies to nothing."""
    parts, params = [], list[object]()
    for condition in conditions:
        sql, values = compile_condition(condition)
        parts.append(sql)
        params += values
    return CompiledRule(rule, " AND ".join(parts) or "false", params)


def value_sql(field: str) -> str:
    """What a field reads of an order `o`, as text; of the SKUs all the codes."""
    if field == Field.SKU:
        return _CODES
    return f"({_NUMBERS.get(Field(field)) or _TEXTS[Field(field)]})::text"


def compile_condition(condition: RuleCondition) -> tuple[str, list[object]]:
    """True for an order `o` of which the condition holds; one that makes no sense never does."""
    field, operator, value = condition.field, condition.operator, condition.value.strip()
    if check_condition(field, operator, value):
        return "false", []
    if field in _NUMBERS:
        return f"({_NUMBERS[Field(field)]} {_COMPARE[Operator(operator)]} %s)", [Decimal(value)]
    if field == Field.SKU:
        codes = [code.strip().upper() for code in value.split(",")]
        has = (
            "EXISTS (SELECT 1 FROM orders_orderline l JOIN inventory_sku k ON k.id = l.sku_id "
            "WHERE l.order_id = o.id AND l.cancelled_quantity < l.quantity AND k.code = ANY(%s))"
        )
        return (f"NOT {has}" if operator == Operator.DIFFERS else has), [codes]
    return _compile_text(_TEXTS[Field(field)], Operator(operator), value.lower())


def _compile_text(expression: str, operator: Operator, value: str) -> tuple[str, list[object]]:
    match operator:
        case Operator.IS_EMPTY:
            return f"({expression} = '')", []
        case Operator.IS_FILLED:
            return f"({expression} <> '')", []
        case Operator.CONTAINS:
            return f"(position(%s in lower({expression})) > 0)", [value]
        case Operator.ONE_OF:
            return f"(lower({expression}) = ANY(%s))", [[part.strip() for part in value.split(",")]]
        case _:
            return f"(lower({expression}) {_COMPARE[operator]} %s)", [value]
