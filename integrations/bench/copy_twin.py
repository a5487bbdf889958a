"""The rows an import left, loaded again by plain COPY into the same tables, everything live."""

from pathlib import Path
from typing import Any

from psycopg2 import sql

from integrations.bench.rounds import seconds_of
from integrations.bench.scratch import Server

_TABLES = """
SELECT c.oid::regclass::text,
       array_agg(quote_ident(a.attname) ORDER BY a.attnum) FILTER (WHERE a.attgenerated = '')
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace GROUP BY c.oid ORDER BY 1
"""


class Dump:
    """Every table of one database that holds other rows than an empty one, as files of COPY."""

    def __init__(self, server: Server, database: str, empty: str, folder: Path) -> None:
        self.server = server
        self.files: list[tuple[str, Path]] = []
        self.rows = 0
        with server.connect(database) as full, server.connect(empty) as bare:
            for table, columns in _rows(full, _TABLES):
                count = _rows(full, f"SELECT count(*) FROM {table}")[0][0]
                if count == _rows(bare, f"SELECT count(*) FROM {table}")[0][0]:
                    continue
                name = f"{table} ({', '.join(columns)})"
                path = folder / f"{len(self.files)}.copy"
                with path.open("wb") as file, full.cursor() as cursor:
                    cursor.copy_expert(f"COPY {name} TO STDOUT", file)
                self.files.append((name, path))
                self.rows += count
        full.close()
        bare.close()

    def load_seconds(self, database: str) -> float:
        """COPY all of it into a database like the empty one: one transaction, every check live."""
        raw = self.server.connect(database)
        raw.autocommit = False
        try:
            return seconds_of(lambda: self._load(raw))
        finally:
            raw.close()

    def _load(self, raw: Any) -> None:
        with raw.cursor() as cursor:
            for name, path in self.files:
                with path.open("rb") as file:
                    cursor.copy_expert(f"COPY {name} FROM STDIN", file, 1 << 20)
        raw.commit()


def count_of(server: Server, database: str, table: str) -> int:
    """Rows of a table in another database."""
    with server.connect(database) as raw, raw.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
        count: int = cursor.fetchone()[0]
    raw.close()
    return count


def _rows(raw: Any, statement: str) -> list[tuple[Any, ...]]:
    with raw.cursor() as cursor:
        cursor.execute(statement)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
