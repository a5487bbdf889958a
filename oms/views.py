"""Pages and switches of the shell; each view is a thin door."""

import logging
import secrets
import sys
from http import HTTPStatus

from django.db import InterfaceError, OperationalError
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import conditional_page, require_GET, require_POST
from django.views.i18n import set_language as set_language_cookie

from oms.access import allowed, public, who_can_grant
from oms.finding import find
from oms.language import LANGUAGES, THEMES, remember
from oms.navigation import navigation
from oms.status import different_looks

logger = logging.getLogger(__name__)

YEAR = 365 * 24 * 3600


def _back(request: HttpRequest) -> HttpResponseRedirect:
    """To the page the switch was used on; elsewhere only within this site."""
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return redirect(target if safe else "/")


@require_POST
@public
def set_language(request: HttpRequest) -> HttpResponseBase:
    """Switch the language here, in the cookie and for the user; the page stays."""
    language = request.POST.get("language", "")
    if language in LANGUAGES:
        remember(request.user, language=language)
    return set_language_cookie(request)


@require_POST
@public
def set_theme(request: HttpRequest) -> HttpResponse:
    theme = request.POST.get("theme", "")
    response = _back(request)
    if theme in THEMES:
        remember(request.user, theme=theme)
        response.set_cookie("theme", theme, max_age=YEAR, samesite="Lax", httponly=True)
    return response


@require_POST
@allowed()
def set_hotkeys(request: HttpRequest) -> HttpResponse:
    remember(request.user, hotkeys_enabled=request.POST.get("enabled") == "1")
    return _back(request)


@require_GET
@allowed()
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "oms/help.html", {"statuses": different_looks()})


@require_GET
@allowed()
def find_anything(request: HttpRequest) -> JsonResponse:
    """What `q` may mean among everything this person may see, grouped by kind."""
    return JsonResponse({"groups": find(request.user, request.GET.get("q", ""))})


@require_GET
@conditional_page
@allowed()
def counts(request: HttpRequest) -> HttpResponse:
    """How many wait behind each entry of the navigation, as it shows them; 304 while nothing changed."""
    shown = {one.entry.url: one.count for one in navigation(request.user, "") if one.count}
    return JsonResponse(shown)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for what somebody's role does not include (handler403): who could change that."""
    names = who_can_grant() if request.user.is_authenticated else []
    context = {"exception": str(exception), "administrators": names}
    return render(request, "403.html", context, status=HTTPStatus.FORBIDDEN)


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for a bug of ours (handler500); the code on it is also in the log.

    While the database cannot be reached it is no bug but an outage: 503, try again soon.
    """
    code = secrets.token_hex(3).upper()
    logger.error("Page failed, code %s: %s %s", code, request.method, request.path)
    # No request: context processors would ask the database, which may be what is broken.
    page = render_to_string("500.html", {"code": code, "theme": request.COOKIES.get("theme")})
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        outage = HTTPStatus.SERVICE_UNAVAILABLE
        return HttpResponse(page, status=outage, headers={"Retry-After": "5"})
    return HttpResponse(page, status=HTTPStatus.INTERNAL_SERVER_ERROR)
