"""A broker that is away or does not answer costs a page a second at most."""

import socket
import sys

import pytest

from tests.platform.system import free_port, run

PUBLISH = """
import time, django
django.setup()
from kombu.exceptions import OperationalError
from oms.celery import app
for _ in range(2):
    begun = time.monotonic()
    try:
        app.send_task("oms.tasks.heartbeat")
    except OperationalError:
        print("refused", round(time.monotonic() - begun, 1))
"""
CACHE = """
import time, django
django.setup()
from django.core.cache import cache
begun = time.monotonic()
cache.set("a", 1)
print(cache.get("a"), cache.get_many(["a"]), cache.add("a", 1), cache.delete("a"))
print(round(time.monotonic() - begun, 1))
"""
# One second, and the load of other tests on the same machine.
PAGE_SECONDS = 1.5


@pytest.fixture
def silent_port():
    """A port where connections are taken and nothing is ever answered."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(50)
        yield server.getsockname()[1]


def with_broker(code: str, port: int) -> list[str]:
    done = run(
        sys.executable,
        "-c",
        code,
        DJANGO_SETTINGS_MODULE="oms.settings",
        REDIS_URL=f"redis://:x@127.0.0.1:{port}/0",
        OMS_LOG_LEVEL="CRITICAL",
    )
    assert done.returncode == 0, done.stdout
    return done.stdout.splitlines()


def test_publishing_to_a_silent_broker_gives_up_within_a_second(silent_port):
    attempts = with_broker(PUBLISH, silent_port)

    assert [line.split()[0] for line in attempts] == ["refused", "refused"]
    assert max(float(line.split()[1]) for line in attempts) <= PAGE_SECONDS


def test_publishing_to_an_absent_broker_fails_at_once():
    attempts = with_broker(PUBLISH, free_port())

    assert max(float(line.split()[1]) for line in attempts) <= PAGE_SECONDS
    assert len(attempts) == 2


def test_the_cache_gives_a_silent_server_up_quickly(silent_port):
    values, seconds = with_broker(CACHE, silent_port)

    assert values == "None {} False False"
    # Five calls of at most 0.3 s each.
    assert float(seconds) <= 5 * 0.3 + 0.5


def test_the_cache_is_empty_while_its_server_is_away():
    values, seconds = with_broker(CACHE, free_port())

    assert values == "None {} False False"
    assert float(seconds) <= PAGE_SECONDS
