"""Asking invariants of a range of stock or orders: the tables they name are shadowed by their rows of that range.

A name in WITH hides the table of that name, so the very statement that is asked of everything is asked of a part.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from oms.sql import query


@dataclass(frozen=True, slots=True)
class Range:
    """Ids from `first` to `last`, of which there are `count`."""

    first: int
    last: int
    count: int


@dataclass(frozen=True, slots=True)
class Slice:
    """Ids of `table` are walked; `tables` says of each table which of its rows belong to them."""

    name: str
    table: str
    tables: Mapping[str, str]

    def narrowed(self, span: Range, wide: Collection[str]) -> str:
        """The WITH clause that shadows the tables, but for those that are to be seen whole."""
        between = f"BETWEEN {span.first} AND {span.last}"
        shadows = [
            f"{table} AS NOT MATERIALIZED (SELECT * FROM {table} WHERE {rows.format(between=between)})"
            for table, rows in self.tables.items()
            if table not in wide
        ]
        return f"WITH {', '.join(shadows)}"

    def next_range(self, after: int, limit: int) -> Range | None:
        """The next `limit` ids after `after`; None at the end. One look into the primary key."""
        ids = f"SELECT id FROM {self.table} WHERE id > %s ORDER BY id LIMIT %s"
        last, count = query(f"SELECT max(id), count(*) FROM ({ids}) ids", [after, limit])[0]
        return Range(after + 1, last, count) if count else None


_OF_STOCK = "stock_id {between}"
BY_STOCK = Slice(
    "stock",
    "inventory_stock",
    {
        "inventory_stock": "id {between}",
        "inventory_stockmovement": _OF_STOCK,
        "inventory_reservation": _OF_STOCK,
        "inventory_stockblock": _OF_STOCK,
    },
)

_OF_ORDER = "order_id {between}"
_OF_LINE = "order_line_id IN (SELECT id FROM orders_orderline WHERE order_id {between})"
BY_ORDER = Slice(
    "order",
    "orders_order",
    {
        # Those that ask the lines come first: behind them the name means the narrowed lines, which is right as well.
        "inventory_stockmovement": f"reservation_id IN (SELECT id FROM inventory_reservation WHERE {_OF_LINE})",
        "inventory_reservation": _OF_LINE,
        "orders_returnline": _OF_LINE,
        "orders_orderline": _OF_ORDER,
        "orders_order": "id {between}",
        **dict.fromkeys(
            (
                "orders_orderevent",
                "orders_payment",
                "orders_shipment",
                "orders_orderowner",
                "orders_ordertag",
                "orders_mention",
                "orders_secondreview",
            ),
            _OF_ORDER,
        ),
    },
)
