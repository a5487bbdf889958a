"""Who calls: the token, its person, what both may do, and whether this request was answered before.

All of it comes in one round trip, which also finds out whether the database connection still lives.
"""

from dataclasses import dataclass
from typing import Any

import orjson
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from integrations.api.attempts import refuse_guessing
from integrations.api.problems import Problem
from oms.models import ApiToken, User
from oms.scopes import SCOPES
from oms.sql import Prepared

KEY_LENGTH = 255
QUERY_NAMES = frozenset({"token", "access_token", "api_key", "apikey", "key", "authorization"})
"""Query parameters in which people try to send a token; it would end up in logs."""

# In the order of the model, as Model.from_db reads them.
_USER_FIELDS = ("id", "is_superuser", "username", "first_name", "last_name", "is_active")

_IDENTIFY = Prepared(
    "identify_caller",
    """
SELECT t.scopes, u.id, u.is_superuser, u.username, u.first_name, u.last_name, u.is_active,
  ARRAY(
    SELECT c.app_label || '.' || p.codename
    FROM auth_permission p JOIN django_content_type c ON c.id = p.content_type_id
    WHERE p.id IN (
      SELECT gp.permission_id FROM oms_user_groups ug
      JOIN auth_group_permissions gp ON gp.group_id = ug.group_id WHERE ug.user_id = u.id
      UNION ALL SELECT up.permission_id FROM oms_user_user_permissions up WHERE up.user_id = u.id)),
  k.request_hash, k.status_code, k.body
FROM oms_apitoken t JOIN oms_user u ON u.id = t.user_id
LEFT JOIN oms_idempotencykey k ON k.user_id = u.id AND k.key = %(key)s
WHERE t.digest = %(digest)s AND t.revoked_at IS NULL AND u.is_active
""",
    key="text",
    digest="text",
)


@dataclass(frozen=True, slots=True)
class Answered:
    """What a request with this key was answered; `body` is the answer's text, or what the verb stored."""

    request_hash: str
    status: int
    body: Any


@dataclass(frozen=True, slots=True)
class Caller:
    """`user` acts through a token within `scopes`; `key` is the request's Idempotency-Key ("" without)."""

    user: User
    scopes: frozenset[str]
    key: str
    answered: Answered | None


class Needs(HttpBearer):
    """Lets in a token that has `scope` and whose person holds `permissions`, or `or_permission` where there is one.

    `request.auth` is the Caller.
    """

    def __init__(self, scope: str, *permissions: str, or_permission: str = "") -> None:
        super().__init__()
        if scope not in SCOPES:
            raise ValueError(f"no scope {scope}")
        self.scope = scope
        self.permissions = permissions
        self.or_permission = or_permission

    def __call__(self, request: HttpRequest) -> Caller:
        """Raises Problem: 401 for the token, 403 for the scope or permission, 400 for the key."""
        caller = identify(request)
        if self.scope not in caller.scopes:
            raise Problem(
                403,
                "scope_missing",
                _("This token lacks the scope %s. Make a token that has it.") % self.scope,
                members={"scope": self.scope},
            )
        missing = [one for one in self.permissions if not caller.user.has_perm(one)]
        has_other = self.or_permission and caller.user.has_perm(self.or_permission)
        if missing and not has_other:
            raise Problem(
                403,
                "permission_missing",
                _("The role of %(user)s does not include this (%(permission)s).")
                % {"user": caller.user.username, "permission": missing[0]},
                members={"permission": missing[0]},
            )
        if request.method == "POST":
            _check_key(request.META.get("HTTP_IDEMPOTENCY_KEY"))
        return caller

    def authenticate(self, request: HttpRequest, token: str) -> Caller:
        """Not used: `__call__` reads the header itself."""
        return identify(request)


def _check_key(key: str | None) -> None:
    if key is not None and not 1 <= len(key.strip()) <= KEY_LENGTH:
        raise Problem(
            400,
            "idempotency_key_invalid",
            _("Give an Idempotency-Key of 1 to %d characters, or none.") % KEY_LENGTH,
        )


def caller_of(request: HttpRequest) -> Caller:
    """The caller that `Needs` let in."""
    caller: Caller = request.auth  # type: ignore[attr-defined]
    return caller


def identify(request: HttpRequest) -> Caller:
    """Whose token this is. Raises Problem (401, or 429 after many wrong ones)."""
    if not QUERY_NAMES.isdisjoint(request.GET):
        raise _unauthenticated(
            "token_in_query", _("Send the token in the Authorization header, never in the address.")
        )
    scheme, _blank, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise _unauthenticated("token_missing", _("Send “Authorization: Bearer” and your token."))
    key = request.META.get("HTTP_IDEMPOTENCY_KEY", "") if request.method == "POST" else ""
    rows = _look_up(key[:KEY_LENGTH].replace("\x00", ""), ApiToken.digest_of(token.strip()))
    if not rows:
        refuse_guessing(request)
        raise _unauthenticated(
            "token_invalid", _("This token is not valid (any more). Ask for a new one.")
        )
    return _caller(rows[0], key)


def _look_up(key: str, digest: str) -> list[tuple[Any, ...]]:
    # Django would ask "SELECT 1" first; this look-up finds a dead connection just as well, and it
    # may be asked again because it changes nothing.
    connection.health_check_done = True  # type: ignore[attr-defined]  # missing in the stubs
    try:
        return _IDENTIFY.query({"key": key, "digest": digest})
    except (OperationalError, InterfaceError):
        if connection.in_atomic_block:
            raise
        connection.close()
        return _IDENTIFY.query({"key": key, "digest": digest})


def _caller(row: tuple[Any, ...], key: str) -> Caller:
    scopes, *fields, permissions, request_hash, status, body = row
    user = User.from_db("default", _USER_FIELDS, fields)
    # Where Django's permission backend keeps what it has looked up: no query for a permission later.
    user._perm_cache = set(permissions)  # type: ignore[attr-defined]
    answered = None
    if request_hash is not None:
        answered = Answered(request_hash, status, orjson.loads(body or "null"))
    return Caller(user, frozenset(scopes), key, answered)


def _unauthenticated(code: str, detail: str) -> Problem:
    return Problem(401, code, detail, headers={"WWW-Authenticate": 'Bearer realm="oms"'})
