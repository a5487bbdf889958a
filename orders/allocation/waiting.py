"""Which orders wait for goods, in the order in which they are served, and what each of them lacks.

By priority, then by what was promised first (an order without a promise comes last); among orders promised for the same
moment by customer level, then by who came first. Pages go along an index: `Place` says where the last one ended.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from oms.sql import int_array, query
from orders.allocation.lacking import LACKING
from orders.allocation.plan import Demand
from orders.allocation.policies import Rules
from orders.allocation.preorder import DAY_HAS_COME
from orders.allocation.shelves import Need
from orders.allocation.terms import Facts
from orders.states import OrderStatus

# The queues, in the order in which they are served: who has waited for goods goes before who comes anew.
QUEUES = (
    OrderStatus.PARTIALLY_SHIPPED,
    OrderStatus.IN_FULFILMENT,
    OrderStatus.BACKORDERED,
    OrderStatus.APPROVED,
)


class Place(NamedTuple):
    """A place in a queue; the ones without a promise come after all others."""

    promised_at: datetime | None
    order_id: int


FRONT = Place(datetime.min.replace(tzinfo=UTC), 0)
_UNPROMISED = Place(None, 0)


class Waiting(NamedTuple):
    """An order as the queue knows it; `begun` says whether work on one of its parcels has begun, None without any."""

    order_id: int
    status: str
    ship_complete: bool
    promised_at: datetime | None
    facts: Facts
    parcels: int
    begun: bool | None


# Of those that wait for goods only the ones that can get on: a line that may ship in parts has some goods, or all lines
# have enough (two lines of one SKU may still disappoint; the plan knows). A parcel on its way needs the consent too.
_FREE = """coalesce((SELECT sum(s.available) FROM inventory_stock s WHERE s.sku_id = l.sku_id
  AND l.sku_id <> ALL(%(early)s::bigint[])
  AND s.warehouse_id IN (SELECT id FROM inventory_warehouse WHERE is_active)), 0)"""
_CAN_GET_ON = f"""(CASE WHEN o.ship_complete AND NOT %(may_part_any)s
  THEN o.status = 'backordered' AND NOT EXISTS (
    SELECT 1 FROM orders_orderline l
    WHERE l.order_id = o.id AND l.kind = 'goods' AND {LACKING} > {_FREE})
  ELSE EXISTS (
    SELECT 1 FROM orders_orderline l
    WHERE l.order_id = o.id AND l.kind = 'goods' AND {LACKING} > 0 AND {_FREE} > 0)
  END OR {DAY_HAS_COME})"""
_AFTER = {
    True: "(o.promised_at, o.id) > (%(promised_at)s, %(order_id)s)",
    False: "o.promised_at IS NULL AND o.id > %(order_id)s",
}
# {page} says which orders.
_READ = """
WITH page AS MATERIALIZED (
  SELECT o.id, o.status, o.ship_complete, o.promised_at, o.channel_id, o.customer_id, o.ship_country,
    o.ship_province, o.total_amount, o.placed_at
  FROM orders_order o {page}
)
SELECT p.id, p.status, p.ship_complete, p.promised_at, p.channel_id, coalesce(c.level, ''), p.ship_country,
  p.ship_province, p.total_amount, coalesce(s.waiting, 0), s.begun
FROM page p LEFT JOIN customers_customer c ON c.id = p.customer_id
LEFT JOIN LATERAL (
  SELECT count(*) FILTER (WHERE x.status IN ('ready', 'picking', 'packed')) AS waiting,
    bool_or(x.status <> 'ready') AS begun
  FROM orders_shipment x WHERE x.order_id = p.id AND x.status <> 'cancelled'
) s ON true
ORDER BY p.promised_at, array_position(ARRAY['gold', 'silver', 'normal'], c.level::text), p.placed_at, p.id
"""
# Orders that another worker holds are skipped. A part of the index is walked: nothing is sorted but the page.
_NEXT = """WHERE o.status = '{queue}' AND o.priority = %(priority)s AND {after} AND {filter}
  ORDER BY o.promised_at, o.id LIMIT %(limit)s FOR NO KEY UPDATE OF o SKIP LOCKED"""
_NEEDS = f"""
SELECT l.order_id, l.id, l.sku_id, {LACKING}
FROM orders_orderline l
WHERE l.order_id = ANY(%s::bigint[]) AND l.kind = 'goods' ORDER BY l.order_id, l.id
"""
_TAGS = "SELECT order_id, tag_id FROM orders_ordertag WHERE order_id = ANY(%s::bigint[])"
_PRIORITIES = "SELECT DISTINCT priority FROM orders_order WHERE priority <> 0 AND status = ANY(%s)"


def priorities_waiting() -> list[int]:
    """The priorities to serve, the highest first; the usual one is always among them. One look at a small index."""
    found = query(_PRIORITIES, [[queue.value for queue in QUEUES]])
    return sorted({0, *(row[0] for row in found)}, reverse=True)


def next_waiting(
    queue: OrderStatus, after: Place, *, priority: int, limit: int, rules: Rules
) -> list[Waiting]:
    """The next orders of a queue, locked, in the order in which they are served."""
    is_promised = after.promised_at is not None
    # The status stands in the text: a part of an index is chosen by it.
    page = _NEXT.format(
        queue=queue.value,
        after=_AFTER[is_promised],
        filter="true" if queue == OrderStatus.APPROVED else _CAN_GET_ON,
    )
    params: dict[str, Any] = after._asdict() | {
        "priority": priority, "limit": limit, "may_part_any": rules.may_part_any, "early": int_array(rules.later),
    }  # fmt: skip
    found = _read(page, params)
    if found or not is_promised:
        return found
    return next_waiting(queue, _UNPROMISED, priority=priority, limit=limit, rules=rules)


def orders_waiting(order_ids: Sequence[int]) -> list[Waiting]:
    """Orders as their queues would know them; they are locked by the caller."""
    ids = int_array(order_ids)
    return _read("WHERE o.id = ANY(%(order_ids)s::bigint[])", {"order_ids": ids})


def _read(page: str, params: dict[str, Any]) -> list[Waiting]:
    rows = query(_READ.format(page=page), params)
    return [
        Waiting(pk, status, whole, at, Facts(*facts), parcels, begun)
        for pk, status, whole, at, *facts, parcels, begun in rows
    ]


def end_of(page: Sequence[Waiting]) -> Place:
    """Where the next page begins."""
    promised_at = page[-1].promised_at
    return Place(promised_at, max(one.order_id for one in page if one.promised_at == promised_at))


def demands_of(waiting: Sequence[Waiting], *, ask_tags: bool = False) -> list[Demand]:
    ids = int_array(one.order_id for one in waiting)
    needs: dict[int, list[Need]] = {one.order_id: [] for one in waiting}
    for order_id, line_id, sku_id, lacking in query(_NEEDS, [ids]):
        if lacking > 0:
            needs[order_id].append(Need(line_id, sku_id, lacking))
    tags: dict[int, set[int]] = {}
    for order_id, tag_id in query(_TAGS, [ids]) if ask_tags else ():
        tags.setdefault(order_id, set()).add(tag_id)
    return [
        Demand(
            pk,
            ship_complete,
            needs[pk],
            facts._replace(tags=frozenset(tags[pk])) if pk in tags else facts,
            parcels,
        )
        for pk, _status, ship_complete, _promised_at, facts, parcels, _begun in waiting
    ]
