"""What the API refuses is counted with what the screens show."""

import re
from collections.abc import Iterable

from django.http import HttpRequest

from integrations.api.problems import Problem
from oms.errors import FieldError
from oms.shown_errors.note import Shown, note_shown

COUNTED = frozenset({400, 409, 422})
"""What a sender can set right. The rest is about who calls, what is not there, or us."""

_PLACE = re.compile(r"\[\d+\]")


def note_problems(request: HttpRequest, problems: Iterable[Problem]) -> None:
    """Have the field errors of `problems` counted, or the problem itself where it is about no field."""
    for problem in problems:
        if problem.status not in COUNTED:
            continue
        whole = [Shown("", problem.code, problem.detail)]
        fields = [Shown(_field(one), one.code, one.message) for one in problem.errors]
        note_shown(request, fields or whole)


def _field(error: FieldError) -> str:
    """Our name of the field, for all lines of an order alike; a name that the sender made up is not ours to keep."""
    return "" if error.code == "unknown_field" else _PLACE.sub("[]", error.field)
