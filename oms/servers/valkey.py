"""One embedded Valkey: append-only file, password, loopback only, never evicts."""

import os
import signal
import subprocess
import time

import redis

from oms.servers.binaries import own, programs
from oms.servers.home import Home, ServerProblem
from oms.servers.processes import tail

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
    if not _answers(home):
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


def _answers(home: Home) -> bool:
    """Whether the server runs. That our password is accepted proves that it is ours."""
    if not home.remembered("valkey_port"):
        return False
    try:
        with _client(home) as client:
            client.ping()
    except redis.exceptions.BusyLoadingError:
        return False
    except (redis.exceptions.RedisError, OSError):
        return False
    return True


def _start(home: Home) -> None:
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
    # Through a pipe: a password on the command line would show in the list of processes.
    assert server.stdin is not None
    server.stdin.write(configuration.encode())
    server.stdin.close()
    deadline = time.monotonic() + _START_SECONDS
    while not _answers(home):
        if server.poll() is not None or time.monotonic() > deadline:
            raise ServerProblem(f"Valkey did not start; the end of {log}:\n{tail(log)}")
        time.sleep(0.02)
