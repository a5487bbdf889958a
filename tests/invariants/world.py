"""A small company in which anything may be done to anything; what is drawn decides to what."""

from collections.abc import Sequence
from random import Random
from typing import Any, TypeVar

from inventory.models import Sku, Warehouse
from oms.models import Channel
from oms.sql import query
from orders.models import Order, Shipment
from tests.fixtures.company import create_sku

T = TypeVar("T")
_STOCK = """
SELECT sku_id, warehouse_id, on_hand, reserved, blocked FROM inventory_stock
WHERE (on_hand, reserved, blocked) <> (0, 0, 0) ORDER BY 1, 2
"""
_HELD = """
SELECT r.id FROM inventory_reservation r JOIN orders_orderline l ON l.id = r.order_line_id
WHERE l.order_id = %s AND r.status = 'open'
"""
_END_HOLDS = """
UPDATE inventory_reservation SET expires_at = now() - interval '1 second'
WHERE status = 'open' AND expires_at IS NOT NULL
"""
_TO_TAKE_BACK = """
SELECT id FROM inventory_stockmovement m WHERE reverses_id IS NULL AND kind IN ('receipt', 'adjustment')
  AND NOT EXISTS (SELECT FROM inventory_stockmovement r WHERE r.reverses_id = m.id) ORDER BY id DESC LIMIT 20
"""


class World:
    """`chance` is another one for each act, so that an act does the same when those before it are left out."""

    chance: Random

    def __init__(self) -> None:
        Channel.objects.create(code="web", name="Web shop")
        self.warehouses: list[Warehouse] = [
            Warehouse.objects.create(code=code, name=code, priority=at)
            for at, code in enumerate(("HZ", "GZ"))
        ]
        self.skus: list[Sku] = [create_sku(f"SKU-{n}") for n in range(4)]

    def one(self, things: Sequence[T]) -> T:
        return self.chance.choice(things)

    def number(self, low: int, high: int) -> int:
        return self.chance.randint(low, high)

    def few(self, things: Sequence[T], most: int = 5) -> list[T]:
        """Up to so many of them, none twice."""
        return self.chance.sample(list(things), min(len(things), self.number(1, most)))

    def orders(self, *statuses: str, most: int = 5) -> list[int]:
        """Ids of some orders in these statuses; at times of any."""
        return self._ids(Order, statuses, most)

    def parcels(self, *statuses: str, most: int = 5) -> list[int]:
        return self._ids(Shipment, statuses, most)

    def _ids(self, model: Any, statuses: Sequence[str], most: int) -> list[int]:
        rows = model.objects.order_by("pk")
        if statuses and self.number(0, 9):
            rows = rows.filter(status__in=statuses)
        return self.few(list(rows.values_list("pk", flat=True)), most)

    def stock(self) -> list[tuple[int, ...]]:
        """What lies where, and what of it is promised and blocked; places with nothing are left out."""
        return query(_STOCK)

    def holds(self, order_id: int) -> bool:
        """Whether the order has pieces reserved in whatever way."""
        return bool(query(_HELD, [order_id]))

    def end_holds(self) -> None:
        """As if the time of all soft holds were over."""
        query(_END_HOLDS)

    def stock_ids(self) -> list[int]:
        return [row[0] for row in query("SELECT id FROM inventory_stock ORDER BY id")]

    def blocks(self) -> list[int]:
        rows = query("SELECT id FROM inventory_stockblock WHERE released_at IS NULL ORDER BY id")
        return [row[0] for row in rows]

    def movements(self) -> list[int]:
        """Those that can still be taken back, the oldest first."""
        return [row[0] for row in query(_TO_TAKE_BACK)][::-1]
