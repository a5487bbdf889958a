"""A whole system in a folder of its own, started by the real commands."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from oms.servers.home import CHECKOUT


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def plain_environment(**values: str) -> dict[str, str]:
    """The environment of a person's shell: nothing of the test run, plus `values`."""
    ours = ("OMS_", "DJANGO_", "PYTEST_", "DATABASE_URL", "REDIS_URL", "PORT")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return kept | values


def run(*command: str, seconds: float = 60, **values: str) -> "subprocess.CompletedProcess[str]":
    """Run a command of the checkout to its end; both outputs together in `stdout`."""
    return subprocess.run(
        command,
        cwd=CHECKOUT,
        env=plain_environment(**values),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=seconds,
        check=False,
    )


def answer(port: int, path: str = "/healthz/ready", **headers: str) -> tuple[int, str]:
    """Status and text of a page; (0, reason) when nothing answers."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as page:
            return page.status, page.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except OSError as error:
        return 0, str(error)


def wait_for(condition, seconds: float = 30.0) -> float:
    """Seconds until `condition()` holds; fails the test when it never does."""
    begun = time.monotonic()
    while not condition():
        assert time.monotonic() - begun < seconds, f"not within {seconds} s"
        time.sleep(0.1)
    return time.monotonic() - begun


@dataclass
class System:
    """`bin/up` of a checkout with its own data folder and port."""

    home: Path
    checkout: Path = CHECKOUT
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[str] | None" = None
    output: Path = field(init=False)

    def __post_init__(self) -> None:
        self.output = self.home.with_suffix(".txt")

    @property
    def values(self) -> dict[str, str]:
        return {"OMS_HOME": str(self.home), "PORT": str(self.port), "OMS_DEMO": "0"}

    def start(self, seconds: float = 60.0) -> float:
        """Seconds until bin/up has printed the address."""
        self.start_only()
        return wait_for(self._is_told, seconds)

    def start_only(self) -> None:
        """Start bin/up and wait for nothing."""
        with self.output.open("w") as output:
            self.process = subprocess.Popen(
                [str(self.checkout / "bin" / "up")],
                env=plain_environment(PYTHON=sys.executable, **self.values),
                stdout=output,
                stderr=output,
                text=True,
            )

    def _is_told(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, self.output.read_text()
        return f"http://localhost:{self.port}/\n" in self.output.read_text()

    def stop(self, number: int = signal.SIGTERM) -> int:
        """The exit code of bin/up after the signal."""
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(60)

    def manage(self, *arguments: str) -> str:
        done = run(str(self.checkout / "bin" / "manage"), *arguments, **self.values)
        assert done.returncode == 0, done.stdout
        return done.stdout

    def processes(self) -> dict[int, str]:
        """Our processes (those with our data folder in their environment) and command lines."""
        mark = f"OMS_HOME={self.home}".encode()
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if mark in (folder / "environ").read_bytes().split(b"\0"):
                    line = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                    found[int(folder.name)] = line
            except OSError:
                continue
        return {pid: line for pid, line in found.items() if line}

    def pids_of(self, part: str) -> list[int]:
        """The processes of a part, by a piece of their command line; the first one leads."""
        return [pid for pid, line in self.processes().items() if part in line]

    def postgres_pid(self) -> int:
        return int((self.home / "postgres" / "postmaster.pid").read_text().split()[0])
