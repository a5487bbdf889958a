from collections.abc import Sequence

from django.db import transaction

from oms.models import User
from orders.fulfilment.models import ShipmentStatus
from orders.fulfilment.step import lock_orders_of, take_step
from orders.outcome import Outcome


def pack_shipments(shipment_ids: Sequence[int], *, actor: User | None) -> Outcome:
    """The parcel is closed and waits for the courier."""
    with transaction.atomic():
        lock_orders_of(shipment_ids)
        return take_step(
            shipment_ids, ShipmentStatus.PICKING, ShipmentStatus.PACKED, kind="packed", actor=actor
        )
