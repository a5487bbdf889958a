"""What pydantic found wrong, as the house's own field errors: the same codes and words as the verbs use."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from pydantic_core import ErrorDetails, PydanticCustomError

from oms.errors import FieldError

_Context = Mapping[str, Any]

# pydantic's type of error → our stable code and the remedy in words.
_KNOWN: dict[str, tuple[str, Callable[[_Context], str]]] = {
    "missing": ("required", lambda _c: _("Give this field.")),
    "extra_forbidden": ("unknown_field", lambda _c: _("There is no such field. Leave it out.")),
    "string_type": ("not_text", lambda _c: _("Give this as text.")),
    "int_type": ("not_whole_number", lambda _c: _("Give a whole number, without quotes.")),
    "bool_type": ("not_true_or_false", lambda _c: _("Give true or false.")),
    "list_type": ("not_a_list", lambda _c: _("Give a list.")),
    "model_type": ("not_an_object", lambda _c: _("Give an object with named fields.")),
    "string_too_long": (
        "too_long",
        lambda c: _("Shorten this to %d characters.") % c["max_length"],
    ),
    "string_too_short": ("empty", lambda _c: _("Fill this in.")),
    "too_long": ("too_many", lambda c: _("Give at most %d of these.") % c["max_length"]),
    "too_short": ("empty", lambda _c: _("Give at least one of these.")),
    "greater_than_equal": ("out_of_range", lambda c: _("Give %s or more.") % c["ge"]),
    "less_than_equal": ("out_of_range", lambda c: _("Give %s or less.") % c["le"]),
    "literal_error": ("unknown", lambda c: _("Choose one of: %s.") % c["expected"]),
    "control_character": (
        "control_character",
        lambda _c: _("Remove the control character from this text."),
    ),
    "no_zone": (
        "no_zone",
        lambda _c: _("Give the time with its zone, for example 2026-11-22T14:05:00+08:00."),
    ),
    "time_out_of_range": (
        "out_of_range",
        lambda _c: _("Give a time after the year 2000 and not in the future."),
    ),
    "not_an_amount": (
        "not_an_amount",
        lambda _c: _("Give the amount in digits, for example 12.50 or “12.50”."),
    ),
    "too_few_digits": (
        "too_few_digits",
        lambda _c: _("Give the number or at least its last four digits."),
    ),
    "bool_parsing": ("not_true_or_false", lambda _c: _("Give true or false.")),
    "int_parsing": ("not_whole_number", lambda _c: _("Give a whole number.")),
    "not_a_day": ("not_a_day", lambda _c: _("Give the day as in 2026-12-31.")),
    "not_a_time": (
        "not_a_time",
        lambda _c: _("Give the time as in 2026-11-22T14:05:00+08:00."),
    ),
}

Wrong = PydanticCustomError
"""Raised by our own field types as `Wrong("not_a_time", "not a time")`."""


def field_errors(details: Iterable[ErrorDetails], *, skip: int = 0) -> Sequence[FieldError]:
    """Our form of pydantic's errors; the first `skip` parts of each location are left out."""
    return [_field_error(detail, skip) for detail in details]


def _field_error(detail: ErrorDetails, skip: int) -> FieldError:
    kind = detail["type"]
    if kind in ("too_long", "too_short") and isinstance(detail["input"], str):
        kind = f"string_{kind}"
    code, say = _KNOWN.get(kind, (kind, lambda _c: str(detail["msg"])))
    value = None if kind == "missing" else detail["input"]
    return FieldError(
        spell(detail["loc"][skip:]) or "body", code, say(detail.get("ctx") or {}), value
    )


def spell(location: Sequence[int | str]) -> str:
    """`("lines", 0, "sku")` as `lines[0].sku`."""
    text = ""
    for part in location:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += f".{part[:80]}" if text else part[:80]
    return text
