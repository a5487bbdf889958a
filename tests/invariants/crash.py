"""A process that dies between two statements of a verb."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

_OF_SAVEPOINTS = ("SAVEPOINT", "RELEASE", "ROLLBACK")


class Crash(Exception):
    """The process is gone; whatever transaction was open is rolled back."""


@contextmanager
def crashing_at(number: int) -> Iterator[None]:
    """Raise Crash instead of the statement of this number (from 0), once."""
    passed = 0

    def execute_or_crash(execute: Any, sql: Any, *arguments: Any) -> Any:
        nonlocal passed
        if str(sql).startswith(_OF_SAVEPOINTS):
            return execute(sql, *arguments)
        passed += 1
        if passed == number + 1:
            raise Crash
        return execute(sql, *arguments)

    with connection.execute_wrapper(execute_or_crash):
        yield
