"""The API's own way in: no session, no cookies, no templates; and nothing but JSON comes out."""

from collections.abc import Callable
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import Resolver404, ResolverMatch, get_resolver
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import (
    get_supported_language_variant,
    parse_accept_lang_header,
)

from integrations.api.body import check_body_headers
from integrations.api.caller import identify
from integrations.api.problems import Problem, not_found, problem_response
from integrations.api.refusals import to_problem

PREFIX = "/api/"
URLS = "integrations.urls"
LONGEST_HEADER = 200

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; object-src 'none'; "
    "frame-ancestors 'none'",
    "Cache-Control": "private, no-store",
    "Vary": "Authorization, Accept-Language",
    "X-Frame-Options": "DENY",
}

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def api_door(get_response: GetResponse) -> GetResponse:
    """Middleware: requests under /api/ go straight to their view, everything else goes on."""

    def door(request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(PREFIX):
            return get_response(request)
        header = request.META.get("HTTP_ACCEPT_LANGUAGE", "")
        with translation.override(language_for(header[:LONGEST_HEADER])):
            try:
                response = _serve(request)
            except Exception as exc:  # noqa: BLE001 - nothing but JSON leaves here
                response = problem_response(to_problem(exc))
        for name, value in HEADERS.items():
            response.headers[name] = value
        if isinstance(response, HttpResponse) and "Content-Length" not in response.headers:
            response.headers["Content-Length"] = str(len(response.content))
        return response

    return door


@lru_cache(maxsize=512)
def language_for(header: str) -> str:
    """The first of our languages that an Accept-Language header asks for."""
    for wanted, _weight in parse_accept_lang_header(header):
        try:
            return get_supported_language_variant(wanted)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE


@lru_cache(maxsize=1024)
def _match(path: str) -> ResolverMatch:
    """The view of a path; its arguments follow from the path, so it may be kept."""
    return get_resolver(URLS).resolve(path)


def _serve(request: HttpRequest) -> HttpResponseBase:
    try:
        request.resolver_match = match = _match(request.path_info)
    except Resolver404:
        raise not_found() from None
    is_head = request.method == "HEAD"
    if is_head:
        request.method = "GET"
    check_body_headers(request)
    response: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
    if response.status_code == 405:  # noqa: PLR2004
        return _wrong_method(request, response.headers["Allow"])
    if is_head and isinstance(response, HttpResponse):
        # As a GET would have been answered; the body itself is not sent.
        response.headers["Content-Length"] = str(len(response.content))
        response.content = b""
    return response


def _wrong_method(request: HttpRequest, allowed: str) -> HttpResponseBase:
    """Strangers learn nothing of an address, not even which methods it has."""
    allowed = ", ".join(sorted(allowed.split(", ")))
    headers = {"Allow": allowed}
    if request.method != "TRACE":
        identify(request)
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers=headers)
    raise Problem(405, "method_not_allowed", _("This address takes %s.") % allowed, headers=headers)
