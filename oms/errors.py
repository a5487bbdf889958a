"""What a verb raises when it refuses. Every door (screen, API, command) turns these into words in its own way."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing wrong with the input: where, what, the value given, and what to do about it (translated text)."""

    field: str
    code: str
    message: str
    value: Any = None


class Refused(Exception):
    """Base: the request was understood and refused; nothing was written."""

    code = "refused"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if code:
            self.code = code


class InvalidInput(Refused):
    """Fields are wrong; `errors` lists every one of them, not just the first."""

    code = "invalid_input"

    def __init__(self, errors: Sequence[FieldError]) -> None:
        super().__init__("; ".join(error.message for error in errors))
        self.errors = list(errors)


class NotPossible(Refused):
    """The object is not in a state that allows this (HTTP 409)."""

    code = "not_possible"


class Stale(Refused):
    """Somebody saved the object since it was read (HTTP 409). `theirs` and `yours` map field → value."""

    code = "stale_version"

    def __init__(self, message: str, *, theirs: dict[str, Any], yours: dict[str, Any]) -> None:
        super().__init__(message)
        self.theirs = theirs
        self.yours = yours


class Conflict(Refused):
    """The key is taken by something with other content (HTTP 409); `differences` name the fields."""

    code = "conflict"

    def __init__(self, message: str, *, differences: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.differences = list(differences)
