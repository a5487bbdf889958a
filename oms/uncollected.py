"""Work on hundreds of thousands of rows without looking for cycles among them."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Rows have no cycles, but looking for some takes as long as a third of the work with them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            # What was made meanwhile counts as old: else the next look, among the young ones, goes through all of it.
            gc.freeze()
            gc.unfreeze()
            gc.enable()
