"""What a short order can do, before anybody decides: how many parcels, what they cost more, who waits until when."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy

from inventory.expectations import expected_on
from oms.models import User
from oms.sql import query
from orders.allocation.lacking import LACKING
from orders.allocation.now import allocate_now
from orders.allocation.parts import SHORT_IN, ship_in_parts
from orders.models import Order
from orders.parcels.cost import parcel_cost

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True, slots=True)
class Choice:
    """`parcels` in all; `leaves` pieces can go now, `waits` pieces until `until` (None: nobody knows)."""

    name: str
    label: "StrPromise"
    parcels: int
    more_cost: Decimal
    leaves: int
    waits: int
    until: date | None
    is_now: bool


_STANDS = """
SELECT (SELECT count(*) FROM orders_shipment WHERE order_id = %(order)s AND status <> 'cancelled'),
  coalesce(sum(l.quantity - l.cancelled_quantity), 0)::int,
  coalesce(sum((SELECT sum(r.quantity) FROM inventory_reservation r
    WHERE r.order_line_id = l.id AND r.status <> 'released')), 0)::int
FROM orders_orderline l WHERE l.order_id = %(order)s AND l.kind = 'goods'
"""
_SHORT_LINES = f"""
SELECT l.id, l.sku_id FROM orders_orderline l WHERE l.order_id = %s AND l.kind = 'goods' AND {LACKING} > 0
"""


def choices_for(order: Order, actor: User) -> list[Choice]:
    """Waiting for everything, or shipping what is there; empty for an order that is not short.

    The second is done to see what it brings, and undone.
    """
    if order.status not in SHORT_IN:
        return []
    parcels, wanted, there = _stands(order.pk)
    if wanted == there:
        return []
    until = _until(order.pk)
    with transaction.atomic():
        ship_in_parts([order.pk], actor=actor)
        allocate_now([order.pk], actor=actor)
        now, _wanted, leaves = _stands(order.pk)
        rest = _until(order.pk)
        transaction.set_rollback(True)
    in_parts = now + (1 if leaves < wanted else 0)
    whole = parcels + 1
    return [
        Choice(
            "ship_parts", gettext_lazy("Ship what is there"), in_parts,
            parcel_cost(max(in_parts - whole, 0)), leaves, wanted - leaves, rest, not order.ship_complete,
        ),
        Choice(
            "ship_whole", gettext_lazy("Wait for all of it"), whole, Decimal(0), there, wanted - there,
            until, order.ship_complete,
        ),
    ]  # fmt: skip


def _stands(order_id: int) -> tuple[int, int, int]:
    """(parcels, pieces wanted, pieces in parcels)."""
    [(parcels, wanted, there)] = query(_STANDS, {"order": order_id})
    return parcels, wanted, there


def _until(order_id: int) -> date | None:
    """The day on which the order has everything; None when that is not known."""
    lines = query(_SHORT_LINES, [order_id])
    days = expected_on(sorted({sku for _line, sku in lines}))
    known = [days[line] for line, _sku in lines if line in days]
    return max(known) if lines and len(known) == len(lines) else None
