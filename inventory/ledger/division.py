"""Reservations that change their shipment, whole or in part: no piece is promised or given back, every stock stays."""

from collections.abc import Sequence
from dataclasses import dataclass

from oms.sql import int_array, query, rows_json


@dataclass(frozen=True, slots=True)
class Division:
    """`quantity` pieces of an open reservation, to travel in another shipment; in none where they are released next."""

    reservation_id: int
    quantity: int
    shipment_id: int | None


_DIVIDE = """
WITH wanted AS MATERIALIZED (
  SELECT * FROM json_to_recordset(%s) AS d(reservation_id bigint, quantity int, shipment_id bigint)
), chosen AS MATERIALIZED (
  SELECT r.id, r.stock_id, r.order_line_id, r.quantity AS whole FROM inventory_reservation r
  WHERE r.id IN (SELECT reservation_id FROM wanted) AND r.status = 'open' ORDER BY r.id FOR NO KEY UPDATE
), fitting AS MATERIALIZED (
  SELECT c.*, w.quantity, w.shipment_id FROM chosen c JOIN wanted w ON w.reservation_id = c.id
  WHERE w.quantity BETWEEN 1 AND c.whole
), kept AS (
  UPDATE inventory_reservation r SET
    quantity = CASE WHEN f.quantity = f.whole THEN f.whole ELSE f.whole - f.quantity END,
    shipment_id = CASE WHEN f.quantity = f.whole THEN f.shipment_id ELSE r.shipment_id END
  FROM fitting f WHERE r.id = f.id
  RETURNING r.id, f.quantity = f.whole AS went
), parted AS (
  INSERT INTO inventory_reservation (stock_id, order_line_id, shipment_id, quantity)
  SELECT stock_id, order_line_id, shipment_id, quantity FROM fitting WHERE quantity < whole ORDER BY id
  RETURNING id
)
SELECT id FROM kept WHERE went UNION ALL SELECT id FROM parted
"""


def divide(divisions: Sequence[Division]) -> list[int]:
    """Let these pieces travel elsewhere; returns the reservations that now hold them, one for each division.

    One that is not open any more, or holds fewer pieces, is left alone: the caller compares the counts. At most one
    division for a reservation.
    """
    return [row[0] for row in query(_DIVIDE, [rows_json(divisions)])] if divisions else []


# Pieces of one line from one stock are one reservation; what it takes up is released, and the sum of a stock's open
# reservations stays what it was.
_UNITE = """
WITH open AS MATERIALIZED (
  SELECT r.id, r.stock_id, r.order_line_id, r.quantity, r.shipment_id = %(into)s AS is_there
  FROM inventory_reservation r
  WHERE r.shipment_id = ANY(%(shipments)s::bigint[] || %(into)s::bigint) AND r.status = 'open'
  ORDER BY r.id FOR NO KEY UPDATE
), ranked AS (
  SELECT o.*, row_number() OVER of_line AS place, sum(quantity) OVER of_all AS total FROM open o
  WINDOW of_line AS (PARTITION BY stock_id, order_line_id ORDER BY is_there DESC, id),
         of_all AS (PARTITION BY stock_id, order_line_id)
)
UPDATE inventory_reservation r SET
  quantity = CASE WHEN k.place = 1 THEN k.total ELSE r.quantity END,
  shipment_id = CASE WHEN k.place = 1 THEN %(into)s WHEN k.is_there THEN NULL ELSE r.shipment_id END,
  status = CASE WHEN k.place = 1 THEN r.status ELSE 'released' END
FROM ranked k WHERE r.id = k.id
"""


def unite(shipment_ids: Sequence[int], *, into: int) -> None:
    """All that is reserved in these shipments travels in the shipment `into` from now on."""
    query(_UNITE, {"shipments": int_array(shipment_ids), "into": into})
