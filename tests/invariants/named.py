"""Damage done to the orders of `busy_company`, and how to name what it hits."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Damage:
    """`sql` does the damage; `row` is what the check must show of it.

    `drop` names the constraint (table, name) in the way; `also` the other invariants that this
    damage cannot but break.
    """

    sql: str
    row: dict[str, Any]
    drop: tuple[str, str] | None = None
    also: tuple[str, ...] = ()


CUPS = "(SELECT s.id FROM inventory_stock s JOIN inventory_sku k ON k.id = s.sku_id WHERE k.code = 'CUP-1')"
BIG = "(SELECT s.id FROM inventory_stock s JOIN inventory_sku k ON k.id = s.sku_id WHERE k.code = 'BIG-1')"


def order(name: str) -> str:
    return f"(SELECT id FROM orders_order WHERE external_no = '{name}')"


def line(name: str) -> str:
    return f"(SELECT id FROM orders_orderline WHERE order_id = {order(name)})"
