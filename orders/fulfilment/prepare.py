"""Turning fresh reservations into shipments that are ready to pick: one per order and warehouse."""

from collections.abc import Sequence

from oms.sql import query

_PREPARE = """
WITH fresh AS MATERIALIZED (
  SELECT r.id, r.order_line_id, r.quantity, l.order_id, s.warehouse_id
  FROM inventory_reservation r
  JOIN orders_orderline l ON l.id = r.order_line_id
  JOIN inventory_stock s ON s.id = r.stock_id
  WHERE r.id = ANY(%s)
), parcel AS (
  SELECT order_id, warehouse_id, row_number() OVER (PARTITION BY order_id ORDER BY warehouse_id) AS nth
  FROM (SELECT DISTINCT order_id, warehouse_id FROM fresh) d
), new_shipment AS (
  INSERT INTO orders_shipment (number, order_id, warehouse_id)
  SELECT o.number || '-'
         || (p.nth + (SELECT count(*) FROM orders_shipment x WHERE x.order_id = p.order_id)),
         p.order_id, p.warehouse_id
  FROM parcel p JOIN orders_order o ON o.id = p.order_id
  ORDER BY p.order_id, p.nth
  RETURNING id, order_id, warehouse_id
), new_line AS (
  INSERT INTO orders_shipmentline (shipment_id, order_line_id, reservation_id, quantity)
  SELECT n.id, f.order_line_id, f.id, f.quantity
  FROM fresh f JOIN new_shipment n USING (order_id, warehouse_id)
)
SELECT id FROM new_shipment
"""


def prepare_shipments(reservation_ids: Sequence[int]) -> list[int]:
    """Make the shipments for these reservations; returns the shipments' ids. The orders are locked by the caller."""
    return [row[0] for row in query(_PREPARE, [list(reservation_ids)])] if reservation_ids else []
