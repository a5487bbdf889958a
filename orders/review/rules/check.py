"""What is wrong with a rule as it was typed, for the person who types it. Pure."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from oms.errors import FieldError
from orders.review.rules.fields import FIELDS
from orders.review.rules.operators import OF_WORDS, OPERATORS_OF, WITHOUT_VALUE, Kind, Operator
from orders.review.rules.sense import never
from orders.review.rules.text import Condition, Outcome, RuleText
from orders.review.rules.values import number_of, range_of, time_of, words_of

MOST_WORDS = 200
LONGEST_VALUE = 4000
MOST_CONDITIONS = 40


def check_text(text: RuleText) -> list[FieldError]:
    """Fields are named "name", "reason", "conditions-<n>-value" (counted through all groups)."""
    wrong = []
    if not text.name.strip():
        wrong.append(FieldError("name", "blank", _("Give the rule a name."), text.name))
    if text.outcome != Outcome.MARK and not text.reason.strip():
        words = _("Say why in words: staff read this beside the order.")
        wrong.append(FieldError("reason", "blank", words, text.reason))
    conditions = list(text.conditions)
    if not conditions:
        words = _("Add at least one condition; a rule without any applies to no order.")
        wrong.append(FieldError("conditions", "none", words))
    if len(conditions) > MOST_CONDITIONS:
        words = _("Take out conditions: a rule has at most %d.") % MOST_CONDITIONS
        wrong.append(FieldError("conditions", "too_many", words))
    if text.outcome == Outcome.MARK and not text.marks:
        words = _("Choose a mark; a rule that only marks needs one.")
        wrong.append(FieldError("marks", "none", words))
    return wrong + (unreadable(text) or never(text))


def unreadable(text: RuleText) -> list[FieldError]:
    """The conditions that cannot be compared: of a rule in force, because it was written for another version."""
    return [
        FieldError(f"conditions-{place}-{error.field}", error.code, error.message, error.value)
        for place, condition in enumerate(text.conditions)
        for error in check_condition(condition)
    ]


def check_condition(condition: Condition) -> list[FieldError]:
    """The errors of one condition; their fields are "field", "operator" or "value"."""
    field = FIELDS.get(condition.field)
    if field is None:
        words = _("The field “%s” is not known here any more; choose another.") % condition.field
        return [FieldError("field", "unknown", words, condition.field)]
    if condition.operator not in OPERATORS_OF[field.kind]:
        words = _("This field cannot be compared that way; choose another operator.")
        return [FieldError("operator", "unfit", words, condition.operator)]
    if condition.operator in WITHOUT_VALUE:
        return []
    wrong = list(_wrong_value(field.kind, Operator(condition.operator), condition.value.strip()))
    return [FieldError("value", code, words, condition.value) for code, words in wrong]


def _wrong_value(kind: str, operator: Operator, value: str) -> Iterator[tuple[str, str]]:
    if not value:
        yield "empty", _("Give the value to compare with.")
    elif len(value) > LONGEST_VALUE or "\x00" in value:
        yield "too_long", _("Shorten the value to %d characters.") % LONGEST_VALUE
    elif kind == Kind.NUMBER:
        yield from _wrong_number(operator, value)
    elif kind == Kind.TIME:
        yield from _wrong_time(operator, value)
    elif operator in OF_WORDS:
        count = len(words_of(value))
        if not count:
            yield "empty", _("Give the value to compare with.")
        if count > MOST_WORDS:
            yield "too_many", _("Take out words: a condition has at most %d.") % MOST_WORDS


def _wrong_number(operator: Operator, value: str) -> Iterator[tuple[str, str]]:
    if operator != Operator.BETWEEN:
        try:
            number_of(value)
        except ValueError:
            yield "not_a_number", _("Give a number, for example 500 or 99.90.")
        return
    try:
        lowest, highest = (number_of(part) for part in range_of(value))
    except ValueError:
        yield "not_a_range", _("Give two numbers, for example 500..2000.")
        return
    if lowest > highest:
        yield "never", _("Turn the numbers round: nothing is from %(first)s to %(last)s.") % {
            "first": lowest, "last": highest,
        }  # fmt: skip


def _wrong_time(operator: Operator, value: str) -> Iterator[tuple[str, str]]:
    try:
        if operator == Operator.BETWEEN:
            [time_of(part) for part in range_of(value)]
        else:
            time_of(value)
    except ValueError:
        example = "22:00..06:00" if operator == Operator.BETWEEN else "22:00"
        yield "not_a_time", _("Give the time as hours and minutes, for example %s.") % example
