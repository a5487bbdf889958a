"""`bin/test`: the tests, with every argument handed to pytest."""

import os
import sys

import pytest

from oms.launch import steps
from oms.servers import testing
from oms.servers.home import ServerProblem

_WORKERS = 2
_HOW_IT_IS_TOLD = ("-q", "--durations", "--junitxml")


def main(arguments: list[str]) -> int:
    """Prepare what the screens need, then run pytest; returns its exit code.

    The whole suite is spread over processes, each with a database of its own on the one
    throw-away server; a selection runs in one process, where its output is easier to follow.
    Who has nothing left takes tests from the end of the other's list.
    """
    # A hundred processes are started by tests; none need compile what the one before has compiled.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    home = testing.enter()
    steps.publish_frontend()
    steps.compile_translations(home)
    is_whole_suite = all(argument.startswith(_HOW_IT_IS_TOLD) for argument in arguments)
    if is_whole_suite and (os.cpu_count() or 1) >= _WORKERS:
        arguments = [*arguments, "-n", str(_WORKERS), "--dist", "worksteal"]
    return pytest.main(arguments)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (steps.StepFailed, ServerProblem) as problem:
        sys.exit(f"error: {problem}")
