"""Counts the errors that a page or an answer of the API has shown."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from oms.shown_errors.count import count_shown
from oms.shown_errors.note import noted_on


def shown_errors(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Around everything else, so that the answer is finished and no transaction is open."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if (noted := noted_on(request)) and request.resolver_match:
            count_shown(request.resolver_match.view_name, noted)
        return response

    return middleware
