"""Which processes we started, kept in a file, so that the next start can end them if we are killed."""

import json
from pathlib import Path

from oms.servers.home import CHECKOUT, Home
from oms.servers.processes import command_line, end_groups, group_members

_PATIENCE_SECONDS = 5.0


def record(home: Home, leaders: list[int]) -> None:
    """Remember the leaders of the process groups that run now; none when all have ended."""
    _file(home).write_text(json.dumps(leaders))


def end_all(home: Home) -> int:
    """End what an earlier run of this data folder left behind; returns how many groups."""
    try:
        leaders: list[int] = json.loads(_file(home).read_text())
    except (FileNotFoundError, ValueError):
        return 0
    # A number may belong to another program by now: only groups with a process of ours are ended.
    left = [leader for leader in leaders if any(map(_is_ours, group_members(leader)))]
    end_groups(left, _PATIENCE_SECONDS)
    record(home, [])
    return len(left)


def _is_ours(pid: int) -> bool:
    """Whether it is run by the Python of this checkout."""
    return str(CHECKOUT) in command_line(pid)


def _file(home: Home) -> Path:
    return home.root / "processes.json"
