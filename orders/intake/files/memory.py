"""Memory: how much this process has held at most, and when to look for what can be given back."""

import gc
import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_STATUS = Path("/proc/self/status")


def peak_megabytes() -> float:
    """Megabytes resident at the highest point."""
    if _STATUS.exists():
        # Not getrusage: on Linux that remembers the parent's peak across exec.
        line = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM"))
        return round(int(line.split()[1]) / 1024, 1)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1024 * 1024 if sys.platform == "darwin" else 1024), 1)


@contextmanager
def without_collection() -> Iterator[None]:
    """Python does not search for circular garbage meanwhile.

    An import makes millions of objects and no circles; searching them costs 40 % of its time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
