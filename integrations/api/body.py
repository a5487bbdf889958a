"""Reading a JSON body strictly: one meaning per text, and no digit of an amount lost."""

import json
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

import orjson
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.parser import Parser

from integrations.api.problems import Problem, printable
from oms.errors import FieldError

LONGEST_NUMBER = 60
METHODS_WITH_BODY = frozenset({"POST", "PATCH", "PUT"})


class _DoubledKey(ValueError):
    """An object of the body has two values for one key (`args[0]`)."""


def _only_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        raise _DoubledKey(next(name for name in names if names.count(name) > 1))
    return found


def _fraction(digits: str) -> Decimal:
    if len(digits) > LONGEST_NUMBER:
        raise ValueError(f"a number of {len(digits)} characters")
    return Decimal(digits)


def _no_such_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_only_once, parse_float=_fraction, parse_constant=_no_such_number
)


def read_json(body: bytes) -> Any:
    """The value that `body` stands for; fractions come as Decimal. Raises Problem (400)."""
    try:
        if rb"\u" in body:
            orjson.loads(body)  # refuses halves of surrogate pairs, which Python's reader lets in
        return _DECODER.decode(body.decode())
    except _DoubledKey as doubled:
        name = printable(str(doubled))
        message = _("Give “%s” once; it stands there twice.") % name[:80]
        raise Problem(
            400, "duplicate_key", message, errors=[FieldError(name, "duplicate_key", message)]
        ) from None
    except json.JSONDecodeError as error:
        raise _not_json(f"{error.msg}, line {error.lineno}, column {error.colno}") from None
    except UnicodeDecodeError as error:
        raise _not_json(f"not UTF-8 at byte {error.start}") from None
    except RecursionError:
        raise _not_json("nested too deeply") from None
    except (ValueError, InvalidOperation) as error:
        raise _not_json(printable(str(error))[:120]) from None


def _not_json(why: str) -> Problem:
    return Problem(400, "invalid_json", _("The body is not the JSON we read: %s.") % why)


def check_body_headers(request: HttpRequest) -> None:
    """Refuse a body by what its headers say, before a byte of it is read. Raises Problem."""
    if "HTTP_TRANSFER_ENCODING" in request.META:
        raise Problem(411, "length_required", _("Send the body in one piece, with Content-Length."))
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) == 0:
        return
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if int(length) > limit:
        raise body_too_large()
    if request.method not in METHODS_WITH_BODY:
        return
    charset = (request.content_params or {}).get("charset", "utf-8").lower()
    encoding = request.META.get("HTTP_CONTENT_ENCODING", "identity").lower()
    if (
        request.content_type != "application/json"
        or charset not in ("utf-8", "utf8")
        or encoding != "identity"
    ):
        raise Problem(
            415,
            "unsupported_media_type",
            _("Send the body as application/json in UTF-8, not compressed."),
            headers={"Accept-Post": "application/json"},
        )


def body_too_large() -> Problem:
    """413."""
    megabytes = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // (1024 * 1024)
    return Problem(
        413, "body_too_large", _("Send at most %d MiB at once; split the rest.") % megabytes
    )


class StrictParser(Parser):
    """What ninja reads bodies with."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body's JSON value. Raises Problem, which ninja wraps in its own HttpError."""
        return read_json(request.body)
