"""Rows whose order is here already with other content: what it says and what the file says, field by field."""

import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from oms.models import User
from orders.intake.files.settle import column_of
from orders.intake.wizard.columns import WORDS
from orders.intake.wizard.models import ImportDraft, ImportDraftRow
from orders.models import Order

SHOWN = 50
_LINE = re.compile(r"lines\[(\d+)\]\.(\w+)")


@dataclass(frozen=True, slots=True)
class Change:
    label: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """`number` and what the order says are empty for somebody who may not see it."""

    row_no: int
    number: str
    changes: list[Change]


def conflicts_of(draft: ImportDraft, user: User) -> list[Conflict]:
    """The first SHOWN of them. Two queries."""
    rows = draft.rows.filter(state=ImportDraftRow.State.DIFFERS).exclude(problems=[])
    found = list(rows.order_by("row_no").values_list("row_no", "problems")[:SHOWN])
    numbers = {problems[0]["order"] for _row_no, problems in found}
    visible = set[str]()
    if numbers:
        orders = Order.objects.visible_to(user).filter(number__in=numbers)
        visible = set(orders.values_list("number", flat=True))
    return [_conflict(row_no, problems, visible) for row_no, problems in found]


def _conflict(row_no: int, problems: list[dict[str, Any]], visible: set[str]) -> Conflict:
    number = problems[0]["order"]
    is_seen = number in visible
    changes = [
        Change(_label(one["field"]), one["ours"] if is_seen else "", one["theirs"])
        for one in problems
    ]
    return Conflict(row_no, number if is_seen else "", changes)


def _label(field: str) -> str:
    line = _LINE.fullmatch(field)
    if line:
        label = WORDS.get(column_of(line[2], of_line=True), line[2])
        return _("Line %(line)d: %(label)s") % {"line": int(line[1]) + 1, "label": label}
    if field == "lines":
        return _("Number of lines")
    return str(WORDS.get(column_of(field), field))
