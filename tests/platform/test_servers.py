import os
import signal
import socket
import threading
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection

from oms.servers import valkey
from oms.servers.home import Home
from oms.servers.processes import command_line

EXTENSIONS = {"pg_trgm", "btree_gin", "btree_gist", "unaccent", "pg_stat_statements"}


def _listening(port: int = 0) -> socket.socket:
    return socket.create_server(("127.0.0.1", port))


def test_a_port_that_comes_free_in_a_moment_is_kept(tmp_path: Path):
    """A killed server's socket may live a little longer than its name in the list of processes."""
    dying = _listening()
    port = dying.getsockname()[1]
    home = Home(tmp_path)
    home.remember("valkey_port", str(port))
    threading.Timer(0.3, dying.close).start()

    assert home.port("valkey_port") == port


def test_a_port_that_somebody_else_keeps_is_left_to_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("oms.servers.home._PATIENCE_SECONDS", 0.1)
    home = Home(tmp_path)
    with _listening() as other:
        taken = other.getsockname()[1]
        home.remember("valkey_port", str(taken))

        assert home.port("valkey_port") != taken
    assert home.remembered("valkey_port") != str(taken)


@pytest.mark.django_db
def test_the_test_database_is_postgresql_18_in_utf8_with_our_extensions():
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        version = cursor.fetchone()[0]
        cursor.execute("SHOW server_encoding")
        encoding = cursor.fetchone()[0]
        cursor.execute("SELECT extname FROM pg_extension")
        extensions = {row[0] for row in cursor.fetchall()}

    assert version.split(".")[0] == "18"
    assert encoding == "UTF8"
    assert extensions >= EXTENSIONS


def test_the_cache_is_a_real_server():
    cache.set("greeting", "你好", 5)

    assert cache.get("greeting") == "你好"


# The servers outlive the objects that started them, as they are meant to.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_broker_that_hangs_is_replaced_at_its_address(tmp_path: Path):
    """Two servers on one folder, one of them forgotten by everybody, would be the alternative."""
    (tmp_path / "log").mkdir()
    home = Home(tmp_path)
    address = valkey.ensure(home)
    hung = int((tmp_path / "valkey.pid").read_text())
    os.kill(hung, signal.SIGSTOP)

    try:
        assert valkey.ensure(home) == address
        assert command_line(hung) == ""
    finally:
        valkey.stop(home)
