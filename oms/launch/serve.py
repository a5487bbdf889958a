"""One process of the system: `bin/serve web|worker|beat|migrate|health|build`.

`bin/up` and docker-compose start the same commands; the settings come from the environment.
"""

import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request

import django
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import OperationalError

from oms.env import BadSetting, env_int, env_list, env_str
from oms.launch import steps
from oms.servers.home import CHECKOUT, Home, ServerProblem, export_secret_key

_CELERY = [sys.executable, "-m", "celery", "-A", "oms"]
_NODES = {"worker": "worker", "beat": "celerybeat"}
_QUIET = ["--loglevel", "INFO"]


def main(arguments: list[str]) -> int:
    """Run one part; returns an exit code unless it became the part itself."""
    parts = {part.__name__: part for part in (web, worker, beat, migrate, health, build)}
    if not arguments or arguments[0] not in parts:
        print(f"usage: bin/serve {'|'.join(parts)}", file=sys.stderr)
        return 2
    for name in ("DATABASE_URL", "REDIS_URL"):
        if not env_str(name, "") and arguments[0] != "build":
            raise BadSetting(
                f"{name} is not set. bin/serve runs one part against servers that run already: set "
                f"{name} to yours, or start everything with bin/up."
            )
    os.chdir(CHECKOUT)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oms.settings")
    os.environ.setdefault("OMS_PROCESS", f"oms-{arguments[0]}")
    return parts[arguments[0]](*arguments[1:])


def web() -> int:
    """The web server. In production it refuses to start while a deploy check fails."""
    os.environ.setdefault("OMS_STATEMENT_TIMEOUT_MS", "30000")
    if env_str("OMS_ENV", "development") == "production":
        django.setup()
        try:
            call_command("check", deploy=True, databases=["default"], fail_level="WARNING")
        except OperationalError as error:
            raise BadSetting(f"The database of DATABASE_URL does not answer: {error}") from error
    command = [sys.executable, "-m", "gunicorn", "-c", "python:oms.gunicorn_config"]
    os.execv(command[0], [*command, "oms.wsgi:application"])


def worker() -> int:
    """The background workers."""
    options = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    os.execv(_CELERY[0], [*_CELERY, "worker", "--hostname", "worker@%h", *options, *_QUIET])


def beat() -> int:
    """The clock that nudges the workers; there must be one only."""
    schedule = os.path.join(os.environ.get("OMS_HOME") or "/tmp", "beat-schedule")
    options = ["--enable-remote-control", "--schedule", schedule]
    os.execv(_CELERY[0], [*_CELERY, "beat", *options, *_QUIET])


def migrate() -> int:
    """Bring tables and roles up to date; safe to run at every start."""
    django.setup()
    call_command("migrate", interactive=False)
    call_command("sync_roles")
    return 0


def build() -> int:
    """What an image holds ready: front-end files, translations, static files. Needs no servers."""
    steps.publish_frontend()
    django.setup()
    call_command("messages", "compile")
    call_command("collectstatic", interactive=False, verbosity=0)
    return 0


def health(part: str = "web") -> int:
    """0 when this container's part is healthy; for the container's health check."""
    if part not in _NODES:
        return _web_health()
    node = f"{_NODES[part]}@{socket.gethostname()}"
    command = [*_CELERY, "inspect", "ping", "--timeout", "10", "--destination", node]
    return subprocess.run(command, check=False).returncode


def _web_health() -> int:
    request = urllib.request.Request(f"http://127.0.0.1:{env_int('PORT', 8000)}/healthz/ready")
    request.add_header("Host", env_list("OMS_ALLOWED_HOSTS", ["localhost"])[0].lstrip("."))
    try:
        urllib.request.urlopen(request, timeout=5).close()
    except (urllib.error.URLError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    try:
        if env_str("OMS_ENV", "development") != "production":
            export_secret_key(Home.from_environment())
        sys.exit(main(sys.argv[1:]))
    except (BadSetting, ServerProblem, SystemCheckError, steps.StepFailed) as problem:
        sys.exit(f"error: {problem}")
