"""The raw halves of P5: review and allocation as one statement, and as a loop over orders."""

from collections.abc import Iterable
from typing import Any

from integrations.bench.goals import Report
from integrations.bench.pgbench import TWINS
from integrations.bench.rounds import seconds_of
from integrations.bench.scratch import Server

ORDERS = 33_334
Needs = list[tuple[Any, ...]]
"""An order's lines: line, SKU, quantity."""

_RESERVE = """
UPDATE raw_stock SET reserved = reserved + %s WHERE sku = %s AND on_hand - reserved >= %s
"""
_TAKE = "UPDATE raw_line SET state = 'allocated' WHERE id = %s"
_WRONG = """
SELECT count(*) FROM raw_stock s
LEFT JOIN (SELECT sku, sum(quantity) AS pieces FROM raw_line WHERE state = 'allocated' GROUP BY 1) x
  USING (sku)
WHERE s.reserved <> coalesce(pieces, 0) OR s.reserved > s.on_hand
"""


class PipelineTwin:
    """The raw tables in one database, made anew for each measurement."""

    def __init__(self, server: Server, database: str) -> None:
        self.raw = server.connect(database)

    def close(self) -> None:
        self.raw.close()

    def set_based_seconds(self, report: Report) -> float:
        """One statement: rules, whole-order allocation, statuses, events."""
        self._make_tables()
        statement = (TWINS / "pipeline.sql").read_text()
        seconds = seconds_of(lambda: self._execute(statement))
        wrong = self._execute(_WRONG)[0][0]
        decided = self._execute("SELECT count(*) FROM raw_event")[0][0]
        report.check("the twin decided every order", (wrong, decided) == (0, ORDERS),
                     f"{wrong} stocks wrong, {decided} orders decided")  # fmt: skip
        return seconds

    def loop_seconds_per_order(self, orders: int = 1000) -> float:
        """A transaction per order and two statements per line, stock only: no review, no event."""
        self._make_tables()
        lines = self._execute(
            "SELECT order_id, id, sku, quantity FROM raw_line WHERE order_id <= %s "
            "ORDER BY order_id, sku", [orders],
        )  # fmt: skip
        by_order: dict[int, Needs] = {}
        for order_id, *line in lines:
            by_order.setdefault(order_id, []).append(tuple(line))
        self.raw.autocommit = False
        seconds = seconds_of(lambda: self._serve_all(by_order.values()))
        self.raw.autocommit = True
        return seconds / orders

    def _serve_all(self, orders: Iterable[Needs]) -> None:
        for needs in orders:
            self._serve(needs)

    def _serve(self, needs: Needs) -> None:
        with self.raw.cursor() as cursor:
            for line, sku, quantity in needs:
                cursor.execute(_RESERVE, (quantity, sku, quantity))
                if cursor.rowcount:
                    cursor.execute(_TAKE, (line,))
        self.raw.commit()

    def _make_tables(self) -> None:
        for statement in (TWINS / "pipeline_tables.sql").read_text().split(";\n"):
            if statement.strip():
                self._execute(statement)

    def _execute(self, statement: str, params: Any = None) -> list[tuple[Any, ...]]:
        with self.raw.cursor() as cursor:
            cursor.execute(statement, params)
            return cursor.fetchall() if cursor.description else []
