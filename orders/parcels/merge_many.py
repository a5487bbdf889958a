"""Merging by sets: of chosen orders, and by the workers where a channel or a person wants it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from oms.models import User
from oms.sql import int_array, query
from orders.fulfilment.models import ShipmentStatus
from orders.fulfilment.step import STOPPED, lock_orders_of
from orders.outcome import Outcome
from orders.parcels.merge import Parcel, read_parcels, unite

GROUPS_AT_ONCE = 200

_READY = """
SELECT id FROM orders_shipment WHERE order_id = ANY(%s::bigint[]) AND status = 'ready' ORDER BY id
"""


def merge_orders(order_ids: Sequence[int], *, actor: User | None) -> Outcome:
    """Merge what these orders have ready wherever two or more of them go to one recipient; the others are refused."""
    with transaction.atomic():
        ready = [row[0] for row in query(_READY, [int_array(order_ids)])]
        held = set(lock_orders_of(ready))
        groups = _groups(one for one in read_parcels(ready) if one.order_id in held)
        unite(groups, actor=actor)
    gone = {one.order_id for group in groups for one in group}
    words = _(
        "No other of these orders has a parcel ready in the same warehouse for its recipient."
    )
    return Outcome(
        [pk for pk in order_ids if pk in gone], {pk: words for pk in order_ids if pk not in gone}
    )


def _groups(parcels: Iterable[Parcel]) -> list[list[Parcel]]:
    """Those of them that can be one parcel, two orders in each at least."""
    found = defaultdict[tuple[int, str, str], list[Parcel]](list)
    for one in parcels:
        is_ready = one.status == ShipmentStatus.READY and one.order_status not in STOPPED
        if is_ready and one.recipient_key:
            found[one.bound_for].append(one)
    return [group for group in found.values() if len({one.order_id for one in group}) > 1]


# A parcel waits for company where its channel merges, or somebody asked for it; those that stay alone do not.
_WANTED = """s.status = 'ready' AND s.recipient_key <> '' AND NOT s.stays_alone
  AND o.status NOT IN ('on_hold', 'cancelled')"""
_COMPANY = f"""
SELECT array_agg(s.id ORDER BY s.id) FROM orders_shipment s
JOIN orders_order o ON o.id = s.order_id
JOIN oms_channel c ON c.id = o.channel_id
LEFT JOIN orders_shiptogether t ON t.order_id = o.id
WHERE {_WANTED} AND (c.merge_parcels OR t.order_id IS NOT NULL)
GROUP BY s.warehouse_id, s.recipient_key, o.currency
HAVING count(DISTINCT s.order_id) > 1
  AND (count(*) > count(s.consignment_id) OR count(DISTINCT s.consignment_id) > 1)
ORDER BY min(s.id) LIMIT %s
"""
_ANYBODY = (
    "SELECT EXISTS (SELECT FROM oms_channel WHERE merge_parcels)"
    " OR EXISTS (SELECT FROM orders_shiptogether)"
)


def merge_waiting() -> int:
    """Merge what waits for it, before anybody picks; how many parcels became part of another one."""
    if not query(_ANYBODY)[0][0]:
        return 0
    merged = 0
    while groups := query(_COMPANY, [GROUPS_AT_ONCE]):
        count = _merge_found([pk for (ids,) in groups for pk in ids])
        merged += count
        if not count or len(groups) < GROUPS_AT_ONCE:
            break
    return merged


def _merge_found(shipment_ids: Sequence[int]) -> int:
    with transaction.atomic():
        held = set(lock_orders_of(shipment_ids))
        chosen = set(shipment_ids)
        found = [one for one in read_parcels(shipment_ids) if one.order_id in held]
        # What a person keeps alone is asked for anew: it may have been decided a moment ago.
        alone = {row[0] for row in query(_ALONE, [int_array(shipment_ids)])}
        groups = _groups(
            one for one in found if (one.pk in chosen or one.consignment_id) and one.pk not in alone
        )
        unite(groups, actor=None, actor_name="allocation")
    return sum(len(group) - 1 for group in groups)


_ALONE = "SELECT id FROM orders_shipment WHERE id = ANY(%s::bigint[]) AND stays_alone"
