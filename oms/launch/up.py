"""`bin/up`: everything set up and running in the foreground, until Ctrl-C."""

import fcntl
import http.client
import os
import secrets
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from oms.env import BadSetting, env_bool, env_int, env_str
from oms.launch import leftovers, steps
from oms.launch.supervisor import Supervisor
from oms.servers.home import Home, ServerProblem, export_secret_key, is_listening
from oms.servers.session import embedded_servers

DEMO_USERS = (
    "clerk",
    "reviewer",
    "warehouse",
    "purchasing",
    "finance",
    "manager",
    "admin",
    "auditor",
)
_FIRST_ANSWER_SECONDS = 60.0


def main() -> None:
    """Run until asked to stop. Raises StepFailed, ServerProblem or BadSetting with a remedy."""
    started = float(env_str("OMS_STARTED_AT", str(time.time())))
    home = Home.from_environment()
    port = env_int("PORT", 8000, low=1, high=65535)
    with _only_one(home, port):
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        _end_leftovers(home)
        _check_port(port)
        _export(home, port)
        steps.publish_frontend()
        with embedded_servers() as servers:
            system = Supervisor(home, servers)
            _set_up(home)
            system.listen()
            try:
                _start(system, port, started)
                _tell(home, port)
                system.watch()
                steps.say("Stopping")
            finally:
                system.stop()
        steps.say("Stopped; the data is kept in " + str(home.root))


def _end_leftovers(home: Home) -> None:
    count = leftovers.end_all(home)
    if count:
        steps.say(f"An earlier run was killed; ended its {count} processes")


def _set_up(home: Home) -> None:
    steps.compile_translations(home)
    steps.migrate(home)
    steps.sync_roles(home)
    if env_bool("OMS_DEMO", True):
        steps.seed_demo(home)
    steps.collect_static(home)


def _start(system: Supervisor, port: int, started: float) -> None:
    """Web first, so that the first page comes early; then those that work behind it."""
    system.start("web")
    deadline = time.monotonic() + _FIRST_ANSWER_SECONDS
    while not _first_page_is_there(port) and not system.is_stopping:
        system.must_run("web")
        if time.monotonic() > deadline:
            raise steps.StepFailed(f"No page within 60 s; see {system.home.log('web')}.")
        time.sleep(0.05)
    steps.say(f"First page after {time.time() - started:.1f} s")
    system.start("worker")
    system.start("beat")


def _first_page_is_there(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    with suppress(OSError, http.client.HTTPException):
        connection.request("GET", "/login/", headers={"Host": _own_host()})
        answer = connection.getresponse()
        answer.read()
        return answer.status < http.client.INTERNAL_SERVER_ERROR
    return False


def _own_host() -> str:
    return (
        env_str("OMS_ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip("*.") or "localhost"
    )


def _export(home: Home, port: int) -> None:
    """What the processes we start read from their environment."""
    export_secret_key(home)
    os.environ["OMS_HOME"] = str(home.root)
    os.environ["PORT"] = str(port)
    os.environ.setdefault("OMS_STATIC_ROOT", str(home.root / "static"))
    os.environ[steps.DEMO_PASSWORD] = _demo_password(home)


def _demo_password(home: Home) -> str:
    """The password the demo log-ins have, or will get: the one asked for, else a random one."""
    kept = home.remembered("demo_password")
    asked = env_str(steps.DEMO_PASSWORD, "")
    if asked and not home.remembered("demo"):
        return home.remember("demo_password", asked)
    return kept or home.remember("demo_password", _readable_password())


def _readable_password() -> str:
    """Three groups of letters and digits that cannot be mistaken for one another: 73 bits."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(alphabet) for _ in range(5)) for _ in range(3))


def _check_port(port: int) -> None:
    if is_listening(port):
        raise steps.StepFailed(
            f"Port {port} is used by another program. Choose another one: PORT={port + 1} bin/up"
        )


def _tell(home: Home, port: int) -> None:
    print(f"\n   http://localhost:{port}/\n")
    if home.remembered("demo"):
        print(f"   Log in as   {', '.join(DEMO_USERS)}")
        print(f"   Password    {os.environ[steps.DEMO_PASSWORD]}\n")
    else:
        print("   No demo company. Make the first user: bin/manage createsuperuser\n")
    print(f"   Data {home.root} · logs {home.root / 'log'} · stop with Ctrl-C\n", flush=True)


@contextmanager
def _only_one(home: Home, port: int) -> Iterator[None]:
    """Hold the data folder. The lock dies with the process, so a crash leaves nothing to remove."""
    with open(home.root / "up.lock", "a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise steps.StepFailed(
                f"The system already runs on this data folder: {lock.read().strip()}. Stop it "
                "first, or start a second one beside it: OMS_HOME=/another/folder PORT=8001 bin/up"
            ) from None
        lock.truncate(0)
        lock.write(f"process {os.getpid()}, http://localhost:{port}/")
        lock.flush()
        yield


if __name__ == "__main__":
    try:
        main()
    except (steps.StepFailed, ServerProblem, BadSetting) as problem:
        sys.exit(f"error: {problem}")
    except KeyboardInterrupt:
        sys.exit("error: interrupted before the system was up")
