"""A signed-in person's own language wins over cookie and browser."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from oms.language import language_of, speak


def user_language(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Runs after LocaleMiddleware (cookie, then Accept-Language) and AuthenticationMiddleware."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        # An anonymous visitor without a session cookie costs no query here.
        chosen = language_of(request.user)
        if chosen:
            speak(chosen)
            request.LANGUAGE_CODE = chosen
        return get_response(request)

    return middleware
