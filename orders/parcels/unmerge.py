"""Parting a merged parcel by hand, before it is packed."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from oms.models import User
from oms.sql import int_array, query
from orders.fulfilment.models import ShipmentStatus
from orders.fulfilment.step import lock_orders_of
from orders.outcome import Outcome
from orders.parcels.leave import part
from orders.parcels.merge import Parcel, read_parcels


def unmerge_parcels(shipment_ids: Sequence[int], *, actor: User | None) -> Outcome:
    """Take these out of their merged parcels again, before anybody packs; the others travel on together.

    The workers do not merge them again; a person may.
    """
    outcome = Outcome(refused=dict.fromkeys(shipment_ids, _("There is no such shipment.")))
    with transaction.atomic():
        lock_orders_of(shipment_ids)
        for one in read_parcels(shipment_ids):
            if one.pk not in outcome.refused:
                continue
            words = _why_it_stays(one)
            if words:
                outcome.refused[one.pk] = words
            else:
                del outcome.refused[one.pk]
                outcome.done.append(one.pk)
        part(outcome.done, actor=actor, by_hand=True)
    return outcome


def _why_it_stays(one: Parcel) -> str:
    words = {"number": one.number, "status": ShipmentStatus(one.status).label}
    if one.consignment_id is None:
        return _("%(number)s travels alone already.") % words
    if one.status not in (ShipmentStatus.READY, ShipmentStatus.PICKING):
        return (
            _("%(number)s is “%(status)s”; a merged parcel is parted before it is packed.") % words
        )
    return ""


_MERGED = """
SELECT id, order_id FROM orders_shipment
WHERE order_id = ANY(%s::bigint[]) AND consignment_id IS NOT NULL
  AND status IN ('ready', 'picking', 'packed') ORDER BY id
"""


def unmerge_orders(order_ids: Sequence[int], *, actor: User | None) -> Outcome:
    """Undo `merge_orders`: what these orders have in merged parcels travels alone again."""
    orders: dict[int, int] = dict(query(_MERGED, [int_array(order_ids)]))
    found = unmerge_parcels(list(orders), actor=actor)
    done = {orders[pk] for pk in found.done}
    words = dict.fromkeys(order_ids, _("It is in no merged parcel."))
    words |= {orders[pk]: why for pk, why in found.refused.items()}
    return Outcome(
        [pk for pk in order_ids if pk in done],
        {pk: words[pk] for pk in order_ids if pk not in done},
    )
