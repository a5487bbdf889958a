"""Merged parcels: what travels together goes from one place to one recipient; every shipment knows its own."""

from orders.invariants.invariant import Invariant
from orders.parcels.recipient import recipient_key_sql

# A recipient that was erased afterwards is nobody's any more.
MERGED_PARCEL_GOES_AS_ONE = """
SELECT c.id AS parcel, min(s.number) AS shipment, count(DISTINCT s.order_id) AS orders,
  count(DISTINCT s.status) AS statuses, bool_or(s.warehouse_id <> c.warehouse_id) AS other_warehouse,
  bool_or(s.recipient_key NOT IN (c.recipient_key, '')) AS other_recipient,
  bool_or(o.currency <> c.currency) AS other_currency,
  bool_or(s.status IN ('ready', 'picking', 'packed') AND o.status IN ('on_hold', 'cancelled')) AS stopped
FROM orders_consignment c
LEFT JOIN orders_shipment s ON s.consignment_id = c.id
LEFT JOIN orders_order o ON o.id = s.order_id
GROUP BY c.id
HAVING count(DISTINCT s.order_id) < 2 OR count(DISTINCT s.status) <> 1 OR bool_or(
  s.warehouse_id <> c.warehouse_id OR s.recipient_key NOT IN (c.recipient_key, '') OR o.currency <> c.currency
  OR s.status IN ('ready', 'picking', 'packed') AND o.status IN ('on_hold', 'cancelled'))
"""

PARCEL_KNOWS_ITS_RECIPIENT = f"""
SELECT s.number AS shipment, s.status FROM orders_shipment s JOIN orders_order o ON o.id = s.order_id
WHERE s.status IN ('ready', 'picking', 'packed') AND s.recipient_key <> {recipient_key_sql("o")}
"""

INVARIANTS = [
    Invariant("merged_parcel_goes_as_one", MERGED_PARCEL_GOES_AS_ONE),
    Invariant("parcel_knows_its_recipient", PARCEL_KNOWS_ITS_RECIPIENT),
]
