"""What the conditions of rules read of an order, each as a true sentence: "Order total 2,380 ≥ 2,000"."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oms.display import quantity_text
from orders.review.compile import OPERATORS_OF, compile_condition, value_sql
from orders.review.models import ReviewRule, RuleCondition

Field = RuleCondition.Field
Operator = RuleCondition.Operator
NUMBERS = frozenset(field for field, fits in OPERATORS_OF.items() if Operator.AT_LEAST in fits)

# How a comparison is said where it holds, and where it does not.
_SAID = {
    Operator.EQUALS: ("=", "≠"),
    Operator.DIFFERS: ("≠", "="),
    Operator.AT_LEAST: ("≥", "<"),
    Operator.AT_MOST: ("≤", ">"),
    Operator.ABOVE: (">", "≤"),
    Operator.BELOW: ("<", "≥"),
    Operator.ONE_OF: (gettext_lazy("is one of"), gettext_lazy("is none of")),
    Operator.CONTAINS: (gettext_lazy("contains"), gettext_lazy("does not contain")),
}
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Reading:
    """A condition, what it read (None: nothing), and whether it holds; `is_hidden` keeps the value from the reader."""

    condition: RuleCondition
    value: str | None
    holds: bool
    is_hidden: bool = False

    @property
    def field(self) -> str:
        return self.condition.field

    @property
    def words(self) -> str:
        one = self.condition
        if self.is_hidden:
            return str(one.get_field_display())
        if self.field == Field.EARLIER_ORDERS and self.value == "0":
            return _("First order of the customer")
        if not self.value or one.operator in (Operator.IS_EMPTY, Operator.IS_FILLED):
            return self._of_blank()
        sign = str(_SAID[Operator(one.operator)][0 if self.holds else 1])
        return _("%(field)s %(value)s %(sign)s %(wanted)s") % {
            "field": one.get_field_display(),
            "value": self._show(self.value),
            "sign": sign,
            "wanted": self._show(one.value),
        }

    def _of_blank(self) -> str:
        label = self.condition.get_field_display()
        words = _("%(field)s is filled in") if self.value else _("%(field)s is empty")
        return words % {"field": label}

    def _show(self, text: str) -> str:
        if self.field in NUMBERS:
            return quantity_text(Decimal(text))
        short = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
        return _("“%s”") % short


@dataclass(frozen=True, slots=True)
class RuleReading:
    """A rule and what each of its conditions read."""

    rule: ReviewRule
    readings: list[Reading]

    @property
    def words(self) -> str:
        return _("Rule “%(rule)s”: %(conditions)s") % {
            "rule": self.rule.name,
            "conditions": all_of(one.words for one in self.readings if one.holds)
            or self.rule.reason,
        }

    @property
    def missed(self) -> list[Reading]:
        """The conditions that kept the rule from applying."""
        return [one for one in self.readings if not one.holds]


def all_of(sentences: Iterable[str]) -> str:
    """The sentences as one, with "and" between them."""
    one, *others = [*sentences] or [""]
    for other in others:
        one = _("%(one)s and %(other)s") % {"one": one, "other": other}
    return one


def read_sql(rules: Sequence[ReviewRule]) -> tuple[str, list[object]]:
    """An array of what every condition reads of an order `o`; its conditions must be prefetched."""
    parts, params = [], list[object]()
    for condition in _conditions(rules):
        sql, values = compile_condition(condition)
        parts.append(f"json_build_array({value_sql(condition.field)}, ({sql}))")
        params += values
    return f"json_build_array({', '.join(parts)})", params


def readings_of(
    rules: Sequence[ReviewRule],
    read: Sequence[tuple[str, bool]],
    *,
    hidden: Collection[str] = (),
) -> list[RuleReading]:
    """The rules with what `read_sql` read for them; the values of the fields in `hidden` are not shown."""
    left = iter(read)
    return [
        RuleReading(
            rule,
            [
                Reading(condition, *next(left), is_hidden=condition.field in hidden)
                for condition in _conditions([rule])
            ],
        )
        for rule in rules
    ]


def _conditions(rules: Sequence[ReviewRule]) -> list[RuleCondition]:
    """Those that make sense."""
    return [
        condition
        for rule in rules
        for condition in rule.conditions.all()
        if condition.field in OPERATORS_OF
    ]
