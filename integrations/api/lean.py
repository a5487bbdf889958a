"""Running an operation without the steps of ninja's that ours never need.

Every view here answers with a finished response, and every operation has exactly one way of letting
callers in; what is left is: who calls, read the parameters, call the view.
"""

from collections.abc import Callable
from typing import Any, cast

from django.http import HttpRequest, HttpResponse

Run = Callable[..., HttpResponse]


def lean(run: Run) -> Run:
    """For `decorate_view`-style use on a router: replaces the operation's own `run`."""
    operation: Any = run.__self__  # type: ignore[attr-defined]  # a bound method, to ninja's design
    (needs,) = operation.auth_callbacks

    def run_lean(request: HttpRequest, **path: Any) -> HttpResponse:
        try:
            request.auth = needs(request)  # type: ignore[attr-defined]  # where ninja puts it
            values = operation._get_values(request, path, None)
            return cast(HttpResponse, operation.view_func(request, **values))
        except Exception as exc:  # noqa: BLE001 - every exception becomes a problem
            return cast(HttpResponse, operation.api.on_exception(request, exc))

    return run_lean
