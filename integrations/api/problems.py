"""Every refusal of the API in one form: problem details (RFC 9457) with a stable `code`."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from oms.errors import FieldError

MAX_ERRORS = 100
"""So many field errors are told in one answer; the rest is counted in `more_errors`."""

VALUE_LENGTH = 80

_TITLES = {
    400: gettext_lazy("The request is not right"),
    401: gettext_lazy("Not signed in"),
    403: gettext_lazy("Not allowed"),
    404: gettext_lazy("Not found"),
    405: gettext_lazy("Method not allowed"),
    409: gettext_lazy("Not possible as things stand"),
    411: gettext_lazy("Length missing"),
    413: gettext_lazy("Too large"),
    415: gettext_lazy("Wrong content type"),
    422: gettext_lazy("Key used before"),
    429: gettext_lazy("Too many attempts"),
    500: gettext_lazy("Something went wrong here"),
    503: gettext_lazy("Not available just now"),
}


class Problem(Exception):
    """A refusal on its way out. `members` are further fields of the answer."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *,
        errors: Sequence[FieldError] = (),
        members: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.errors = errors
        self.members = members or {}
        self.headers = headers or {}


def problem_body(problem: Problem) -> dict[str, Any]:
    """The fields of the answer, ready for JSON."""
    body: dict[str, Any] = {
        "type": f"urn:oms:problem:{problem.code}",
        "title": str(_TITLES[problem.status]),
        "status": problem.status,
        "detail": problem.detail,
        "code": problem.code,
        **problem.members,
    }
    if problem.errors:
        body |= errors_body(problem.errors)
    return body


def errors_body(errors: Sequence[FieldError]) -> dict[str, Any]:
    """`errors` as the API tells them, in the answer itself or in one result of a batch."""
    told: dict[str, Any] = {
        "errors": [
            {
                "field": printable(error.field),
                "code": error.code,
                "message": printable(error.message),
                "value": _value(error.value),
            }
            for error in errors[:MAX_ERRORS]
        ]
    }
    if len(errors) > MAX_ERRORS:
        told["more_errors"] = len(errors) - MAX_ERRORS
    return told


def problem_response(problem: Problem) -> HttpResponse:
    """The refusal as an HTTP answer."""
    return HttpResponse(
        orjson.dumps(problem_body(problem), default=str),
        status=problem.status,
        content_type="application/problem+json",
        headers=problem.headers,
    )


def invalid_input(errors: Sequence[FieldError]) -> Problem:
    """400 with every field error."""
    detail = ngettext(
        "%d field is wrong; nothing was written.",
        "%d fields are wrong; nothing was written.",
        len(errors),
    )
    return Problem(400, "invalid_input", detail % len(errors), errors=errors)


def not_found() -> Problem:
    """404, in the same bytes for what does not exist and for what this caller may not see."""
    return Problem(404, "not_found", _("There is nothing here, or you may not see it."))


def printable(text: str) -> str:
    """`text` without halves of surrogate pairs, which cannot leave as UTF-8."""
    return text.encode("utf-8", "replace").decode()


def _value(value: Any) -> Any:
    """The value given, short enough to show; containers are left out."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, dict | list | tuple):
        return None
    if isinstance(value, int) and abs(value) < 2**53:
        return value
    try:
        return printable(str(value)[:VALUE_LENGTH])
    except ValueError:  # an integer of more digits than Python writes out
        return None
