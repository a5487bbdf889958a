"""The rows of the editor as its page draws them: for each field its operators, for each operator its box."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from oms.errors import FieldError
from orders.review.rules.admin.typed import BLANK, Groups
from orders.review.rules.fields import ABOUT, FIELDS
from orders.review.rules.fields.field import RuleField
from orders.review.rules.operators import OF_WORDS, OPERATORS_OF, WITHOUT_VALUE, Kind, Operator
from orders.review.rules.text import Condition, Group, Needs
from orders.review.rules.values import RANGE, words_of
from orders.review.rules.words import Labels, labels_of

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

_PARTS = ("field", "operator", "value")


@dataclass(frozen=True)
class Row:
    """One condition, at its place among all; `errors` are the words at each of its parts."""

    number: int
    condition: Condition
    labels: Mapping[str, str]
    errors: Mapping[str, Sequence[str]]

    @property
    def shown_number(self) -> int:
        return self.number + 1

    @property
    def prefix(self) -> str:
        return f"conditions-{self.number}"

    @cached_property
    def asked(self) -> RuleField | None:
        return FIELDS.get(self.condition.field)

    @property
    def is_unknown(self) -> bool:
        return bool(self.condition.field) and self.asked is None

    @property
    def operators(self) -> Sequence[Operator]:
        return OPERATORS_OF[self.asked.kind] if self.asked else ()

    @cached_property
    def box(self) -> str:
        """What the value is typed into: "number", "numbers", "time", "times", "choices", "words", "text" or ""."""
        if self.asked is None or self.condition.operator in WITHOUT_VALUE:
            return ""
        kind, operator = self.asked.kind, self.condition.operator
        if kind in (Kind.NUMBER, Kind.TIME):
            return f"{kind}s" if operator == Operator.BETWEEN else str(kind)
        if kind == Kind.CHOICE:
            return "choices"
        return "words" if operator in OF_WORDS else "text"

    @property
    def ends(self) -> list[tuple[str, str]]:
        first, _found, last = self.condition.value.partition(RANGE)
        return [("from", first), ("to", last)]

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        """(word, label, ticked); a word that is no choice any more stays to be seen."""
        ticked = words_of(self.condition.value)
        gone = {word: word for word in ticked if word not in self.labels}
        return [(word, label, word in ticked) for word, label in {**self.labels, **gone}.items()]


@dataclass(frozen=True, slots=True)
class RowGroup:
    number: int
    needs: str
    rows: list[Row]

    @property
    def shown_number(self) -> int:
        return self.number + 1


@dataclass(frozen=True, slots=True)
class FieldMenu:
    """The fields under one heading."""

    label: "str | StrPromise"
    fields: list[RuleField]


def field_menus(*, without: Collection[str] = ()) -> list[FieldMenu]:
    by_heading = defaultdict[str, list[RuleField]](list)
    for field in FIELDS.values():
        if field.name not in without:
            by_heading[field.about].append(field)
    return [
        FieldMenu(label, by_heading[about]) for about, label in ABOUT.items() if about in by_heading
    ]


def drawn(groups: Groups, errors: Iterable[FieldError] = ()) -> list[RowGroup]:
    """`errors` are those of `check_text`, which counts rows through all groups. No row at all is a blank one."""
    groups = groups or (Group((BLANK,), Needs.ALL),)
    told = defaultdict[int, dict[str, list[str]]](dict)
    for error in errors:
        head, _dash, rest = error.field.partition("-")
        place, _dash, part = rest.partition("-")
        if head == "conditions" and part in _PARTS:
            told[int(place)].setdefault(part, []).append(error.message)
    labels: Labels = labels_of(row.field for group in groups for row in group.conditions)
    made, number = [], 0
    for at, group in enumerate(groups):
        rows = [
            Row(number + place, row, labels.get(row.field, {}), told[number + place])
            for place, row in enumerate(group.conditions)
        ]
        number += len(rows)
        made.append(RowGroup(at, group.needs, rows))
    return made
