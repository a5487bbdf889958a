"""Keeps the processes of one system running: starts, watches, restarts and stops them."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from types import FrameType

from oms.launch import leftovers
from oms.launch.steps import StepFailed, say
from oms.servers.home import CHECKOUT, Home, ServerProblem
from oms.servers.processes import kill_group, tail
from oms.servers.session import Servers

_STOP_SECONDS = 25.0
_STEADY_SECONDS = 30.0
_LONGEST_PAUSE = 30.0
_SERVER_CHECK_SECONDS = 3.0


@dataclass
class Child:
    """One process we keep running."""

    name: str
    process: "subprocess.Popen[bytes] | None" = None
    started_at: float = 0.0
    start_after: float = 0.0
    crashes: int = 0


@dataclass
class Supervisor:
    """The processes of one data folder. `servers` is None when all servers are somebody else's."""

    home: Home
    servers: Servers | None
    children: dict[str, Child] = field(default_factory=dict)
    is_stopping: bool = False

    def listen(self) -> None:
        """Ctrl-C, SIGTERM and a closed terminal end everything in order."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._asked_to_stop)

    def start(self, name: str) -> None:
        """Start `bin/serve <name>`, its output going to a log file."""
        child = self.children.setdefault(name, Child(name))
        with self.home.open_log(name) as output:
            child.process = subprocess.Popen(
                [sys.executable, "-m", "oms.launch.serve", name],
                cwd=CHECKOUT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        child.started_at = time.monotonic()
        self._record()

    def watch(self) -> None:
        """Restart what ends, until asked to stop."""
        next_look = 0.0
        while not self.is_stopping:
            for child in self.children.values():
                self._revive(child)
            if self.servers and time.monotonic() > next_look:
                self._revive_servers(self.servers)
                next_look = time.monotonic() + _SERVER_CHECK_SECONDS
            time.sleep(0.2)

    def stop(self) -> None:
        """End all children, the ones that make work first; tasks in hand may finish."""
        running = [child for child in self.children.values() if child.process]
        for child in running:
            if child.process and child.process.poll() is None:
                os.kill(child.process.pid, signal.SIGTERM)
        deadline = time.monotonic() + _STOP_SECONDS
        for child in running:
            self._end(child, deadline)
        leftovers.record(self.home, [])

    def must_run(self, name: str) -> None:
        """Raises StepFailed with the end of its log when the child has ended."""
        process = self.children[name].process
        if process and process.poll() is not None:
            log = self.home.log(name)
            raise StepFailed(f"{name} did not start; the end of {log}:\n{tail(log)}")

    def _end(self, child: Child, deadline: float) -> None:
        process = child.process
        if process is None:
            return
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            say(f"{child.name} does not end by itself; ending it by force")
        # Also whatever it started and left behind.
        kill_group(process.pid)
        process.wait()

    def _revive(self, child: Child) -> None:
        now = time.monotonic()
        if child.process is not None and child.process.poll() is not None:
            kill_group(child.process.pid)
            is_steady = now - child.started_at > _STEADY_SECONDS
            child.crashes = 1 if is_steady else child.crashes + 1
            pause = min(_LONGEST_PAUSE, 0.5 * 2 ** (child.crashes - 1))
            child.start_after = now + pause
            say(
                f"{child.name} ended (code {child.process.returncode}); starting it again in "
                f"{pause:g} s; see {self.home.log(child.name)}"
            )
            child.process = None
        if child.process is None and now >= child.start_after:
            self.start(child.name)

    def _revive_servers(self, servers: Servers) -> None:
        try:
            servers.start()
        except ServerProblem as problem:
            say(str(problem))

    def _asked_to_stop(self, number: int, frame: FrameType | None) -> None:
        self.is_stopping = True

    def _record(self) -> None:
        """Remember the processes, so that the next start can end them if we are killed."""
        leftovers.record(self.home, [c.process.pid for c in self.children.values() if c.process])
