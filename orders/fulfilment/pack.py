from collections.abc import Sequence

from django.db import transaction

from oms.models import User
from orders.fulfilment.models import ShipmentStatus
from orders.fulfilment.step import lock_together, take_step
from orders.outcome import Outcome


def pack_shipments(shipment_ids: Sequence[int], *, actor: User | None) -> Outcome:
    """The parcel is closed and waits for the courier."""
    with transaction.atomic():
        going = lock_together(shipment_ids)
        return take_step(
            going, ShipmentStatus.PICKING, ShipmentStatus.PACKED, kind="packed", actor=actor
        )
