from collections.abc import Sequence

from inventory import ledger
from oms.sql import query

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
    query(_STOP_SHIPMENTS, [list(order_ids)])
    ledger.release([row[0] for row in query(_OPEN_RESERVATIONS, [list(order_ids)])])
