"""Looking at and ending processes by their id, never by name."""

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path


def command_line(pid: int) -> str:
    """The command line of a process, empty when there is none."""
    shown = Path(f"/proc/{pid}/cmdline")
    if Path("/proc/self/cmdline").exists():
        try:
            return shown.read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
        except OSError:
            return ""
    command = ["ps", "-p", str(pid), "-o", "args="]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def wait_gone(pid: int, seconds: float) -> bool:
    """Whether the process ends within this time."""
    deadline = time.monotonic() + seconds
    while command_line(pid):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def group_members(leader: int) -> list[int]:
    """The processes of a group, also when its leader has ended."""
    members = []
    for pid in _all_processes():
        with contextlib.suppress(OSError):
            if os.getpgid(pid) == leader:
                members.append(pid)
    return members


def end_groups(leaders: list[int], seconds: float) -> None:
    """End process groups we started: ask the leaders, then end what is left by force."""
    deadline = time.monotonic() + seconds
    for leader in leaders:
        with contextlib.suppress(OSError):
            os.kill(leader, signal.SIGTERM)
    for leader in leaders:
        wait_gone(leader, deadline - time.monotonic())
        kill_group(leader)
        wait_gone(leader, 5.0)


def kill_group(leader: int) -> None:
    """End what is left of a group at once."""
    with contextlib.suppress(OSError):
        os.killpg(leader, signal.SIGKILL)


def outlive(server: "subprocess.Popen[bytes]") -> None:
    """Let a server we started run on: Python would warn that nobody waits for it, whenever it tidies up."""
    server.returncode = 0


def _all_processes() -> list[int]:
    if Path("/proc/self").exists():
        return [int(folder.name) for folder in Path("/proc").glob("[0-9]*")]
    shown = subprocess.run(["ps", "-axo", "pid="], capture_output=True, text=True, check=False)
    return [int(word) for word in shown.stdout.split()]


def tail(path: Path, lines: int = 15) -> str:
    """The last lines of a log file."""
    try:
        return "\n".join(path.read_text(errors="replace").splitlines()[-lines:])
    except OSError:
        return "(no log)"
