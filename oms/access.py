"""Who may open a view: each one is wrapped in exactly one of `allowed(...)` or `public`.

Both leave a mark on the view that a test reads, so that no address goes without a decision. Which
*objects* somebody may see is another question, answered by querysets (`visible_to`): what lies
outside does not exist for them (404).
"""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any, cast
from urllib.parse import urlsplit, urlunsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from oms.models import User
from oms.roles import ADMIN

View = Callable[..., HttpResponseBase]

NAMED_AT_MOST = 3
SAFE_METHODS = frozenset({"GET", "HEAD"})


class SignedInRequest(HttpRequest):
    """The request inside an `allowed` view, for annotations: its user is signed in."""

    user: User


def allowed(*permissions: str, one_of: Collection[str] = ()) -> Callable[[View], View]:
    """Let in people who are signed in and hold every one of `permissions` (none: all of them), and any of `one_of`.

    Anybody not signed in goes to the log-in page and comes back; a missing permission raises
    PermissionDenied.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _to_login(request)
            if not (request.user.has_perms(permissions) and has_any(request.user, one_of)):
                raise PermissionDenied(_("Your role does not include this."))
            return view(request, *args, **kwargs)

        cast(Any, guarded).permissions = (*permissions, *one_of)
        return guarded

    return decorate


def has_any(user: Any, permissions: Collection[str]) -> bool:
    """Whether `user` holds one of them; yes when there are none."""
    return not permissions or any(user.has_perm(one) for one in permissions)


def public(view: View) -> View:
    """Mark a view as open to everybody, on purpose."""
    cast(Any, view).permissions = None
    return view


def who_can_grant() -> list[str]:
    """The names of people who can give somebody a role, those who were here last first."""
    can = Q(is_superuser=True) | Q(groups__name=ADMIN, is_staff=True)
    people = User.objects.filter(can, is_active=True).distinct()
    latest = F("last_login").desc(nulls_last=True)
    return [one.display_name for one in people.order_by(latest, "username")[:NAMED_AT_MOST]]


def _to_login(request: HttpRequest) -> HttpResponseBase:
    """The log-in page, and back to where one was; a fragment's request makes the whole page go there."""
    if request.headers.get("HX-Request") == "true":
        page = _own_page(request, request.headers.get("HX-Current-URL", ""))
        login = redirect_to_login(page, resolve_url("login"))
        return HttpResponse(status=204, headers={"HX-Redirect": login.url})
    if request.method in SAFE_METHODS:
        return redirect_to_login(request.get_full_path())
    return redirect_to_login(_own_page(request, request.headers.get("Referer", "")))


def _own_page(request: HttpRequest, address: str) -> str:
    """The page of ours that a form was sent from; the start page when that is not known."""
    if not url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure()):
        return "/"
    parts = urlsplit(address)
    return urlunsplit(("", "", parts.path, parts.query, "")) or "/"
