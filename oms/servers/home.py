"""The data folder (`OMS_HOME`): where it is, and the passwords and ports remembered in it."""

import fcntl
import json
import os
import secrets
import socket
import time
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_LOG_LIMIT = 20 * 1024 * 1024
_PATIENCE_SECONDS = 3.0
CHECKOUT = Path(__file__).resolve().parents[2]


class ServerProblem(Exception):
    """An embedded server cannot run; the text says what failed and what to do."""


@dataclass(frozen=True)
class Home:
    """One data folder. `throw_away` servers trade safety for speed and are for tests only."""

    root: Path
    throw_away: bool = False

    @classmethod
    def from_environment(cls) -> "Home":
        """`OMS_HOME`, or `.local` in the checkout; made (private) when absent."""
        root = Path(os.environ.get("OMS_HOME") or CHECKOUT / ".local").absolute()
        try:
            root.mkdir(parents=True, exist_ok=True)
            (root / "log").mkdir(exist_ok=True)
            (root / "servers.lock").touch(mode=0o600)
        except OSError as error:
            raise ServerProblem(
                f"The data folder {root} cannot be used ({error.strerror}). Start as the user who "
                "made it, or set OMS_HOME to a folder of your own."
            ) from error
        return cls(root)

    def log(self, name: str) -> Path:
        """The log file of one process."""
        return self.root / "log" / f"{name}.log"

    def open_log(self, name: str) -> BinaryIO:
        """The log file for appending; a large one is put aside first, over the one before."""
        log = self.log(name)
        if log.exists() and log.stat().st_size > _LOG_LIMIT:
            log.replace(log.with_suffix(".log.1"))
        return log.open("ab")

    def remembered(self, name: str) -> str:
        """A value kept for good under `name`, or the empty string."""
        return str(self._memory().get(name, ""))

    def remember(self, name: str, value: str) -> str:
        """Keep `value` under `name` in a file only the owner can read."""
        with open(self.root / "memory.lock", "a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self._write(self._memory() | {name: value})
        return value

    def secret(self, name: str) -> str:
        """A random secret made at first use and kept for good."""
        return self.remembered(name) or self._remember_first(name, secrets.token_urlsafe(48))

    def port(self, name: str) -> int:
        """The remembered port of a server when it is free, or is so in a moment, else a new free one.

        A server that was just killed may hold it a little longer than it lives; those who use the
        server know no other port.
        """
        port = self.remembered(name)
        if port and _comes_free(int(port)):
            return int(port)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            return int(self.remember(name, str(probe.getsockname()[1])))

    def _remember_first(self, name: str, value: str) -> str:
        """Keep `value` unless another process was quicker; returns what is kept."""
        with open(self.root / "memory.lock", "a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            memory = {name: value} | self._memory()
            self._write(memory)
        return memory[name]

    def _write(self, memory: dict[str, str]) -> None:
        path = self.root / "secrets.json"
        fresh = path.with_suffix(".fresh")
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(memory, file, indent=1, sort_keys=True)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)

    def _memory(self) -> dict[str, str]:
        try:
            memory: dict[str, str] = json.loads((self.root / "secrets.json").read_text())
        except FileNotFoundError:
            return {}
        except PermissionError as error:
            raise ServerProblem(
                f"{self.root} belongs to another user. Start as that user, or set OMS_HOME to a "
                "folder of your own."
            ) from error
        return memory


def export_secret_key(home: Home) -> None:
    """Outside production, give every process of one data folder the same random key."""
    if os.environ.get("OMS_ENV") != "production":
        os.environ.setdefault("OMS_SECRET_KEY", home.secret("secret_key"))


def _comes_free(port: int) -> bool:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while is_listening(port):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def is_listening(port: int) -> bool:
    """Whether something accepts connections on this port of the loopback address."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0
