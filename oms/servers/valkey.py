"""One embedded Valkey: append-only file, password, loopback only, never evicts."""

import os
import signal
import subprocess
import time
from pathlib import Path

import redis

from oms.servers.binaries import own, programs
from oms.servers.home import Home, ServerProblem
from oms.servers.processes import command_line, outlive, tail, wait_gone

_START_SECONDS = 30
_CONFIGURATION = """
bind 127.0.0.1
port {port}
requirepass {password}
appendonly {append_only}
appendfsync everysec
save ""
maxmemory 256mb
maxmemory-policy noeviction
"""


def ensure(home: Home) -> str:
    """Start the server unless it runs; returns its REDIS_URL."""
    if _state(home) == "down":
        _start(home)
    return _url(home)


def stop(home: Home) -> None:
    """Write the append-only file out and end the server."""
    if not _answers(home):
        return
    with _client(home) as client:
        pid = int(client.info("server")["process_id"])
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + _START_SECONDS
    while _answers(home):
        if time.monotonic() > deadline:
            raise ServerProblem(f"Valkey (process {pid}) did not stop; see {home.log('valkey')}.")
        time.sleep(0.02)


def _url(home: Home) -> str:
    password, port = home.secret("valkey_password"), home.remembered("valkey_port")
    return f"redis://:{password}@127.0.0.1:{port}/0"


def _client(home: Home) -> redis.Redis:
    return redis.Redis.from_url(_url(home), socket_timeout=5, socket_connect_timeout=5)


def _state(home: Home) -> str:
    """`up`, `loading` (reading its file after a start) or `down`.

    That our password is accepted proves that the server is ours.
    """
    if not home.remembered("valkey_port"):
        return "down"
    try:
        with _client(home) as client:
            client.ping()
    except redis.exceptions.BusyLoadingError:
        return "loading"
    except (redis.exceptions.RedisError, OSError):
        return "down"
    return "up"


def _answers(home: Home) -> bool:
    return _state(home) == "up"


def _end_silent(home: Home) -> None:
    """End a server of ours that lives but does not answer: two must never write one folder."""
    port = home.remembered("valkey_port")
    try:
        pid = int(_pid_file(home).read_text())
    except (FileNotFoundError, ValueError):
        return
    if port and f"127.0.0.1:{port}" in command_line(pid):
        os.kill(pid, signal.SIGKILL)
        wait_gone(pid, _START_SECONDS)


def _pid_file(home: Home) -> Path:
    return home.root / "valkey.pid"


def _start(home: Home) -> None:
    _end_silent(home)
    folder = home.root / "valkey"
    identity = own(folder)
    configuration = _CONFIGURATION.format(
        port=home.port("valkey_port"),
        password=home.secret("valkey_password"),
        append_only="no" if home.throw_away else "yes",
    )
    log = home.log("valkey")
    with home.open_log("valkey") as output:
        server = subprocess.Popen(
            [str(programs(home).valkey), "-"],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=output,
            start_new_session=True,
            **identity,
        )
    _pid_file(home).write_text(str(server.pid))
    # Through a pipe: a password on the command line would show in the list of processes.
    assert server.stdin is not None
    server.stdin.write(configuration.encode())
    server.stdin.close()
    deadline = time.monotonic() + _START_SECONDS
    while not _answers(home):
        if server.poll() is not None or time.monotonic() > deadline:
            raise ServerProblem(f"Valkey did not start; the end of {log}:\n{tail(log)}")
        time.sleep(0.02)
    outlive(server)
