"""What an order says and holds at one moment: taken before and after a change, the two tell what it did."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any

from oms.sql import query
from orders.models import Order
from orders.states import OrderStatus

ADDRESS = (
    "ship_name", "ship_phone", "ship_country", "ship_province", "ship_city", "ship_district", "ship_street",
    "ship_postcode",
)  # fmt: skip
TEXTS = (*ADDRESS, "note")
AMOUNTS = ("discount_amount", "shipping_amount")
HEAD = (*TEXTS, *AMOUNTS, "ship_complete", "promised_at")
"""The fields of an order itself that can be changed."""

CONFIRMED = frozenset(OrderStatus) - {OrderStatus.DRAFT, OrderStatus.PENDING_REVIEW}
"""Somebody or a rule has decided on these orders, or goods are moved for them."""

_BEGUN = "('picking', 'packed', 'shipped', 'delivered')"
# Pieces of a waiting return are spoken for: a person will decide about them.
_LINES = f"""
SELECT l.id, l.position, l.kind, l.sku_id, coalesce(k.code, ''), l.description, l.quantity, l.cancelled_quantity,
  l.unit_price, l.discount_amount, l.amount,
  coalesce(h.ready, 0)::int, coalesce(h.begun, 0)::int, coalesce(b.applied, 0)::int, coalesce(b.waiting, 0)::int,
  coalesce((SELECT sum(s.available) FROM inventory_stock s JOIN inventory_warehouse w
    ON w.id = s.warehouse_id WHERE s.sku_id = l.sku_id AND w.is_active), 0)::int
FROM orders_orderline l
LEFT JOIN inventory_sku k ON k.id = l.sku_id
LEFT JOIN LATERAL (
  SELECT sum(r.quantity) FILTER (WHERE p.status = 'ready') AS ready,
         sum(r.quantity) FILTER (WHERE p.status IN {_BEGUN}) AS begun
  FROM inventory_reservation r JOIN orders_shipment p ON p.id = r.shipment_id
  WHERE r.order_line_id = l.id AND r.status <> 'released'
) h ON true
LEFT JOIN LATERAL (
  SELECT sum(x.quantity) FILTER (WHERE x.status = 'applied') AS applied,
         sum(x.quantity) FILTER (WHERE x.status = 'waiting') AS waiting
  FROM orders_returnline x WHERE x.order_line_id = l.id
) b ON true
WHERE l.order_id = %s ORDER BY l.position
"""
_PARCELS = """
SELECT p.id, p.number, p.status, w.name, k.code, sum(r.quantity)::int
FROM orders_shipment p
JOIN inventory_warehouse w ON w.id = p.warehouse_id
LEFT JOIN inventory_reservation r ON r.shipment_id = p.id
LEFT JOIN inventory_stock s ON s.id = r.stock_id
LEFT JOIN inventory_sku k ON k.id = s.sku_id
WHERE p.order_id = %s AND p.status <> 'cancelled'
GROUP BY p.id, p.number, p.status, w.name, k.code ORDER BY p.id, k.code
"""


@dataclass(frozen=True, slots=True)
class LineState:
    """A line, and how many of its pieces are in parcels: not begun (`ready`), or picked, packed or gone (`begun`).

    `credited` pieces were taken off by a document, which pays them back; `available` are free for anybody.
    """

    pk: int
    position: int
    kind: str
    sku_id: int | None
    code: str
    description: str
    quantity: int
    cancelled: int
    unit_price: Decimal
    discount: Decimal
    amount: Decimal
    ready: int = 0
    begun: int = 0
    credited: int = 0
    waiting: int = 0
    available: int = 0

    @property
    def wanted(self) -> int:
        return self.quantity - self.cancelled

    @property
    def is_goods(self) -> bool:
        return self.kind == "goods"

    @property
    def lacking(self) -> int:
        """Pieces that are in no parcel yet."""
        return max(self.wanted - self.ready - self.begun, 0) if self.is_goods else 0

    @property
    def name(self) -> str:
        return self.code or self.description


@dataclass(frozen=True, slots=True)
class ParcelState:
    """A shipment that is not cancelled, with the pieces of each SKU in it."""

    pk: int
    number: str
    status: str
    warehouse: str
    contents: tuple[tuple[str, int], ...]

    @property
    def is_begun(self) -> bool:
        return self.status != "ready"


@dataclass(frozen=True, slots=True)
class OrderState:
    pk: int
    number: str
    status: str
    reason_code: str
    reason_detail: str
    currency: str
    placed_at: datetime
    head: Mapping[str, Any]
    lines_amount: Decimal
    total: Decimal
    due: Decimal
    lines: Mapping[int, LineState]
    parcels: Mapping[int, ParcelState]

    @property
    def has_begun(self) -> bool:
        return any(parcel.is_begun for parcel in self.parcels.values())

    @property
    def is_confirmed(self) -> bool:
        return self.status in CONFIRMED


def state_of(order_id: int) -> OrderState:
    """The order as it stands, in three statements whatever its size."""
    order = Order.objects.with_paid().get(pk=order_id)
    due: Decimal = order.total_amount - order.credited_amount - order.paid_amount  # type: ignore[attr-defined]
    lines = [LineState(*row) for row in query(_LINES, [order_id])]
    return OrderState(
        pk=order_id,
        number=order.number,
        status=order.status,
        reason_code=order.reason_code,
        reason_detail=order.reason_detail,
        currency=order.currency,
        placed_at=order.placed_at,
        head={name: getattr(order, name) for name in HEAD},
        lines_amount=order.lines_amount,
        total=order.total_amount,
        due=due,
        lines={line.pk: line for line in lines},
        parcels={parcel.pk: parcel for parcel in _parcels(order_id)},
    )


def _parcels(order_id: int) -> list[ParcelState]:
    found = []
    for _pk, group in groupby(query(_PARCELS, [order_id]), itemgetter(0)):
        rows = list(group)
        pk, number, status, warehouse = rows[0][:4]
        contents = tuple((row[4], row[5]) for row in rows if row[4])
        found.append(ParcelState(pk, number, status, warehouse, contents))
    return found
