"""How everything that goes wrong looks from outside: one place turns exceptions into problems."""

import logging
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import DataError, InterfaceError, OperationalError
from django.http import Http404, UnreadablePostError
from django.utils.translation import gettext as _
from ninja.errors import HttpError, ValidationError

from integrations.api.body import body_too_large
from integrations.api.problems import Problem, invalid_input, not_found
from oms.errors import Conflict, FieldError, InvalidInput, Refused, Stale

log = logging.getLogger(__name__)


class WrongInput(ValidationError):
    """What ninja could not read from the request, as our field errors."""

    def __init__(self, errors: Sequence[FieldError]) -> None:
        super().__init__([])
        self.wrong = errors


def problem_of(refusal: Refused) -> Problem:
    """A verb's refusal: 400 for wrong input, 409 for what cannot be as things stand."""
    if isinstance(refusal, InvalidInput):
        return invalid_input(refusal.errors)
    members: dict[str, Any] = {}
    if isinstance(refusal, Stale):
        members = {"theirs": refusal.theirs, "yours": refusal.yours}
    elif isinstance(refusal, Conflict):
        members = {"differences": refusal.differences}
    return Problem(409, refusal.code, refusal.message, members=members)


def to_problem(exc: Exception) -> Problem:
    """Any exception; what was not foreseen is logged and tells nothing but a 500."""
    # Ninja wraps whatever the reading of a body raised.
    cause = exc.__cause__ if isinstance(exc, HttpError) else None
    known = cause if isinstance(cause, Exception) else exc
    if isinstance(known, Problem):
        return known
    if isinstance(known, Refused):
        return problem_of(known)
    if isinstance(known, WrongInput):
        return invalid_input(known.wrong)
    if isinstance(known, Http404):
        return not_found()
    return _of_the_transport(known) or _unforeseen(known)


def _of_the_transport(exc: Exception) -> Problem | None:
    if isinstance(exc, RequestDataTooBig):
        return body_too_large()
    if isinstance(exc, UnreadablePostError):
        return Problem(400, "body_cut_off", _("The body ended too early. Send it again."))
    if isinstance(exc, PermissionDenied):
        return Problem(403, "permission_missing", _("Your role does not include this."))
    return None


def _unforeseen(exc: Exception) -> Problem:
    if isinstance(exc, OperationalError | InterfaceError):
        log.error("The database failed", exc_info=exc)
        again = _("The database cannot be reached just now. Try again in a moment.")
        return Problem(503, "unavailable", again, headers={"Retry-After": "5"})
    if isinstance(exc, DataError):
        log.error("A value passed every check but not the database's", exc_info=exc)
        return Problem(400, "invalid_input", _("A value is larger than can be stored."))
    log.error("An API request failed", exc_info=exc)
    words = _("This is our mistake; it has been logged. Nothing was written.")
    return Problem(500, "internal_error", words)
