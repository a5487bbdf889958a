"""The REST API: its routers, and one way out for everything that goes wrong."""

import logging
from typing import Any, cast

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import DataError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError, ValidationErrorContext

from integrations.api import actions, catalogue, orders, parcels, placing, stock
from integrations.api.body import StrictParser, body_too_large
from integrations.api.describe import complete
from integrations.api.field_errors import field_errors
from integrations.api.problems import Problem, invalid_input, not_found, problem_response
from integrations.api.refusals import problem_of
from oms.errors import FieldError, Refused

log = logging.getLogger(__name__)


class WrongInput(ValidationError):
    """What ninja could not read from the request, as our field errors."""

    def __init__(self, errors: list[FieldError]) -> None:
        super().__init__([])
        self.wrong = errors


class Api(NinjaAPI):
    """Ninja with our field errors and a complete description."""

    def validation_error_from_error_contexts(
        self, error_contexts: list[ValidationErrorContext]
    ) -> ValidationError:
        """The errors of the parameters, each named as the sender wrote it."""
        found: list[FieldError] = []
        for context in error_contexts:
            details = context.pydantic_validation_error.errors(include_url=False)
            names = cast(Any, context.model).__ninja_flatten_map_reverse__
            for detail in details:
                place = names.get(detail["loc"], detail["loc"])
                # A body or a set of filters is one argument of the view; its name is not the sender's.
                found += field_errors([detail | {"loc": place}], skip=int(len(place) > 0))
        return WrongInput(found)

    def get_openapi_schema(self, **options: Any) -> Any:
        """The description, with the refusals that every operation shares."""
        return complete(super().get_openapi_schema(**options))


api = Api(
    title="OMS",
    version="1",
    urls_namespace="api",
    openapi_url="/openapi.json",
    docs_url=None,
    parser=StrictParser(),
)
for _room in (placing, orders, actions, parcels, stock, catalogue):
    api.add_router("", _room.router)


def to_problem(exc: Exception) -> Problem:
    """Any exception as a refusal; what was not foreseen is logged and tells nothing but a 500."""
    cause = exc.__cause__ if isinstance(exc, HttpError) else None
    known = cause if isinstance(cause, Problem) else exc
    if isinstance(known, Problem):
        return known
    if isinstance(known, Refused):
        return problem_of(known)
    if isinstance(known, WrongInput):
        return invalid_input(known.wrong)
    if isinstance(known, Http404):
        return not_found()
    return _unusual(known)


def _unusual(exc: Exception) -> Problem:
    if isinstance(exc, PermissionDenied):
        return Problem(403, "permission_missing", _("Your role does not include this."))
    if isinstance(exc, RequestDataTooBig):
        return body_too_large()
    if isinstance(exc, UnreadablePostError):
        return Problem(400, "body_cut_off", _("The body ended too early. Send it again."))
    if isinstance(exc, OperationalError | InterfaceError):
        log.error("The database failed", exc_info=exc)
        again = _("The database cannot be reached just now. Try again in a moment.")
        return Problem(503, "unavailable", again, headers={"Retry-After": "5"})
    if isinstance(exc, DataError):
        log.error("A value passed every check but not the database's", exc_info=exc)
        return Problem(400, "invalid_input", _("A value is larger than can be stored."))
    log.error("An API request failed", exc_info=exc)
    return Problem(
        500, "internal_error", _("This is our mistake; it has been logged. Nothing was written.")
    )


def _tell(request: HttpRequest, exc: Exception) -> HttpResponse:
    return problem_response(to_problem(exc))


for _kind in (Exception, HttpError, ValidationError, Http404):
    api.add_exception_handler(_kind, cast(Any, _tell))
