import os
import signal
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import connection

from oms.servers import valkey
from oms.servers.home import Home
from oms.servers.processes import command_line

EXTENSIONS = {"pg_trgm", "btree_gin", "btree_gist", "unaccent", "pg_stat_statements"}


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
