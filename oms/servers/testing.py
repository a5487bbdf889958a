"""Throw-away servers for one test run: fast, unsafe on purpose, gone afterwards."""

import atexit
import os
import shutil
import tempfile
from contextlib import ExitStack, suppress
from pathlib import Path

from oms.servers import postgres, valkey
from oms.servers.home import Home, ServerProblem
from oms.servers.processes import command_line
from oms.servers.session import embedded_servers

_MARK = "OMS_TEST_SERVERS"
_KEPT = ("OMS_HOME", "OMS_REQUIRE_BROWSER", "OMS_REQUIRE_BARE_CLONE")
_PREFIX = "oms-test-"


def enter() -> Home:
    """Point this process, and the test workers it starts, at throw-away servers.

    Returns their data folder.
    """
    if os.environ.get(_MARK):
        _take_own_redis_database(os.environ.get("PYTEST_XDIST_WORKER", ""))
        return Home(Path(os.environ[_MARK]), throw_away=True)
    for name in [name for name in os.environ if name.startswith("OMS_")]:
        if name not in _KEPT:
            del os.environ[name]
    os.environ["OMS_ENV"] = "test"
    _end_leftovers()
    stack = ExitStack()
    home = _fresh_home(stack)
    stack.enter_context(embedded_servers(home))
    os.environ[_MARK] = str(home.root)
    atexit.register(_leave, stack, os.getpid())
    return home


def _take_own_redis_database(worker: str) -> None:
    """One for each test worker, as pytest-django makes one PostgreSQL database each."""
    if worker:
        base = os.environ["REDIS_URL"].rpartition("/")[0]
        os.environ["REDIS_URL"] = f"{base}/{1 + int(worker.removeprefix('gw')) % 15}"


def _fresh_home(stack: ExitStack) -> Home:
    root = Path(tempfile.mkdtemp(prefix=_PREFIX))
    stack.callback(shutil.rmtree, root, ignore_errors=True)
    root.chmod(0o711)
    (root / "log").mkdir()
    (root / "pid").write_text(str(os.getpid()))
    return Home(root, throw_away=True)


def _end_leftovers() -> None:
    """Stop the servers of test runs that were killed."""
    for root in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError, ValueError, ServerProblem):
            if root.stat().st_uid == os.getuid() and not command_line(_owner(root)):
                for server in (valkey, postgres):
                    server.stop(Home(root, throw_away=True))
                shutil.rmtree(root, ignore_errors=True)


def _owner(root: Path) -> int:
    return int((root / "pid").read_text())


def _leave(stack: ExitStack, pid: int) -> None:
    if os.getpid() == pid:
        stack.close()
