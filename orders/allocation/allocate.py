"""Allocation: plan a chunk of waiting orders, and write reservations, shipments and statuses."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from inventory import ledger
from inventory.ledger import Allotment, Supply
from inventory.models import Sku, Warehouse
from oms.sql import query, rows_json
from orders.allocation.plan import Demand, Need, Result, Served, plan
from orders.billing.due import due_sql
from orders.fulfilment.prepare import prepare_shipments
from orders.fulfilment.progress import settle
from orders.states import OrderStatus
from orders.transition import Move, move

# The queues, in the order in which they are served: who has waited for goods goes before who comes anew.
QUEUES = (
    OrderStatus.PARTIALLY_SHIPPED,
    OrderStatus.IN_FULFILMENT,
    OrderStatus.BACKORDERED,
    OrderStatus.APPROVED,
)

# Oldest first off the end of the status index; orders that another worker holds are skipped.
_NEXT_APPROVED = """
SELECT o.id, o.status, o.ship_complete FROM orders_order o
WHERE o.status = %(queue)s AND o.priority = %(priority)s AND o.id > %(after)s
ORDER BY o.id LIMIT %(limit)s FOR NO KEY UPDATE SKIP LOCKED
"""
# Of those that wait for goods only the ones that can get on: a line that may ship in parts has some goods, or all lines
# have enough (two lines of one SKU may still disappoint; the plan knows). A parcel on its way needs the consent too.
_LACKING = """l.quantity - l.cancelled_quantity - coalesce((
  SELECT sum(r.quantity) FROM inventory_reservation r WHERE r.order_line_id = l.id AND r.status <> 'released'), 0)"""
_FREE = """coalesce((SELECT sum(s.available) FROM inventory_stock s WHERE s.sku_id = l.sku_id
  AND s.warehouse_id IN (SELECT id FROM inventory_warehouse WHERE is_active)), 0)"""
_NEXT_LACKING = f"""
SELECT o.id, o.status, o.ship_complete FROM orders_order o
WHERE o.status = %(queue)s AND o.priority = %(priority)s AND o.id > %(after)s AND CASE WHEN o.ship_complete
  THEN o.status = 'backordered' AND NOT EXISTS (
    SELECT 1 FROM orders_orderline l
    WHERE l.order_id = o.id AND l.kind = 'goods' AND {_LACKING} > {_FREE})
  ELSE EXISTS (
    SELECT 1 FROM orders_orderline l
    WHERE l.order_id = o.id AND l.kind = 'goods' AND {_LACKING} > 0 AND {_FREE} > 0)
  END
ORDER BY o.id LIMIT %(limit)s FOR NO KEY UPDATE OF o SKIP LOCKED
"""

_NEEDS = f"""
SELECT l.order_id, l.id, l.sku_id, {_LACKING}
FROM orders_orderline l
WHERE l.order_id = ANY(%s) AND l.kind = 'goods' ORDER BY l.order_id, l.id
"""

# Orders with shipments, and whether work on one of them has begun.
_PARCELS = """
SELECT order_id, bool_or(status <> 'ready') FROM orders_shipment
WHERE order_id = ANY(%s) AND status <> 'cancelled' GROUP BY 1
"""
# One worker plans at a time: two that plan with the same pieces would do most of their work for nothing. Nobody else
# waits for this lock; staff meets the stock rows only, for the moment in which they are changed.
_ALONE = "SELECT pg_advisory_xact_lock(hashtext('allocation'))"
# Foreign keys are checked here instead of at the commit, when the stock rows would be locked already.
_CHECK_KEYS = "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED"
_SHORT_DETAIL_SKUS = 3
# Orders that are served at once when stock is locked from the plan on.
_LOCKED_CHUNK = 50


@dataclass(frozen=True, slots=True)
class Allocated:
    """`seconds_locked`: how long the stock rows were held, from the first lock to the commit."""

    allocated: int
    backordered: int
    nothing_to_ship: int
    last_id: int
    seconds_locked: float


_PRIORITIES = "SELECT DISTINCT priority FROM orders_order WHERE priority <> 0 AND status = ANY(%s)"


def priorities_waiting() -> list[int]:
    """The priorities to serve, the highest first; the usual one is always among them. One look at a small index."""
    found = query(_PRIORITIES, [[queue.value for queue in QUEUES]])
    return sorted({0, *(row[0] for row in found)}, reverse=True)


def allocate_chunk(
    queue: OrderStatus, *, after_id: int, limit: int, priority: int = 0
) -> Allocated | None:
    """Serve the next orders of a queue and priority after `after_id`; None when there are none. One transaction.

    Stock is planned with as it stands and locked at the very end. When some of the pieces were
    taken away meanwhile, a smaller part is done again under locked stock.
    """
    wanted = {"queue": queue.value, "priority": priority, "after": after_id}
    try:
        return _serve_next(wanted | {"limit": limit}, ledger.look_at_supply)
    except IntegrityError:
        if transaction.get_connection().in_atomic_block:
            raise
    return _serve_next(wanted | {"limit": min(limit, _LOCKED_CHUNK)}, ledger.lock_supply)


def _serve_next(
    wanted: dict[str, object], supply_of: Callable[[Sequence[int]], list[Supply]]
) -> Allocated | None:
    select = _NEXT_APPROVED if wanted["queue"] == OrderStatus.APPROVED else _NEXT_LACKING
    with transaction.atomic():
        waiting = query(select, wanted)
        if not waiting:
            return None
        demands = demands_of(waiting)
        priority = list(Warehouse.objects.filter(is_active=True).values_list("pk", flat=True))
        skus = sorted({need.sku_id for demand in demands for need in demand.needs})
        plan_alone()
        locked_at = time.perf_counter()
        served = plan([one for one in demands if one.needs], supply_of(skus), priority)
        allotments = reserve_served(served)
        counts = _write_statuses(waiting, demands, served)
        query(_CHECK_KEYS)
        if supply_of is ledger.look_at_supply:
            locked_at = time.perf_counter()
        ledger.promise(allotments)
    return Allocated(*counts, waiting[-1][0], time.perf_counter() - locked_at)


def plan_alone() -> None:
    """Be the only one who plans until the transaction ends. Orders are locked before, stock after."""
    query(_ALONE)


def reserve_served(served: Sequence[Served]) -> list[Allotment]:
    """Make the shipments and the reservations that travel in them; returns what must still be promised."""
    allotments = [allotment for one in served for allotment in one.allotments]
    parcels = [
        (one.order_id, allotment.warehouse_id) for one in served for allotment in one.allotments
    ]
    shipments = prepare_shipments(parcels)
    ledger.reserve(allotments, [shipments[parcel] for parcel in parcels])
    return allotments


def demands_of(waiting: Sequence[tuple[int, str, bool]]) -> list[Demand]:
    demands = {
        order_id: Demand(order_id, ship_complete, [])
        for order_id, _status, ship_complete in waiting
    }
    for order_id, line_id, sku_id, lacking in query(_NEEDS, [list(demands)]):
        if lacking > 0:
            demands[order_id].needs.append(Need(line_id, sku_id, int(lacking)))
    return list(demands.values())


def _write_statuses(
    waiting: Sequence[tuple[int, str, bool]], demands: list[Demand], served: list[Served]
) -> tuple[int, int, int]:
    """Move every order of the chunk to where it now stands: (allocated, backordered, nothing to ship)."""
    approved = {
        order_id for order_id, status, _complete in waiting if status == OrderStatus.APPROVED
    }
    by_order = {one.order_id: one for one in served}
    fulfilled = [one.order_id for one in demands if not one.needs]
    parcels = dict(query(_PARCELS, [[order_id for order_id, _status, _complete in waiting]]))
    empty = [pk for pk in fulfilled if pk in approved and pk not in parcels]
    names = codes_of({sku for one in served for sku in one.missing})
    settled = _settled(empty)
    moves = [
        Move(pk, OrderStatus.COMPLETED, "completed", reason_code="nothing_to_ship")
        for pk in settled
    ]
    say_why(
        [Waits(pk, "awaiting_payment", "") for pk in empty if pk not in settled]
        + [
            Waits(one.order_id, "short", shortage(one, names))
            for one in served
            if one.missing and one.order_id not in approved
        ]
    )
    # A released or part-shipped order may already be further on than "allocated".
    to_settle = [pk for pk in fulfilled if pk in parcels and not parcels[pk]]
    to_settle = sorted([*to_settle, *(pk for pk, begun in parcels.items() if begun)])
    for order_id, status, _complete in waiting:
        one = by_order.get(order_id)
        if one is None:
            continue
        if one.missing and status == OrderStatus.APPROVED:
            moves.append(short_move(one, names))
        elif not one.missing and status in (OrderStatus.APPROVED, OrderStatus.BACKORDERED):
            moves.append(
                Move(order_id, OrderStatus.ALLOCATED, "allocated", data={"how": one.result})
            )
    move(moves, actor=None, actor_name="allocation")
    settle(to_settle, actor=None, actor_name="allocation")
    whole = sum(1 for one in served if one.result in (Result.WHOLE, Result.SPLIT))
    return whole, sum(1 for one in moves if one.target == OrderStatus.BACKORDERED), len(settled)


@dataclass(frozen=True, slots=True)
class Waits:
    """Why an order goes on waiting where it is."""

    order_id: int
    code: str
    detail: str


_SAY_WHY = """
UPDATE orders_order o SET reason_code = w.code, reason_detail = w.detail
FROM json_to_recordset(%s) AS w(order_id bigint, code text, detail text)
WHERE o.id = w.order_id AND (o.reason_code, o.reason_detail) <> (w.code, w.detail)
"""


def say_why(waits: list[Waits]) -> None:
    if waits:
        query(_SAY_WHY, [rows_json(waits)])


def _settled(order_ids: list[int]) -> set[int]:
    """Which of these orders owe nothing."""
    if not order_ids:
        return set()
    owing = f"SELECT o.id FROM orders_order o WHERE o.id = ANY(%s) AND {due_sql('o')} <= 0"
    return {row[0] for row in query(owing, [order_ids])}


def short_move(served: Served, names: dict[int, str]) -> Move:
    return Move(
        served.order_id, OrderStatus.BACKORDERED, "backordered", reason_code="short",
        reason_detail=shortage(served, names),
        data={"how": served.result, "missing": _lacking(served, names)},
    )  # fmt: skip


def _lacking(served: Served, names: dict[int, str]) -> list[str]:
    return [f"{names[sku]} ×{pieces}" for sku, pieces in sorted(served.missing.items())]


def shortage(served: Served, names: dict[int, str]) -> str:
    lacking = _lacking(served, names)
    more = " …" if len(lacking) > _SHORT_DETAIL_SKUS else ""
    return ", ".join(lacking[:_SHORT_DETAIL_SKUS]) + more


def codes_of(sku_ids: set[int]) -> dict[int, str]:
    return dict(Sku.objects.filter(pk__in=sku_ids).values_list("pk", "code")) if sku_ids else {}
