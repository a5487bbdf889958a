"""System checks: what would make the system unsafe or wrong, each with what to do about it."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import DatabaseError, connections

LOWEST_POSTGRESQL = 16
Aliases = Sequence[str] | None


def no_demo_mode(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """`check --deploy` is about production settings only."""
    if settings.IS_PRODUCTION:
        return []
    return [
        Warning(
            "These are not production settings.",
            hint="Set OMS_ENV=production.",
            id="oms.W001",
        )
    ]


def no_demo_users(app_configs: Any, databases: Aliases = None, **kwargs: Any) -> list[CheckMessage]:
    """The passwords of the demo company are printed at start; nobody may use them for real."""
    if not databases:
        return []
    try:
        users = get_user_model()._default_manager.using(databases[0])
        names = list(users.filter(is_demo=True, is_active=True).values_list("username", flat=True))
    except DatabaseError:
        # No table yet, or no server: the other checks speak of that.
        return []
    if not names:
        return []
    return [
        Error(
            f"Demo log-ins are active: {', '.join(sorted(names))}.",
            hint="Deactivate them in the administration, or start from an empty database.",
            id="oms.E002",
        )
    ]


def database_is_suitable(
    app_configs: Any, databases: Aliases = None, **kwargs: Any
) -> list[CheckMessage]:
    """PostgreSQL, new enough, in UTF-8."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        with connections[alias].cursor() as cursor:
            cursor.execute("SHOW server_version_num")
            version = int(cursor.fetchone()[0]) // 10000
            cursor.execute("SHOW server_encoding")
            encoding = cursor.fetchone()[0]
        if version < LOWEST_POSTGRESQL:
            found.append(
                Error(
                    f"PostgreSQL {version} is too old.",
                    hint=f"Use PostgreSQL {LOWEST_POSTGRESQL} or newer, best 18.",
                    id="oms.E003",
                )
            )
        if encoding != "UTF8":
            found.append(
                Error(
                    f"The database is encoded in {encoding}.",
                    hint="Create it with: CREATE DATABASE oms ENCODING 'UTF8' TEMPLATE template0",
                    id="oms.E004",
                )
            )
    return found


def register_checks() -> None:
    """Called once, when the app is ready."""
    register(no_demo_mode, Tags.security, deploy=True)
    register(no_demo_users, Tags.database, deploy=True)
    register(database_is_suitable, Tags.database)
