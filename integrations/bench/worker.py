"""A worker process beside what is measured: `python -m integrations.bench.worker once|always`.

It says a line when it is ready and begins when a line comes. `once` drains what waits and ends; `always` goes on until
its input ends, then drains what is left. The exit code is not 0 when anything failed, a deadlock for instance.
"""

import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

import django


class Worker:
    """The process, seen from the benchmark."""

    def __init__(self, how: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "integrations.bench.worker", how],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        assert self.process.stdout
        self.process.stdout.readline()

    def begin(self) -> None:
        assert self.process.stdin
        self.process.stdin.write(b"\n")
        self.process.stdin.flush()

    @property
    def is_at_work(self) -> bool:
        return self.process.poll() is None

    def end(self) -> bool:
        """Wait until it is done; whether nothing failed."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.close()
        is_right = self.process.wait() == 0
        self.process.stdout.close()
        return is_right


@contextmanager
def worker(how: str) -> Iterator[Worker]:
    """A worker that is ready; it is stopped if the benchmark fails meanwhile."""
    one = Worker(how)
    try:
        yield one
    finally:
        if one.is_at_work:
            one.process.terminate()
            one.process.wait()


def main(how: str) -> None:
    django.setup()
    advance = import_module("orders.pipeline").advance  # models can be imported only now
    print(flush=True)
    sys.stdin.readline()
    if how == "always":
        while not select.select([sys.stdin], [], [], 0.05)[0]:
            advance()
    advance()


if __name__ == "__main__":
    main(sys.argv[1])
