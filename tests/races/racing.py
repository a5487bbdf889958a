"""Acts that happen at the same time, each with a database connection of its own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from threading import Barrier, BrokenBarrierError, Thread
from time import monotonic, sleep
from typing import Any

from django.db import connection, connections

from oms.sql import query
from tests.fixtures.clean import empty_tables

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


_inherited: list[Any] = []


def forget_inherited() -> None:
    """Let this process connect anew. Where the browser's event loop runs in the parent, Django closed other connections
    there than it finds here; kept, so that nobody says good-bye for the parent."""
    for one in connections.all(initialized_only=True):
        _inherited.append(one)
        del connections[one.alias]


def in_processes(*acts: Callable[[], Any]) -> list[Any]:
    """Run the acts in processes of their own, from one start; gives what each returned, or its error as text."""
    connections.close_all()  # a forked connection would be the parent's
    context = get_context("fork")
    start, answers = context.Barrier(len(acts)), context.SimpleQueue()

    def run(place: int) -> None:
        forget_inherited()
        start.wait(30)
        try:
            answer = acts[place]()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            answer = f"{type(error).__name__}: {error}"
        answers.put((place, answer))

    processes = [context.Process(target=run, args=(place,)) for place in range(len(acts))]
    for process in processes:
        process.start()
    found = dict(answers.get() for _one in acts)
    for process in processes:
        process.join(30)
    return [found[place] for place in range(len(acts))]


def beside(act: Callable[[], Any]) -> Thread:
    """Start `act` beside the caller, who goes on as soon as it is done or waits for a lock."""
    thread = Thread(target=at_once, args=(act,))
    thread.start()
    end = monotonic() + 20
    with connection.cursor() as cursor:
        while thread.is_alive() and monotonic() < end:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                break
            sleep(0.02)
    return thread


@contextmanager
def without_constraint(table: str, name: str) -> Iterator[None]:
    """The control: the table takes anything. Its rows are gone afterwards, as they may break the constraint."""
    found = "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s"
    words = query(found, [name])[0][0]
    query(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    try:
        yield
    finally:
        empty_tables()
        query(f"ALTER TABLE {table} ADD CONSTRAINT {name} {words}")
