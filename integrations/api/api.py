"""The REST API: its routers, and one way out for everything that goes wrong."""

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError, ValidationErrorContext
from ninja.operation import Operation

from integrations.api import (
    actions,
    catalogue,
    customers,
    exceptions,
    explain,
    orders,
    parcels,
    purchases,
    stock,
)
from integrations.api.body import StrictParser
from integrations.api.caller import Needs
from integrations.api.describe import complete
from integrations.api.field_errors import field_errors
from integrations.api.lean import lean
from integrations.api.problems import problem_response
from integrations.api.refusals import WrongInput, to_problem
from integrations.api.shown import note_problems
from oms.errors import FieldError

ROOMS = (orders, explain, actions, parcels, exceptions, stock, purchases, catalogue, customers)


class Api(NinjaAPI):
    """Ninja with our field errors and a complete description."""

    _description: Any = None

    def validation_error_from_error_contexts(
        self, error_contexts: list[ValidationErrorContext]
    ) -> ValidationError:
        """The errors of the parameters, each named as the sender wrote it."""
        found: list[FieldError] = []
        for context in error_contexts:
            details = context.pydantic_validation_error.errors(include_url=False)
            # A body or a set of filters is one argument of the view; its name is not the sender's.
            found += field_errors(details, skip=1)
        return WrongInput(found)

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The view's name, which is the name of its address too."""
        return str(operation.view_func.__name__)

    def get_openapi_schema(self, **options: Any) -> Any:
        """The description, with the refusals and rights of every operation; made once."""
        if self._description is None:
            self._description = complete(super().get_openapi_schema(**options), self._needs())
        return self._description

    def _needs(self) -> dict[str, Needs]:
        return {
            self.get_openapi_operation_id(operation): cast(Needs, operation.auth_callbacks[0])
            for room in ROOMS
            for path in room.router.path_operations.values()
            for operation in path.operations
        }


def _tell(request: HttpRequest, exc: Exception) -> HttpResponse:
    problem = to_problem(exc)
    note_problems(request, [problem])
    return problem_response(problem)


api = Api(
    title="OMS",
    version="1",
    urls_namespace="api",
    openapi_url="/openapi.json",
    docs_url=None,
    parser=StrictParser(),
)
api.add_decorator(lean, mode="view")
for _room in ROOMS:
    api.add_router("", _room.router)
for _kind in (Exception, HttpError, ValidationError, Http404):
    api.add_exception_handler(_kind, cast(Any, _tell))
