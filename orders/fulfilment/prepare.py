"""Shipments that are ready to pick: one per order and warehouse that is to send something."""

from collections.abc import Iterable

from oms.sql import int_array, query
from orders import nudge
from orders.parcels.recipient import recipient_key_sql

_PREPARE = f"""
WITH parcel AS (
  SELECT order_id, warehouse_id, row_number() OVER (PARTITION BY order_id ORDER BY warehouse_id) AS nth
  FROM unnest(%s::bigint[], %s::bigint[]) AS p(order_id, warehouse_id)
), touched AS (
  INSERT INTO orders_ordertouched (order_id) SELECT DISTINCT order_id FROM parcel
)
INSERT INTO orders_shipment (number, order_id, warehouse_id, recipient_key)
SELECT o.number || '-'
       || (p.nth + (SELECT count(*) FROM orders_shipment x WHERE x.order_id = p.order_id)),
       p.order_id, p.warehouse_id, {recipient_key_sql("o")}
FROM parcel p JOIN orders_order o ON o.id = p.order_id
ORDER BY p.order_id, p.nth
RETURNING order_id, warehouse_id, id
"""


def prepare_shipments(parcels: Iterable[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """Make an empty shipment for each (order, warehouse); returns their ids. The orders are locked by the caller.

    The workers hear of them once this is committed: see `orders.preparation`.
    """
    wanted = sorted(set(parcels))
    if not wanted:
        return {}
    order_ids, warehouse_ids = zip(*wanted, strict=True)
    nudge.prepare_after_commit()
    rows = query(_PREPARE, [int_array(order_ids), int_array(warehouse_ids)])
    return {(order_id, warehouse_id): pk for order_id, warehouse_id, pk in rows}
