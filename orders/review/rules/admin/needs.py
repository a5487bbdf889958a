"""Who may ask for an address of the administration that is not one of Django's own."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

View = Callable[..., HttpResponse]


def needs(permission: str, view: View) -> View:
    """Only for people with the permission; others are told so (403)."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(permission):
            raise PermissionDenied(_("Your role does not include this."))
        return view(request, *args, **kwargs)

    return guarded
