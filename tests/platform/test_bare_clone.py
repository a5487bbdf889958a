"""A bare clone on a machine with Python only: one command, and the first page is there."""

import os
import shutil
import subprocess
import sys

import pytest

from oms.servers.home import CHECKOUT
from tests.platform.system import System, answer

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not os.environ.get("OMS_REQUIRE_BARE_CLONE"),
        reason="installs everything from the network; .ci/run does it",
    ),
]
FIRST_START_SECONDS = 180


@pytest.fixture
def clone(tmp_path):
    """A clone of what is committed, not of what lies in the folder."""
    target = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", str(CHECKOUT), str(target)], check=True)
    return target


def test_the_first_start_of_a_bare_clone_ends_in_a_working_page(clone, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(only_a_shell_and_python(tmp_path / "bin")))
    system = System(clone / ".local", clone)

    seconds = system.start(FIRST_START_SECONDS)
    try:
        assert answer(system.port, "/login/")[0] == 200
    finally:
        assert system.stop() == 0
    print(f"first start of a bare clone: {seconds:.0f} s")


def only_a_shell_and_python(folder):
    """A PATH without npm, psql or a compiler."""
    folder.mkdir()
    for tool in ("sh", "env", "dirname"):
        (folder / tool).symlink_to(shutil.which(tool))
    (folder / "python3").symlink_to(sys.executable)
    return folder
