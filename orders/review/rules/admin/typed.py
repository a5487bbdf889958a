"""The rows of the editor's form as typed: some blank yet, some that make no sense. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from django.http import QueryDict

from orders.review.rules.fields import FIELDS
from orders.review.rules.operators import OPERATORS_OF, WITHOUT_VALUE, Kind, Operator
from orders.review.rules.text import Condition, Group, Needs
from orders.review.rules.values import RANGE

Groups = tuple[Group, ...]

BLANK = Condition("", "")
MOST_ROWS = 100
_ROW = re.compile(r"conditions-(\d{1,3})-field")
_NUMBERS = (Kind.NUMBER, Kind.TIME)
_NUMBER = re.compile(r"\d{1,3}")


def typed_groups(posted: QueryDict) -> Groups:
    """The rows in their order, by group; blank ones too."""
    numbers = sorted(int(found[1]) for found in map(_ROW.fullmatch, posted) if found)
    rows = defaultdict[int, list[Condition]](list)
    for number in numbers[:MOST_ROWS]:
        group = posted.get(f"conditions-{number}-group", "")
        rows[int(group) if _NUMBER.fullmatch(group) else 0].append(_row(posted, number))
    return tuple(
        Group(tuple(rows[number]), needs_in(posted.get(f"groups-{number}-needs", "")))
        for number in sorted(rows)
    )


def needs_in(text: str) -> str:
    return text if text in Needs.values else Needs.ALL


def _row(posted: QueryDict, number: int) -> Condition:
    prefix = f"conditions-{number}"
    operator = _clean(posted.get(f"{prefix}-operator", ""))
    value = "" if operator in WITHOUT_VALUE else _value(posted, prefix)
    return Condition(_clean(posted.get(f"{prefix}-field", "")), operator, value)


def _value(posted: QueryDict, prefix: str) -> str:
    """Both ends of a range, the ticked choices, or one text: whatever the row had."""
    if f"{prefix}-from" in posted:
        ends = [_clean(posted.get(f"{prefix}-{end}", "")) for end in ("from", "to")]
        return RANGE.join(ends) if any(ends) else ""
    if f"{prefix}-choices" in posted:
        return ",".join(_clean(word) for word in posted.getlist(f"{prefix}-choice"))
    return _clean(posted.get(f"{prefix}-value", ""))


def _clean(text: str) -> str:
    return text.replace("\x00", "").strip()


def without_blanks(groups: Iterable[Group]) -> Groups:
    """What is to be judged and kept: no row without a field, no group without a row."""
    kept = (replace(one, conditions=tuple(filter(_is_begun, one.conditions))) for one in groups)
    return tuple(one for one in kept if one.conditions)


def _is_begun(condition: Condition) -> bool:
    return bool(condition.field or condition.value)


def arranged(groups: Groups, act: str) -> Groups:
    """The rows after a press of "add:<group>", "remove:<row>" or "group", each fitted to its field."""
    rows = [[fitted(row) for row in group.conditions] for group in groups]
    verb, _colon, at = act.partition(":")
    place = int(at) if _NUMBER.fullmatch(at) else -1
    if verb == "add" and place < len(rows):
        rows[place].append(BLANK)
    elif verb == "remove":
        flat = [(group, row) for group, many in enumerate(rows) for row in range(len(many))]
        if 0 <= place < len(flat):
            group, row = flat[place]
            del rows[group][row]
    made = [replace(one, conditions=tuple(many)) for one, many in zip(groups, rows, strict=True)]
    kept = [one for one in made if one.conditions]
    return (*kept, Group((BLANK,))) if verb == "group" or not kept else tuple(kept)


def fitted(condition: Condition) -> Condition:
    """With an operator that its field has, and a value of the shape that this takes."""
    field = FIELDS.get(condition.field)
    if field is None:
        return condition
    if condition.operator not in OPERATORS_OF[field.kind]:
        return replace(condition, operator=OPERATORS_OF[field.kind][0].value, value="")
    if field.kind not in _NUMBERS:
        return condition
    first, found, _last = condition.value.partition(RANGE)
    if condition.operator == Operator.BETWEEN:
        return condition if found or not first else replace(condition, value=f"{first}{RANGE}")
    return replace(condition, value=first)
