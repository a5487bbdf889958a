"""Who holds the goods that a short order lacks: parcels that nobody has begun, those that can best do without first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString

from oms.models import User
from oms.sql import int_array, query
from orders.allocation.lacking import LACKING
from orders.allocation.waiting import demands_of, orders_waiting
from orders.desk.priority import priority_tag
from orders.models.order import Order
from orders.states import OrderStatus

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Holding:
    """A reservation of another order; `proposed` pieces of it are taken unless somebody says otherwise."""

    reservation_id: int
    order_id: int
    number: str
    customer: str
    status: str
    priority: int
    promised_at: datetime | None
    warehouse: str
    quantity: int
    proposed: int = 0

    @property
    def priority_words(self) -> SafeString:
        return priority_tag(self.priority)

    @property
    def url(self) -> str:
        return Order(number=self.number).get_absolute_url()


@dataclass(frozen=True, slots=True)
class Shortage:
    """A SKU that an order lacks, and who holds some of it; `free` pieces need not be taken from anybody."""

    sku_id: int
    code: str
    lacking: int
    free: int
    holdings: list[Holding]

    @property
    def held(self) -> int:
        return sum(one.quantity for one in self.holdings)


# Who is stopped needs it last, then who comes later in the order of service.
_HOLDINGS = """
SELECT s.sku_id, r.id, o.id, o.number, o.customer_name, o.status, o.priority, o.promised_at, w.name, r.quantity
FROM inventory_stock s
JOIN inventory_reservation r ON r.stock_id = s.id AND r.status = 'open'
JOIN orders_shipment p ON p.id = r.shipment_id AND p.status = 'ready'
JOIN orders_order o ON o.id = p.order_id
JOIN inventory_warehouse w ON w.id = s.warehouse_id AND w.is_active
WHERE s.sku_id = ANY(%(skus)s::bigint[]) AND o.id <> %(order)s
  AND (%(warehouses)s::bigint[] = '{}' OR s.warehouse_id = ANY(%(warehouses)s::bigint[]))
ORDER BY o.status <> 'on_hold', o.priority, o.promised_at DESC NULLS FIRST, o.id DESC, r.id LIMIT %(limit)s
"""
_FREE = """
SELECT k.id, k.code, coalesce(sum(greatest(s.available, 0)) FILTER (WHERE w.is_active), 0)::int
FROM inventory_sku k
LEFT JOIN inventory_stock s ON s.sku_id = k.id LEFT JOIN inventory_warehouse w ON w.id = s.warehouse_id
WHERE k.id = ANY(%s::bigint[]) GROUP BY k.id
"""


def shortages_of(order: Order, user: User, taken: Sequence[int] = ()) -> list[Shortage]:
    """What the order lacks and who holds it, in the warehouses of `user`; `taken` are reservations to begin with."""
    [demand] = demands_of(orders_waiting([order.pk]))
    lacking: dict[int, int] = {}
    for need in demand.needs:
        lacking[need.sku_id] = lacking.get(need.sku_id, 0) + need.quantity
    if not lacking:
        return []
    limits = user.warehouse_limits.values_list("warehouse_id", flat=True)
    params = {"skus": int_array(lacking), "order": order.pk, "warehouses": int_array(limits)}
    rows = query(_HOLDINGS, params | {"limit": MOST_SHOWN})
    found = []
    for sku, code, free in query(_FREE, [int_array(lacking)]):
        mine = [row[1:] for row in rows if row[0] == sku]
        wanted = lacking[sku] if taken else max(0, lacking[sku] - free)
        holdings = _proposed(order, mine, wanted, set(taken))
        found.append(Shortage(sku, code, lacking[sku], free, holdings))
    return sorted(found, key=lambda one: (one.free >= one.lacking, one.code))


def _proposed(
    order: Order, rows: Sequence[tuple[Any, ...]], lacking: int, taken: set[int]
) -> list[Holding]:
    """As much of them as are `lacking`: of what somebody chose, else of orders that are served after it."""
    found, left = [], lacking
    for row in rows:
        one = Holding(*row)
        wanted = one.reservation_id in taken if taken else _comes_later(one, order)
        pieces = min(left, one.quantity) if wanted else 0
        left -= pieces
        found.append(replace(one, proposed=pieces))
    return found


def _comes_later(one: Holding, order: Order) -> bool:
    if one.status == OrderStatus.ON_HOLD or one.priority < order.priority:
        return True
    if one.priority > order.priority or order.promised_at is None:
        return False
    return one.promised_at is None or one.promised_at > order.promised_at


@dataclass(frozen=True, slots=True)
class Lacker:
    """An order that lacks pieces of a SKU."""

    number: str
    customer: str
    status: str
    priority: int
    promised_at: datetime | None
    lacking: int

    @property
    def priority_words(self) -> SafeString:
        return priority_tag(self.priority)


@dataclass(frozen=True, slots=True)
class Offer:
    """Pieces that are reserved for the order `number`, and the orders that lack such goods."""

    reservation_id: int
    number: str
    code: str
    quantity: int
    warehouse: str
    lackers: list[Lacker]


_OFFER = """
SELECT r.id, o.number, k.code, r.quantity, w.name, s.sku_id, o.id
FROM inventory_reservation r
JOIN orders_shipment p ON p.id = r.shipment_id AND p.status = 'ready'
JOIN orders_order o ON o.id = p.order_id
JOIN inventory_stock s ON s.id = r.stock_id
JOIN inventory_sku k ON k.id = s.sku_id
JOIN inventory_warehouse w ON w.id = s.warehouse_id
WHERE r.id = %(reservation)s AND r.status = 'open'
  AND (%(warehouses)s::bigint[] = '{}' OR s.warehouse_id = ANY(%(warehouses)s::bigint[]))
"""
_LACKERS = f"""
SELECT o.number, o.customer_name, o.status, o.priority, o.promised_at, sum(n.lacking)::int
FROM orders_order o
JOIN LATERAL (
  SELECT {LACKING} AS lacking
  FROM orders_orderline l WHERE l.order_id = o.id AND l.sku_id = %(sku)s AND l.kind = 'goods'
) n ON n.lacking > 0
WHERE o.status IN ('backordered', 'in_fulfilment', 'partially_shipped') AND o.id <> %(order)s
GROUP BY o.id ORDER BY o.priority DESC, o.promised_at NULLS LAST, o.id LIMIT %(limit)s
"""


def who_lacks(reservation_id: int, user: User) -> Offer | None:
    """The reserved pieces and the orders they could go to, the most urgent first; None for what cannot be given."""
    limits = user.warehouse_limits.values_list("warehouse_id", flat=True)
    asked = {"reservation": reservation_id, "warehouses": int_array(limits)}
    rows = query(_OFFER, asked)
    if not rows:
        return None
    reserved, number, code, pieces, where, sku_id, order_id = rows[0]
    lackers = query(_LACKERS, {"sku": sku_id, "order": order_id, "limit": MOST_SHOWN})
    return Offer(reserved, number, code, pieces, where, [Lacker(*row) for row in lackers])
