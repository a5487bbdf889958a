"""Who uses the embedded servers: the first user starts them, the last one stops them.

Every user holds a shared lock for as long as it runs. A lock dies with its process, so a user
that was killed never keeps the servers from being stopped by the next one.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from oms.servers import postgres, valkey
from oms.servers.home import Home

_WITHOUT_SERVERS = frozenset({"help", "version", "--help", "-h", "--version", "messages"})


def needs_servers(arguments: list[str]) -> bool:
    """Whether a management command line may touch the database."""
    return len(arguments) > 1 and _WITHOUT_SERVERS.isdisjoint(arguments)


@contextmanager
def embedded_servers(home: Home | None = None) -> Iterator[Home | None]:
    """Run the servers that the environment does not name and export their addresses.

    Yields the data folder, or None where DATABASE_URL and REDIS_URL are both set.
    Raises ServerProblem with a remedy when a server cannot start.
    """
    if home is None and os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"):
        yield None
        return
    home = home or Home.from_environment()
    with open(home.root / "servers.lock", "a") as users:
        _join(home, users)
        try:
            yield home
        finally:
            _leave(home, users)


def ensure_running(home: Home) -> None:
    """Start what is down. For a user that already holds its share."""
    with _door(home):
        _start(home)


@contextmanager
def _door(home: Home) -> Iterator[None]:
    """One user at a time starts or stops."""
    with open(home.root / "servers.door", "a") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        yield


def _join(home: Home, users: IO[str]) -> None:
    with _door(home):
        fcntl.flock(users, fcntl.LOCK_SH)
        _start(home)


def _start(home: Home) -> None:
    if not os.environ.get("DATABASE_URL") or home.throw_away:
        os.environ["DATABASE_URL"] = postgres.ensure(home)
    if not os.environ.get("REDIS_URL") or home.throw_away:
        os.environ["REDIS_URL"] = valkey.ensure(home)


def _leave(home: Home, users: IO[str]) -> None:
    with _door(home):
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        _stop(home)


def _stop(home: Home) -> None:
    for server, folder in ((valkey, "valkey"), (postgres, "postgres")):
        if Path(home.root / folder).exists():
            server.stop(home)
