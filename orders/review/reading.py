"""What the conditions of rules read of an order, each as a true sentence: "Order total 2,380 ≥ 2,000"."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oms.display import quantity_text
from orders.review.rules.book import Rule
from orders.review.rules.compile import Compiled, compile_condition
from orders.review.rules.fields import FIELDS
from orders.review.rules.fields.field import RuleField
from orders.review.rules.operators import OF_WORDS, Kind, Operator
from orders.review.rules.text import Condition
from orders.review.rules.values import range_of, words_of

# How a comparison is said where it holds, and where it does not.
_SAID = {
    Operator.EQUALS: ("=", "≠"),
    Operator.DIFFERS: ("≠", "="),
    Operator.AT_LEAST: ("≥", "<"),
    Operator.AT_MOST: ("≤", ">"),
    Operator.ABOVE: (">", "≤"),
    Operator.BELOW: ("<", "≥"),
    Operator.BETWEEN: (gettext_lazy("is within"), gettext_lazy("is not within")),
    Operator.ONE_OF: (gettext_lazy("is one of"), gettext_lazy("is none of")),
    Operator.NONE_OF: (gettext_lazy("is none of"), gettext_lazy("is one of")),
    Operator.CONTAINS: (gettext_lazy("contains"), gettext_lazy("does not contain")),
    Operator.LACKS: (gettext_lazy("does not contain"), gettext_lazy("contains")),
}
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Reading:
    """A condition, what it read (None: not known), and whether it holds (None: nobody can say).

    `is_hidden` keeps the value from the reader.
    """

    condition: Condition
    value: str | None
    holds: bool | None
    is_hidden: bool = False

    @property
    def field(self) -> str:
        return self.condition.field

    @property
    def _asked(self) -> RuleField:
        return FIELDS[self.field]

    @property
    def words(self) -> str:
        asked, operator = self._asked, self.condition.operator
        if self.is_hidden:
            return str(asked.label)
        if self.value is None:
            return _("%(field)s is not known") % {"field": asked.label}
        if asked.kind == Kind.YESNO:
            said = _("%(field)s: yes") if self.value == "true" else _("%(field)s: no")
            return said % {"field": asked.label}
        if self.field == "earlier_orders" and self.value == "0":
            return _("First order of the customer")
        if not self.value or operator not in _SAID:
            words = _("%(field)s is filled in") if self.value else _("%(field)s is empty")
            return words % {"field": asked.label}
        return self._compared(asked, self.value)

    def _compared(self, asked: RuleField, value: str) -> str:
        return _("%(field)s %(value)s %(sign)s %(wanted)s") % {
            "field": asked.label,
            "value": shown_value(asked, value),
            "sign": str(_SAID[Operator(self.condition.operator)][0 if self.holds else 1]),
            "wanted": wanted_value(self.condition),
        }


@dataclass(frozen=True, slots=True)
class RuleReading:
    """A rule and what each of its conditions read, in their order."""

    rule: Rule
    readings: list[Reading]

    @property
    def words(self) -> str:
        return _("Rule “%(rule)s”: %(conditions)s") % {
            "rule": self.rule.text.name,
            "conditions": all_of(one.words for one in self.readings if one.holds)
            or self.rule.text.reason,
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


def wanted_value(condition: Condition) -> str:
    """What a condition compares with, as people read it."""
    asked = FIELDS[condition.field]
    if condition.operator == Operator.BETWEEN:
        return "–".join(_quoted_less(asked, part) for part in range_of(condition.value))
    if condition.operator in OF_WORDS:
        words = [_label(asked, word) for word in words_of(condition.value)]
        return _("“%s”") % _short(_("/").join(words))
    return shown_value(asked, condition.value)


def shown_value(asked: RuleField, text: str) -> str:
    """What was read of a field, as people read it: numbers with their unit, choices by their names."""
    if asked.kind in (Kind.NUMBER, Kind.TIME):
        return _quoted_less(asked, text)
    if asked.kind == Kind.CHOICE:
        text = _label(asked, text)
    return _("“%s”") % _short(text)


def _quoted_less(asked: RuleField, text: str) -> str:
    if asked.kind == Kind.TIME:
        return text[:5]
    number = quantity_text(Decimal(text))
    if asked.unit == "%":
        return f"{number}%"
    return f"{number} {asked.unit}".strip()


def _label(asked: RuleField, word: str) -> str:
    labels = dict(asked.choices()) if asked.choices else {}
    return str(labels.get(word, word))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def reading_sql(rules: Sequence[Rule]) -> Compiled:
    """An array of what every condition reads of the order of a row `f`: pairs (text, holds), through all rules."""
    parts, params = [], list[object]()
    for condition in _conditions(rules):
        sql, values = compile_condition(condition)
        parts.append(f"json_build_array({_as_text(FIELDS[condition.field])}, ({sql}))")
        params += values
    # A function takes no more than a hundred arguments.
    arrays = [
        f"ARRAY[{', '.join(parts[start : start + 500])}]::json[]"
        for start in range(0, len(parts), 500)
    ]
    return f"array_to_json({' || '.join(arrays) or 'ARRAY[]::json[]'})", params


def _as_text(field: RuleField) -> str:
    if field.kind == Kind.LIST:
        return f"array_to_string(f.{field.name}, ', ')"
    return f"f.{field.name}::text"


def readings_of(
    rules: Sequence[Rule],
    read: Sequence[tuple[str | None, bool | None]],
    *,
    hidden: Collection[str] = (),
) -> list[RuleReading]:
    """The rules with what `reading_sql` read for them; the values of the fields in `hidden` are not shown."""
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


def _conditions(rules: Sequence[Rule]) -> list[Condition]:
    """Those whose field is known; a rule that cannot be read has none."""
    return [
        condition
        for rule in rules
        if not rule.is_unreadable
        for condition in rule.text.conditions
        if condition.field in FIELDS
    ]
