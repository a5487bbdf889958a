"""The web server under test: the same gunicorn that `bin/serve web` becomes, on a bench database."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from integrations.bench.rounds import percentile
from integrations.bench.scratch import BenchProblem

WEB_PROCESSES = 2
_START_SECONDS = 60


@dataclass(slots=True)
class Loaded:
    """What the load generator saw in one cell."""

    requests: int
    seconds: float
    statuses: dict[str, int]
    latencies: list[float]
    first_refusal: str

    @property
    def per_second(self) -> float:
        return self.requests / self.seconds

    def milliseconds(self, share: float) -> float:
        """The latency that `share` of the requests did not exceed."""
        return percentile(self.latencies, share) * 1000


@dataclass
class Web:
    """A running web server."""

    port: int
    pid: int
    sent: int = field(default=0)

    def load(
        self, head: str, bodies: Sequence[str] = (), *, clients: int = 4, seconds: float = 2.0
    ) -> Loaded:
        """Run the load generator. `head` is the request line and headers, each ending in CR LF."""
        asked = {
            "port": self.port, "clients": clients, "seconds": seconds, "first_no": self.sent,
            "head": head, "bodies": list(bodies),
        }  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-m", "integrations.bench.load"],
            input=json.dumps(asked), capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode != 0:
            raise BenchProblem(f"The load generator failed:\n{done.stderr}")
        seen: dict[str, Any] = json.loads(done.stdout)
        self.sent = seen.pop("last_no")
        return Loaded(**seen)

    def resident_mb(self) -> list[float]:
        """Resident memory of each worker process, in MB of 10^6 bytes."""
        shown = subprocess.run(
            ["ps", "-o", "rss=", "--ppid", str(self.pid)],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        return [int(line) * 1024 / 1e6 for line in shown.stdout.split()]


@contextmanager
def web_server(**environment: str) -> Iterator[Web]:
    """Start the web server on the database and Redis of this process' environment."""
    port = _free_port()
    settings = {
        **os.environ, "PORT": str(port), "OMS_BIND": "127.0.0.1",
        "OMS_WEB_PROCESSES": str(WEB_PROCESSES), "OMS_LOG_LEVEL": "WARNING", **environment,
    }  # fmt: skip
    server = subprocess.Popen(
        [sys.executable, "-m", "oms.launch.serve", "web"],
        env=settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait_until_ready(server, port)
        yield Web(port, server.pid)
    finally:
        server.terminate()
        server.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(server: "subprocess.Popen[bytes]", port: int) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz/live", timeout=5):
                return
        except (urllib.error.URLError, OSError) as error:
            if server.poll() is not None or time.monotonic() > deadline:
                raise BenchProblem(f"The web server did not start: {error}") from error
            time.sleep(0.05)
