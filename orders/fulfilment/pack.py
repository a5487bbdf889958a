from collections.abc import Sequence

from django.db import transaction

from oms.models import User
from orders.fulfilment.good_lots import without_expired
from orders.fulfilment.models import ShipmentStatus
from orders.fulfilment.step import lock_together, take_step
from orders.outcome import Outcome


def pack_shipments(shipment_ids: Sequence[int], *, actor: User | None) -> Outcome:
    """The parcel is closed and waits for the courier. One whose goods have expired meanwhile is refused."""
    with transaction.atomic():
        going = without_expired(lock_together(shipment_ids), ShipmentStatus.PICKING)
        return take_step(
            going, ShipmentStatus.PICKING, ShipmentStatus.PACKED, kind="packed", actor=actor
        )
