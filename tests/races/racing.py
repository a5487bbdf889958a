"""Acts that happen at the same time, each with a database connection of its own."""

from collections.abc import Callable
from contextlib import suppress
from threading import Barrier, BrokenBarrierError, Thread
from typing import Any

from django.db import connections

# Long enough for the other thread to get to the same place, if nothing keeps it from there.
MEETING_SECONDS = 1.0


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run the acts side by side; gives what each returned, or the exception it raised."""
    results: list[Any] = [None] * len(acts)

    def run(place: int) -> None:
        try:
            results[place] = acts[place]()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            results[place] = error
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


def meeting_after(function: Callable[..., Any], people: int = 2) -> Callable[..., Any]:
    """`function`, after which each caller waits for the others: the worst moment for a race.

    Where a lock keeps the others away, the wait ends by itself.
    """
    barrier = Barrier(people)

    def and_meet(*args: Any, **kwargs: Any) -> Any:
        result = function(*args, **kwargs)
        with suppress(BrokenBarrierError):
            barrier.wait(MEETING_SECONDS)
        return result

    return and_meet
