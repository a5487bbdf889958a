"""What a benchmark is given: how long to measure, and databases to measure in."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.apps import apps
from django.db import connection

from integrations.bench.scratch import Server, switch_to


@dataclass(frozen=True, slots=True)
class Options:
    """`rounds` per figure; `sizes` are numbers of orders, small and large; `is_quick` shortens all.

    `file` is imported instead of a made one.
    """

    rounds: int
    sizes: tuple[int, int]
    is_quick: bool = False
    file: str = ""

    @property
    def seconds(self) -> float:
        """How long one cell of a throughput figure runs."""
        return 1.0 if self.is_quick else 2.0


@dataclass(frozen=True)
class Workbench:
    """One benchmark's bench. Databases are copies of the migrated, empty one."""

    options: Options
    server: Server

    @contextmanager
    def database(self, name: str, *, like: str = "empty") -> Iterator[str]:
        """A database made from another one, Django speaking to it; dropped at the end."""
        database = self.make(name, like=like)
        try:
            yield database
        finally:
            self.drop(name)

    def make(self, name: str, *, like: str = "empty") -> str:
        """Make a database that stays until the benchmarks end, and speak to it; its full name."""
        connection.close()
        self.server.create(self.full_name(name), like=self.full_name(like))
        return self.enter(name)

    def enter(self, name: str) -> str:
        """Speak to a database made before; its full name."""
        switch_to(self.full_name(name))
        apps.get_model("contenttypes", "ContentType").objects.clear_cache()
        os.environ["DATABASE_URL"] = self.server.url_of(self.full_name(name))
        return self.full_name(name)

    def has(self, name: str) -> bool:
        return self.full_name(name) in self.server.leftovers()

    def drop(self, name: str) -> None:
        connection.close()
        self.server.drop(self.full_name(name))

    def full_name(self, name: str) -> str:
        return f"{self.server.prefix}_{name}"


def say(text: str) -> None:
    """One line of progress."""
    print(f"   {text}", file=sys.stderr, flush=True)
