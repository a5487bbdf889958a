"""Rules that can be read and yet make no sense: never true, always true, said twice, said and contradicted. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from django.utils.translation import gettext as _

from oms.errors import FieldError
from orders.review.rules.fields import FIELDS
from orders.review.rules.operators import OF_WORDS, WITHOUT_VALUE, Kind, Operator
from orders.review.rules.possible import can_hold, is_possible, opposite, tree_of
from orders.review.rules.text import Condition, Group, Needs, Outcome, RuleText
from orders.review.rules.values import RANGE, number_of, words_of

Placed = tuple[int, Condition]
"""A condition and its number, counted through all groups."""

_STOPPING = (Outcome.HOLD, Outcome.CANCEL)


def is_opposite(one: str, other: str) -> bool:
    """Whether one outcome passes what the other stops."""
    return (one == Outcome.APPROVE and other in _STOPPING) or (
        other == Outcome.APPROVE and one in _STOPPING
    )


def never(text: RuleText) -> list[FieldError]:
    """Why no order can ever meet the conditions; nothing when some could. All conditions must be readable."""
    trees = [tree_of(text), *_of_channels(text)]
    if not any(text.conditions) or is_possible(*trees):
        return []
    words = _("No order can meet these conditions together; change one of them.")
    return _conflicts(text) or [FieldError("conditions", "never", words)]


def warnings(text: RuleText, others: Iterable[RuleText] = ()) -> list[FieldError]:
    """What is odd about a rule that makes sense, beside `others` (without its own versions)."""
    return [*_idle(text), *_always(text), *_beside(text, others)]


def _of_channels(text: RuleText) -> list[Condition]:
    return [Condition("channel", Operator.ONE_OF, ",".join(text.channels))] if text.channels else []


def _placed(text: RuleText) -> list[tuple[Group, list[Placed]]]:
    """The groups that have conditions, with the numbers of these."""
    placed = iter(enumerate(text.conditions))
    groups = [(group, [next(placed) for _one in group.conditions]) for group in text.groups]
    return [one for one in groups if one[1]]


def _conflicts(text: RuleText) -> list[FieldError]:
    """The conditions that exclude each other, where that can be said of single ones."""
    groups = _placed(text)
    if text.needs == Needs.ANY and len(groups) > 1:
        return [error for group, placed in groups for error in _of_group(group, placed)]
    must = [one for group, placed in groups if _needs_all(group) for one in placed]
    return [
        *_excluding(must),
        *(error for group, placed in groups if not _needs_all(group) for error in _of_group(group, placed)),
    ]  # fmt: skip


def _needs_all(group: Group) -> bool:
    return group.needs == Needs.ALL or len(group.conditions) == 1


def _of_group(group: Group, placed: Sequence[Placed]) -> list[FieldError]:
    if _needs_all(group):
        return _excluding(placed)
    alone = [_excluding([one]) for one in placed]
    return [error for errors in alone for error in errors] if all(alone) else []


def _excluding(placed: Sequence[Placed]) -> list[FieldError]:
    """One error per field whose conditions cannot all hold, at the last of the fewest that cannot."""
    by_field = defaultdict[str, list[Placed]](list)
    for one in placed:
        by_field[one[1].field].append(one)
    return [_never(_fewest(ones)) for ones in by_field.values() if not _can(ones)]


def _can(placed: Iterable[Placed]) -> bool:
    return can_hold(condition for _place, condition in placed)


def _fewest(placed: Sequence[Placed]) -> Sequence[Placed]:
    some = (chosen for count in (1, 2) for chosen in combinations(placed, count))
    return next((chosen for chosen in some if not _can(chosen)), placed)


def _never(placed: Sequence[Placed]) -> FieldError:
    place, last = placed[-1]
    words = _("%(field)s %(conditions)s is never true; change a value.") % {
        "field": FIELDS[last.field].label,
        "conditions": _joined([said(condition) for _place, condition in placed]),
    }
    return FieldError(f"conditions-{place}-value", "never", words, last.value)


def _joined(parts: Sequence[str]) -> str:
    first, *others = parts
    for other in others:
        first = _("%(one)s and %(other)s") % {"one": first, "other": other}
    return first


_SIGNS = {
    Operator.EQUALS: "=", Operator.DIFFERS: "≠", Operator.AT_LEAST: "≥", Operator.AT_MOST: "≤",
    Operator.ABOVE: ">", Operator.BELOW: "<",
}  # fmt: skip


def said(condition: Condition) -> str:
    """How a condition compares, in words: "≥ 500", "is one of “Paid”"."""
    operator, asked = Operator(condition.operator), FIELDS[condition.field]
    if operator in WITHOUT_VALUE:
        return str(operator.label)
    if operator == Operator.BETWEEN:
        return "–".join(part.strip() for part in condition.value.split(RANGE))
    sign = _SIGNS.get(operator, operator.label)
    if asked.kind in (Kind.NUMBER, Kind.TIME):
        return f"{sign} {condition.value.strip()}"
    labels = dict(asked.choices()) if asked.choices else {}
    words = [str(labels.get(word, word)) for word in words_of(condition.value)]
    return _("%(compared)s “%(words)s”") % {"compared": sign, "words": _("/").join(words)}


def _idle(text: RuleText) -> Iterator[FieldError]:
    """Alternatives that can never hold, in a rule that can."""
    groups = _placed(text)
    for group, placed in groups:
        alternatives = [placed] if _needs_all(group) else [[one] for one in placed]
        is_alternative = len(alternatives) > 1 or (text.needs == Needs.ANY and len(groups) > 1)
        for ones in alternatives if is_alternative else []:
            yield from _excluding(ones)


def _always(text: RuleText) -> Iterator[FieldError]:
    if any(text.conditions) and not is_possible(opposite(tree_of(text))):
        words = _("These conditions are true of every order whose facts are known.")
        yield FieldError("conditions", "always", words)


def _beside(text: RuleText, others: Iterable[RuleText]) -> Iterator[FieldError]:
    asked = same_asked(text)
    for other in others:
        if same_asked(other) != asked:
            continue
        if other.outcome == text.outcome and other.marks == text.marks:
            words = _("The rule “%s” says the same; one of them is enough.") % other.name
            yield FieldError("conditions", "said_twice", words)
        elif is_opposite(other.outcome, text.outcome):
            words = _("The rule “%s” asks the same and decides the opposite.") % other.name
            yield FieldError("outcome", "contradicts", words, text.outcome)


def same_asked(text: RuleText) -> tuple[object, ...]:
    """Equal for rules that ask the same in other words or another order."""
    groups = [(str(group.needs), group.conditions) for group in text.groups if group.conditions]
    needs = str(text.needs)
    if len(groups) == 1:
        needs = groups[0][0]
    parts = set[object]()
    for inner, conditions in groups:
        plain = frozenset(_plain(one) for one in conditions)
        if inner == needs or len(plain) == 1:
            parts |= plain
        else:
            parts.add((inner, plain))
    return (needs if len(parts) > 1 else str(Needs.ALL), frozenset(parts), frozenset(text.channels))


def _plain(condition: Condition) -> tuple[object, ...]:
    """The condition without what does not matter: the order of words, 5.0 for 5."""
    value, operator = condition.value.strip(), condition.operator
    field = FIELDS.get(condition.field)
    plain: object = value.lower()
    if operator in WITHOUT_VALUE or field is None:
        plain = ""
    elif field.kind == Kind.NUMBER:
        plain = tuple(number_of(part) for part in value.split(RANGE))
    elif operator in OF_WORDS:
        lowered = value if field.kind == Kind.CHOICE else value.lower()
        plain = frozenset(words_of(lowered))
    return condition.field, operator, plain
