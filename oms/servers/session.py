"""Who uses the embedded servers: the first user starts them, the last one stops them.

Every user holds a shared lock for as long as it runs. A lock dies with its process, so a user
that was killed never keeps the servers from being stopped by the next one.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType
from typing import IO

from oms.servers import postgres, valkey
from oms.servers.home import Home

_KINDS = {"DATABASE_URL": postgres, "REDIS_URL": valkey}
_WITHOUT_SERVERS = frozenset({"help", "version", "--help", "-h", "--version"})


@dataclass(frozen=True)
class Servers:
    """The embedded servers this process uses: by the variable that holds the address."""

    home: Home
    kinds: dict[str, ModuleType]

    def start(self) -> None:
        """Start what is down and export the addresses. Raises ServerProblem with a remedy."""
        with self._door():
            for variable, kind in self.kinds.items():
                os.environ[variable] = kind.ensure(self.home)

    def join(self, users: IO[str]) -> None:
        """Become a user, then start what is down."""
        with self._door():
            fcntl.flock(users, fcntl.LOCK_SH)
        self.start()

    def leave(self, users: IO[str]) -> None:
        """Stop being a user; the last one stops the servers."""
        with self._door():
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            for kind in (valkey, postgres):
                kind.stop(self.home)

    @contextmanager
    def _door(self) -> Iterator[None]:
        """One process at a time starts or stops."""
        with open(self.home.root / "servers.door", "a") as door:
            fcntl.flock(door, fcntl.LOCK_EX)
            yield


def needs_servers(arguments: list[str]) -> bool:
    """Whether a management command line may touch the database."""
    return len(arguments) > 1 and _WITHOUT_SERVERS.isdisjoint(arguments)


@contextmanager
def embedded_servers(home: Home | None = None) -> Iterator[Servers | None]:
    """Run the servers that the environment does not name and export their addresses.

    With a `home` both are run there whatever the environment names. Yields None where there is
    nothing to run. Raises ServerProblem with a remedy when a server cannot start.
    """
    kinds = {name: kind for name, kind in _KINDS.items() if home or not os.environ.get(name)}
    if not kinds:
        yield None
        return
    servers = Servers(home or Home.from_environment(), kinds)
    with open(servers.home.root / "servers.lock", "a") as users:
        servers.join(users)
        try:
            yield servers
        finally:
            servers.leave(users)
