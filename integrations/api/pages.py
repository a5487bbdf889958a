"""Lists in pages that stay right while rows come and go: each cursor names the last row seen."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import orjson
from django.http import HttpRequest
from django.utils.translation import gettext as _
from pydantic import BaseModel

from integrations.api.problems import Problem, invalid_input, printable
from oms.errors import FieldError

DEFAULT_LIMIT = 50
MAX_LIMIT = 200
LONGEST_CURSOR = 200

T = TypeVar("T")


def encode_cursor(*key: Any) -> str:
    """The opaque text of a sort key."""
    return urlsafe_b64encode(orjson.dumps(key)).decode().rstrip("=")


def decode_cursor(cursor: str, *types: type) -> list[Any] | None:
    """The sort key in `cursor`, None without one. Raises Problem (400) for a made-up one."""
    if not cursor:
        return None
    try:
        if len(cursor) > LONGEST_CURSOR:
            raise ValueError
        key = orjson.loads(urlsafe_b64decode(cursor.encode("ascii") + b"=="))
    except (ValueError, binascii.Error):
        key = None
    if (
        not isinstance(key, list)
        or [type(part) for part in key] != list(types)
        or not all(0 <= part < 2**63 for part in key if type(part) is int)
        or any("\x00" in part for part in key if type(part) is str)
    ):
        raise bad_cursor(cursor)
    return key


def bad_cursor(cursor: str) -> Problem:
    """400 for a cursor that we never gave."""
    message = _("Use a next_cursor from an answer, with the same filters.")
    return invalid_input([FieldError("cursor", "bad_cursor", message, cursor)])


def page(
    rows: Sequence[T], limit: int, show: Callable[[T], Any], key: Callable[[T], tuple[Any, ...]]
) -> dict[str, Any]:
    """A page from `rows`, of which one more than `limit` was fetched to see whether more follow."""
    shown = rows[:limit]
    more = len(rows) > limit
    return {
        "results": [show(row) for row in shown],
        "next_cursor": encode_cursor(*key(shown[-1])) if more else None,
    }


def refuse_unknown(request: HttpRequest, filters: type[BaseModel]) -> None:
    """Raises Problem (400) for a query parameter that is no filter: a typing error must not widen a list."""
    unknown = [name for name in request.GET if name not in filters.model_fields]
    if unknown:
        raise invalid_input(
            [
                FieldError(printable(name), "unknown_field", _("There is no such filter."), None)
                for name in unknown
            ]
        )
