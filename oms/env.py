"""Readers for the process environment; each refuses a bad value and says what to set."""

import os
from urllib.parse import SplitResult, urlsplit

_TRUE = frozenset({"1", "true", "yes", "on"})
_LEAST_DIFFERENT = 8
_FALSE = frozenset({"0", "false", "no", "off"})


class BadSetting(Exception):
    """An environment variable is missing or unusable; the text names it and the remedy."""


def env_str(name: str, default: str | None = None) -> str:
    """The stripped text of `name`; empty counts as unset.

    Raises BadSetting when it is unset and there is no default.
    """
    text = os.environ.get(name, "").strip()
    if text:
        return text
    if default is None:
        raise BadSetting(f"{name} is not set. Set it in the environment; see .env.example.")
    return default


def env_bool(name: str, default: bool) -> bool:
    """True for 1/true/yes/on, False for 0/false/no/off, in any case."""
    text = env_str(name, "").lower()
    if not text:
        return default
    if text not in _TRUE | _FALSE:
        raise BadSetting(f"{name}={text!r} is not a yes or no. Set it to 1 or 0.")
    return text in _TRUE


def env_int(name: str, default: int, *, low: int = 0, high: int = 2**31 - 1) -> int:
    """A whole number within [low, high]."""
    text = env_str(name, "")
    if not text:
        return default
    try:
        number = int(text)
    except ValueError:
        raise BadSetting(f"{name}={text!r} is not a whole number.") from None
    if not low <= number <= high:
        raise BadSetting(f"{name}={number} is out of range. Set it between {low} and {high}.")
    return number


def env_list(name: str, default: list[str]) -> list[str]:
    """The comma-separated parts of `name`, stripped, empty ones left out."""
    text = env_str(name, "")
    return [part.strip() for part in text.split(",") if part.strip()] if text else default


def env_choice(name: str, choices: tuple[str, ...], default: str) -> str:
    """One of `choices`."""
    text = env_str(name, default)
    if text not in choices:
        raise BadSetting(f"{name}={text!r} is unknown. Set it to one of: {', '.join(choices)}.")
    return text


def env_url(name: str, schemes: tuple[str, ...], default: str | None = None) -> SplitResult:
    """A URL with one of `schemes` and a host (or a socket folder as `?host=`)."""
    url = urlsplit(env_str(name, default))
    if url.scheme not in schemes:
        raise BadSetting(f"{name} must start with {' or '.join(s + '://' for s in schemes)}.")
    if not url.hostname and "host=" not in url.query:
        raise BadSetting(
            f"{name} names no host. Write {schemes[0]}://user:password@host:port/name."
        )
    try:
        _ = url.port
    except ValueError:
        raise BadSetting(f"{name} has a port that is no number between 1 and 65535.") from None
    return url


def env_secret(name: str, default: str | None, *, length: int = 50) -> str:
    """A secret of at least `length` characters with some variety; never echoed in the message.

    `default` is for development only and is returned unchecked.
    """
    text = env_str(name, default)
    if text == default:
        return text
    if len(text) < length or len(set(text)) < _LEAST_DIFFERENT:
        raise BadSetting(
            f"{name} is too short or too simple. Set {length} or more random characters: "
            'python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
        )
    return text
