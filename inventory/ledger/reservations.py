"""Pieces promised to order lines: looked at, reserved, given back, taken out of the house."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from inventory.ledger.lots import LotPieces
from inventory.ledger.lots_out import ship_lots
from oms.models import User
from oms.sql import int_array, query


class Supply(NamedTuple):
    """Pieces of a SKU that are free in one warehouse. `safety` of them are its safety stock; `kept` says how many of
    them are for a channel (by its id) and not for the others, None where nothing is."""

    stock_id: int
    warehouse_id: int
    sku_id: int
    available: int
    safety: int = 0
    kept: Mapping[int, int] | None = None


class Allotment(NamedTuple):
    """Pieces of a stock, which lies in `warehouse_id`, to be promised to an order line."""

    order_line_id: int
    stock_id: int
    warehouse_id: int
    quantity: int


_OPEN_ONE = """
INSERT INTO inventory_stock (warehouse_id, sku_id) VALUES (%s, %s)
ON CONFLICT (sku_id, warehouse_id) DO NOTHING
"""
_LOCK_ONE = """
SELECT on_hand FROM inventory_stock WHERE warehouse_id = %s AND sku_id = %s FOR NO KEY UPDATE
"""


def lock_on_hand(warehouse_id: int, sku_id: int) -> int:
    """Pieces on hand, which stay so until the transaction ends. Also where the SKU never lay: its stock is opened."""
    place = [warehouse_id, sku_id]
    query(_OPEN_ONE, place)
    return int(query(_LOCK_ONE, place)[0][0])


# Whether anything at all is kept is asked once.
_SUPPLY = """
SELECT s.id, s.warehouse_id, s.sku_id, s.available, s.safety_stock,
  CASE WHEN (SELECT EXISTS (SELECT FROM inventory_channelkept)) THEN (
    SELECT array_agg(ARRAY[c.channel_id, c.quantity::bigint]) FROM inventory_channelkept c WHERE c.stock_id = s.id) END
FROM inventory_stock s
WHERE s.sku_id = ANY(%s::bigint[]) AND s.available > 0
  AND s.warehouse_id IN (SELECT id FROM inventory_warehouse WHERE is_active)
ORDER BY s.id
"""
_LOCK_SUPPLY = f"{_SUPPLY} FOR NO KEY UPDATE OF s"


def look_at_supply(sku_ids: Sequence[int]) -> list[Supply]:
    """The free pieces of these SKUs as of now. They may be gone when it comes to `promise`."""
    return _supplies(query(_SUPPLY, [int_array(sku_ids)]))


def lock_supply(sku_ids: Sequence[int]) -> list[Supply]:
    """Lock every stock of these SKUs that has free pieces, until the transaction ends, and say how many are free."""
    return _supplies(query(_LOCK_SUPPLY, [int_array(sku_ids)]))


def _supplies(rows: Sequence[tuple[Any, ...]]) -> list[Supply]:
    return [
        Supply(stock_id, warehouse_id, sku_id, available, safety, dict(kept) if kept else None)
        for stock_id, warehouse_id, sku_id, available, safety, kept in rows
    ]


_LOCK_STOCK = "SELECT id FROM inventory_stock WHERE sku_id = ANY(%s) ORDER BY id FOR NO KEY UPDATE"


def lock_stock(sku_ids: Sequence[int]) -> None:
    """Lock every stock of these SKUs until the transaction ends: for who gives pieces back and takes others."""
    query(_LOCK_STOCK, [list(sku_ids)])


_RESERVE = """
INSERT INTO inventory_reservation (stock_id, order_line_id, shipment_id, quantity)
SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::int[])
"""


def reserve(allotments: Sequence[Allotment], shipment_ids: Sequence[int]) -> None:
    """Write what order lines are to get, and in which shipment each allotment travels.

    `promise` must follow at the end of the same transaction.
    """
    if allotments:
        query(
            _RESERVE,
            [
                int_array(one.stock_id for one in allotments),
                int_array(one.order_line_id for one in allotments),
                int_array(shipment_ids),
                int_array(one.quantity for one in allotments),
            ],
        )


_PROMISE = """
WITH wanted AS MATERIALIZED (
  SELECT stock_id, sum(quantity) AS quantity
  FROM unnest(%s::bigint[], %s::int[]) AS a(stock_id, quantity) GROUP BY 1
), locked AS MATERIALIZED (
  SELECT s.id FROM inventory_stock s WHERE s.id IN (SELECT stock_id FROM wanted)
  ORDER BY s.id FOR NO KEY UPDATE
)
UPDATE inventory_stock s SET reserved = s.reserved + w.quantity
FROM wanted w JOIN locked l ON l.id = w.stock_id WHERE s.id = w.stock_id
"""


def promise(allotments: Sequence[Allotment]) -> None:
    """Take the pieces of written reservations out of what is free: the last act before the commit.

    The stock rows are locked from here on only. The database refuses (IntegrityError) to promise
    more than is there; the transaction must then be rolled back.
    """
    if allotments:
        query(
            _PROMISE,
            [
                int_array(one.stock_id for one in allotments),
                int_array(one.quantity for one in allotments),
            ],
        )


_LOCKED_OPEN = """
chosen AS MATERIALIZED (
  SELECT r.id, r.stock_id, r.quantity FROM inventory_reservation r
  WHERE r.id = ANY(%(ids)s) AND r.status = 'open' ORDER BY r.id FOR NO KEY UPDATE
), locked AS MATERIALIZED (
  SELECT s.id FROM inventory_stock s WHERE s.id IN (SELECT stock_id FROM chosen) ORDER BY s.id FOR NO KEY UPDATE
), change AS MATERIALIZED (
  SELECT c.stock_id, sum(c.quantity) AS quantity FROM chosen c JOIN locked ON locked.id = c.stock_id GROUP BY 1
)"""

_RELEASE = f"""
WITH {_LOCKED_OPEN}, freed AS (
  UPDATE inventory_stock s SET reserved = s.reserved - c.quantity FROM change c WHERE s.id = c.stock_id
)
UPDATE inventory_reservation r SET status = 'released' FROM chosen WHERE r.id = chosen.id RETURNING r.id
"""


def release(reservation_ids: Sequence[int]) -> list[int]:
    """Give reserved pieces back; reservations that are no longer open are left alone. Returns those released."""
    return (
        [row[0] for row in query(_RELEASE, {"ids": list(reservation_ids)})]
        if reservation_ids
        else []
    )


_TAKE_OUT = f"""
WITH {_LOCKED_OPEN}, taken AS (
  UPDATE inventory_stock s SET on_hand = s.on_hand - c.quantity, reserved = s.reserved - c.quantity
  FROM change c WHERE s.id = c.stock_id
), goods AS MATERIALIZED (
  SELECT c.*, k.cost, k.tracking <> 'none' AS is_tracked
  FROM chosen c JOIN inventory_stock s ON s.id = c.stock_id JOIN inventory_sku k ON k.id = s.sku_id
), told AS (
  INSERT INTO inventory_stockmovement (stock_id, kind, quantity, reference, reservation_id, actor_id, unit_cost)
  SELECT g.stock_id, 'shipment', -g.quantity, coalesce(n.reference, ''), g.id, %(actor_id)s, g.cost
  FROM goods g LEFT JOIN unnest(%(ids)s::bigint[], %(references)s::text[]) AS n(id, reference) ON n.id = g.id
)
UPDATE inventory_reservation r SET status = 'shipped' FROM goods g WHERE r.id = g.id RETURNING r.id, g.is_tracked
"""


def take_out(
    reservation_ids: Sequence[int],
    references: Sequence[str],
    *,
    actor: User | None,
    lots: Mapping[int, Sequence[LotPieces]] | None = None,
) -> list[int]:
    """Goods leave the house: each open reservation goes off the shelf exactly once. `references` name the shipments.

    Returns the reservations that left; one that is not open any more is not among them. Of a SKU with lots those that
    expire first leave, or the `lots` that were packed for a reservation; NotPossible where none is good any more: the
    caller's transaction must then be rolled back.
    """
    params = {
        "ids": list(reservation_ids),
        "references": list(references),
        "actor_id": actor.pk if actor else None,
    }
    rows = query(_TAKE_OUT, params) if reservation_ids else []
    tracked = [pk for pk, is_tracked in rows if is_tracked]
    if tracked:
        ship_lots(tracked, lots or {})
    return [row[0] for row in rows]
