"""Slows down guessing of tokens. A right token is never slowed: only wrong ones are counted."""

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _

from integrations.api.problems import Problem

ALLOWED = 20
"""Wrong tokens from one address in a window; with the cache away none is counted."""

WINDOW_SECONDS = 60


def refuse_guessing(request: HttpRequest) -> None:
    """Count a wrong token. Raises Problem (429) when there were too many of late."""
    name = f"api-wrong-token:{request.META.get('REMOTE_ADDR', '')}"
    count = cache.get(name, 0) + 1
    if count > ALLOWED:
        raise Problem(
            429,
            "too_many_attempts",
            _("Too many wrong tokens from this address. Wait a minute."),
            headers={"Retry-After": str(WINDOW_SECONDS)},
        )
    cache.set(name, count, WINDOW_SECONDS)
