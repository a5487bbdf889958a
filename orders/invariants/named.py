"""What rows name without a foreign key is there: too many of them are written for each to be checked one by one."""

from orders.invariants.invariant import Invariant

# Row, what it names, and where that is. The latter are never deleted: see `inventory.models.stock.LASTING`.
_NAMES = (
    ("inventory_reservation", "stock_id", "inventory_stock"),
    ("inventory_reservation", "order_line_id", "orders_orderline"),
    ("inventory_reservation", "shipment_id", "orders_shipment"),
    ("orders_shipment", "order_id", "orders_order"),
    ("orders_orderevent", "order_id", "orders_order"),
    ("orders_rulehit", "order_id", "orders_order"),
    ("orders_rulehit", "version_id", "orders_ruleversion"),
)

NAMED_ROWS_ARE_THERE = "\nUNION ALL\n".join(
    f"SELECT '{table}' AS row, r.id, '{column}' AS names, r.{column} AS missing FROM {table} r "
    f"WHERE r.{column} IS NOT NULL AND NOT EXISTS (SELECT FROM {parent} p WHERE p.id = r.{column})"
    for table, column, parent in _NAMES
)

INVARIANTS = [Invariant("named_rows_are_there", NAMED_ROWS_ARE_THERE)]
