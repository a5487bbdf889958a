"""Doing an act once for each Idempotency-Key, however often and from how many sides it is asked for."""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

import orjson
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from integrations.api.answers import JSON
from integrations.api.caller import Answered, Caller, caller_of
from integrations.api.problems import Problem
from oms.sql import query

REPLAYED = {"Idempotent-Replay": "true"}
_TRIES = 3

View = Callable[..., HttpResponse]

_CLAIM = """
INSERT INTO oms_idempotencykey (user_id, key, request_hash, status_code, body, created_at)
VALUES (%s, %s, %s, %s, %s, now()) ON CONFLICT (user_id, key) DO NOTHING RETURNING id
"""
_FIND = (
    "SELECT request_hash, status_code, body FROM oms_idempotencykey WHERE user_id = %s AND key = %s"
)
_STORE = "UPDATE oms_idempotencykey SET status_code = %s, body = %s WHERE user_id = %s AND key = %s"


def once(view: View) -> View:
    """Run `view` in a transaction of its own, with its answer stored under the request's key.

    A refusal (an exception) undoes everything, the key too. A request that comes while its twin
    still runs waits for it at the key's unique index, and then gets the twin's answer.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        caller = caller_of(request)
        if caller.answered:
            return replay(caller.answered, request)
        for _attempt in range(_TRIES - 1):
            try:
                return _run(view, request, caller, *args, **kwargs)
            except IntegrityError:
                # Somebody wrote the same order or customer at the same moment: look again.
                if transaction.get_connection().in_atomic_block:
                    raise
        return _run(view, request, caller, *args, **kwargs)

    return guarded


def _run(
    view: View, request: HttpRequest, caller: Caller, *args: Any, **kwargs: Any
) -> HttpResponse:
    with transaction.atomic():
        if not caller.key:
            return view(request, *args, **kwargs)
        if not claim(request, caller):
            first = answered(caller)
            if first is None:
                raise IntegrityError("the key was taken and is gone again: look once more")
            return replay(first, request)
        response = view(request, *args, **kwargs)
        text = orjson.dumps(response.content.decode()).decode()
        query(_STORE, [response.status_code, text, caller.user.pk, caller.key])
        return response


def claim(
    request: HttpRequest, caller: Caller, status: int | None = None, body: Any = None
) -> bool:
    """Write the key, with its answer if known; False when the key is there already."""
    text = None if body is None else orjson.dumps(body).decode()
    return bool(query(_CLAIM, [caller.user.pk, caller.key, request_hash(request), status, text]))


def answered(caller: Caller) -> Answered | None:
    """What is stored under the caller's key; None when it is not there."""
    rows = query(_FIND, [caller.user.pk, caller.key])
    if not rows:
        return None
    found, status, body = rows[0]
    return Answered(found, status, orjson.loads(body or "null"))


def request_hash(request: HttpRequest) -> str:
    """Tells one request from another: method, address and body, to the byte."""
    head = f"{request.method} {request.path_info}\n".encode()
    return sha256(head + request.body).hexdigest()


def check_same(first: Answered, request: HttpRequest) -> None:
    """Raises Problem (422) when the key came with another request."""
    if first.request_hash != request_hash(request):
        raise Problem(
            422,
            "idempotency_key_reused",
            _("This Idempotency-Key came with another request. Use a new key for a new request."),
        )


def replay(first: Answered, request: HttpRequest) -> HttpResponse:
    """The first answer, byte for byte. Raises Problem (422) for another request."""
    check_same(first, request)
    return HttpResponse(
        str(first.body).encode(), status=first.status, content_type=JSON, headers=REPLAYED
    )
