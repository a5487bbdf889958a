"""Leaving a merged parcel: by hand, or because an order was stopped or goes elsewhere."""

from collections.abc import Sequence

from oms.models import User
from oms.sql import int_array, query

_MERGED = """
SELECT id FROM orders_shipment WHERE order_id = ANY(%s::bigint[]) AND consignment_id IS NOT NULL
  AND status IN ('ready', 'picking', 'packed')
"""
# Every shipment that travels with one of these, by primary key: two that leave one parcel take turns.
_LOCK = """
SELECT s.id, s.consignment_id FROM orders_shipment s
WHERE s.consignment_id IN (SELECT consignment_id FROM orders_shipment WHERE id = ANY(%s::bigint[]))
ORDER BY s.id FOR NO KEY UPDATE
"""
# With one order left there is no merged parcel any more: it goes, too, but nothing keeps it from another one.
_LEAVE = """
WITH parcel AS MATERIALIZED (
  SELECT s.id, s.number, s.order_id, s.consignment_id, s.id = ANY(%(leaving)s::bigint[]) AS leaves
  FROM orders_shipment s WHERE s.consignment_id = ANY(%(parcels)s::bigint[])
), lasting AS (
  SELECT consignment_id FROM parcel WHERE NOT leaves GROUP BY 1 HAVING count(DISTINCT order_id) > 1
), gone AS MATERIALIZED (
  SELECT * FROM parcel WHERE leaves OR consignment_id NOT IN (SELECT consignment_id FROM lasting)
), freed AS (
  UPDATE orders_shipment s SET consignment_id = NULL, prepared_at = NULL,
    stays_alone = s.stays_alone OR (g.leaves AND %(by_hand)s)
  FROM gone g WHERE s.id = g.id
), told AS (
  INSERT INTO orders_orderevent (order_id, kind, actor_id, actor_name, reason, data)
  SELECT p.order_id, 'unmerged', %(actor_id)s, %(actor_name)s, %(reason)s, jsonb_build_object(
    'shipment', p.number,
    'parted_from', (SELECT jsonb_agg(x.number ORDER BY x.id) FROM parcel x
                    WHERE x.consignment_id = p.consignment_id AND x.id <> p.id AND (x.leaves OR p.leaves)))
  FROM parcel p WHERE EXISTS (SELECT FROM parcel x WHERE x.consignment_id = p.consignment_id AND x.leaves)
  ORDER BY p.id RETURNING order_id
)
INSERT INTO orders_ordertouched (order_id) SELECT order_id FROM told
"""
_FORGET = """
DELETE FROM orders_consignment c WHERE c.id = ANY(%s::bigint[])
  AND NOT EXISTS (SELECT FROM orders_shipment s WHERE s.consignment_id = c.id)
"""


def leave_parcels(
    order_ids: Sequence[int], *, actor: User | None, actor_name: str = "system", reason: str = ""
) -> None:
    """Take what these orders (locked by the caller) have in the house out of merged parcels; the others travel on."""
    if not order_ids:
        return
    merged = [row[0] for row in query(_MERGED, [int_array(order_ids)])]
    part(merged, actor=actor, actor_name=actor_name, reason=reason)


def part(
    shipment_ids: Sequence[int], *, actor: User | None, actor_name: str = "system", reason: str = "",
    by_hand: bool = False,
) -> None:  # fmt: skip
    """Take these shipments, whose orders the caller has locked, out of their merged parcels.

    `by_hand`: somebody wanted it, so that nobody but a person merges them again.
    """
    if not shipment_ids:
        return
    parcels = sorted({row[1] for row in query(_LOCK, [int_array(shipment_ids)])})
    if not parcels:
        return
    params = {"leaving": int_array(shipment_ids), "parcels": int_array(parcels), "by_hand": by_hand}
    who = {
        "actor_id": actor.pk if actor else None,
        "actor_name": actor.display_name[:80] if actor else actor_name,
    }
    query(_LEAVE, params | who | {"reason": reason[:300]})
    forget_empty(parcels)


def forget_empty(consignment_ids: Sequence[int]) -> None:
    """A merged parcel with nothing in it is none."""
    if consignment_ids:
        query(_FORGET, [int_array(consignment_ids)])
