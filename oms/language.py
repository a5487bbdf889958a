"""What a person chose for themselves: language, colours, single-letter keys."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils import translation

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
THEMES = ("auto", "light", "dark")


def remember(user: Any, **choices: str | bool) -> None:
    """Store `language`, `theme` or `hotkeys_enabled` of a signed-in user; others have a cookie."""
    if user.is_authenticated:
        get_user_model().objects.filter(pk=user.pk).update(**choices)


def language_of(user: Any) -> str:
    """The language this user chose, or "" when the browser decides."""
    chosen = getattr(user, "language", "")
    return chosen if chosen in LANGUAGES else ""


def speak(language: str) -> None:
    """Use `language` for the rest of this request."""
    translation.activate(language)
