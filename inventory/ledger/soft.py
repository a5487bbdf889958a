"""Soft holds: pieces promised to order lines for a limited time, in no shipment yet.

They are made and end like every reservation (`promise`, `release`); here is what is theirs alone.
"""

from collections.abc import Sequence
from datetime import datetime

from inventory.ledger.reservations import Allotment
from oms.sql import int_array, query

_RESERVE_UNTIL = """
INSERT INTO inventory_reservation (stock_id, order_line_id, quantity, expires_at)
SELECT a.*, %s FROM unnest(%s::bigint[], %s::bigint[], %s::int[]) AS a
"""


def reserve_until(allotments: Sequence[Allotment], until: datetime) -> None:
    """Write what order lines are to keep until then; `promise` must follow at the end of the same transaction."""
    if allotments:
        query(
            _RESERVE_UNTIL,
            [
                until,
                int_array(one.stock_id for one in allotments),
                int_array(one.order_line_id for one in allotments),
                int_array(one.quantity for one in allotments),
            ],
        )


# Locked in the order of all others. Where a hold has ended meanwhile, its row is no longer open.
_SOFT = """
chosen AS MATERIALIZED (
  SELECT id FROM inventory_reservation WHERE id = ANY(%(ids)s::bigint[]) AND status = 'open' AND expires_at IS NOT NULL
  ORDER BY id FOR NO KEY UPDATE
)"""
_PROLONG = f"""
WITH {_SOFT}
UPDATE inventory_reservation r SET expires_at = %(until)s FROM chosen WHERE r.id = chosen.id
"""


def prolong(reservation_ids: Sequence[int], until: datetime) -> None:
    """Let soft holds end at another time."""
    if reservation_ids:
        query(_PROLONG, {"ids": int_array(reservation_ids), "until": until})


_CARRY = f"""
WITH {_SOFT}
UPDATE inventory_reservation r SET shipment_id = w.shipment_id, expires_at = NULL
FROM chosen, unnest(%(ids)s::bigint[], %(shipments)s::bigint[]) AS w(id, shipment_id)
WHERE r.id = chosen.id AND w.id = chosen.id
"""


def carry(reservation_ids: Sequence[int], shipment_ids: Sequence[int]) -> None:
    """Put soft holds into the shipment named beside each: the pieces stay promised without a moment between."""
    if reservation_ids:
        ids, shipments = int_array(reservation_ids), int_array(shipment_ids)
        query(_CARRY, {"ids": ids, "shipments": shipments})
