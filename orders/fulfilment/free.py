from collections.abc import Sequence

from inventory import ledger
from oms.sql import query
from orders.parcels.leave import leave_parcels, part

_STOP_SHIPMENTS = """
UPDATE orders_shipment SET status = 'cancelled'
WHERE order_id = ANY(%s) AND status IN ('ready', 'picking', 'packed')
"""
_OPEN_RESERVATIONS = """
SELECT r.id FROM inventory_reservation r JOIN orders_orderline l ON l.id = r.order_line_id
WHERE l.order_id = ANY(%s) AND r.status = 'open' ORDER BY r.id
"""


def free_goods(order_ids: Sequence[int]) -> None:
    """Give back everything that is reserved for these orders; parcels that have not left are cancelled.

    The orders are locked by the caller.
    """
    leave_parcels(order_ids, actor=None)
    query(_STOP_SHIPMENTS, [list(order_ids)])
    ledger.release([row[0] for row in query(_OPEN_RESERVATIONS, [list(order_ids)])])


_MERGED_UNTOUCHED = """
SELECT id FROM orders_shipment WHERE order_id = %s AND status = 'ready' AND consignment_id IS NOT NULL
"""
_STOP_UNTOUCHED = """
UPDATE orders_shipment SET status = 'cancelled' WHERE order_id = %s AND status = 'ready' RETURNING id
"""
_TRAVELLING = """
SELECT id FROM inventory_reservation WHERE shipment_id = ANY(%s) AND status = 'open' ORDER BY id
"""


def free_untouched(order_id: int) -> None:
    """Give back what lies in parcels that nobody has begun to pick; those parcels are cancelled."""
    part([row[0] for row in query(_MERGED_UNTOUCHED, [order_id])], actor=None)
    stopped = [row[0] for row in query(_STOP_UNTOUCHED, [order_id])]
    ledger.release([row[0] for row in query(_TRAVELLING, [stopped])])
