"""Throw-away databases on the same server as the live one, and an empty Redis database.

All names begin with the live database's name and `_bench`, so that whatever a killed run left
behind is found and dropped by the next one.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

import psycopg2
import redis
from django.db import connection
from psycopg2 import sql

_REDIS_DATABASES = range(15, 0, -1)


class BenchProblem(Exception):
    """The benchmarks cannot run; the text says what to do."""


@dataclass(frozen=True)
class Server:
    """The PostgreSQL server of `url`, seen from its maintenance database."""

    url: str

    @property
    def prefix(self) -> str:
        """What the names of all throw-away databases begin with."""
        return unquote(urlsplit(self.url).path.lstrip("/")).split("_bench")[0] + "_bench"

    def url_of(self, database: str) -> str:
        return urlunsplit(urlsplit(self.url)._replace(path=f"/{database}"))

    def connect(self, database: str = "postgres") -> Any:
        """A raw connection in autocommit mode."""
        raw = psycopg2.connect(self.url_of(database).replace("postgres://", "postgresql://", 1))
        raw.autocommit = True
        return raw

    def execute(self, statement: sql.Composable) -> None:
        """Run a statement in the maintenance database."""
        raw = self.connect()
        try:
            with raw.cursor() as cursor:
                cursor.execute(statement)
        finally:
            raw.close()

    def create(self, database: str, *, like: str = "template1") -> None:
        """Copy the database `like`; nobody may be connected to it."""
        self.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
                sql.Identifier(database), sql.Identifier(like)
            )
        )

    def drop(self, database: str) -> None:
        """Drop a throw-away database and end whoever is still in it."""
        if not database.startswith(self.prefix):
            raise ValueError(f"{database} is not a throw-away database")
        self.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database))
        )

    def leftovers(self) -> list[str]:
        """Throw-away databases that exist now."""
        raw = self.connect()
        try:
            with raw.cursor() as cursor:
                cursor.execute("SELECT datname FROM pg_database ORDER BY 1")
                return [name for (name,) in cursor.fetchall() if name.startswith(self.prefix)]
        finally:
            raw.close()


@contextmanager
def only_run(server: Server) -> Iterator[None]:
    """Hold the lock of benchmark runs; drop what is left behind before and after.

    Raises BenchProblem when another run is under way or the role may not create databases.
    """
    raw = server.connect()
    try:
        with raw.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [server.prefix])
            if not cursor.fetchone()[0]:
                raise BenchProblem(
                    "Another benchmark run is under way on this server; wait for it."
                )
            cursor.execute(
                "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
            )
            if not cursor.fetchone()[0]:
                raise BenchProblem("The database user needs CREATEDB: ALTER ROLE … CREATEDB.")
            # Only who holds the lock may drop: the databases of another run are in use.
            _drop_all(server)
            try:
                yield
            finally:
                _drop_all(server)
                # The server lets go of a closed connection's lock only a moment later.
                cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [server.prefix])
    finally:
        raw.close()


def _drop_all(server: Server) -> None:
    for database in server.leftovers():
        server.drop(database)


@contextmanager
def empty_redis(url: str) -> Iterator[str]:
    """The address of a Redis database that holds nothing; emptied again afterwards."""
    for number in _REDIS_DATABASES:
        address = urlunsplit(urlsplit(url)._replace(path=f"/{number}"))
        client = redis.Redis.from_url(address)
        if not client.dbsize():
            break
    else:
        raise BenchProblem("No empty database is left on the Redis server.")
    try:
        yield address
    finally:
        client.flushdb()
        client.close()


def switch_to(database: str) -> None:
    """Let Django's connection of this process speak to another database of the same server."""
    connection.close()
    connection.settings_dict["NAME"] = database


def server_of_environment() -> Server:
    return Server(os.environ["DATABASE_URL"])
