from collections.abc import Sequence

from django.db import transaction

from oms.models import User
from orders.fulfilment.models import ShipmentStatus
from orders.fulfilment.progress import settle
from orders.fulfilment.step import lock_together, take_step
from orders.outcome import Outcome


def pick_shipments(shipment_ids: Sequence[int], *, actor: User | None) -> Outcome:
    """Begin picking: the goods are being collected from the bins."""
    with transaction.atomic():
        going = lock_together(shipment_ids)
        outcome = take_step(
            going,
            ShipmentStatus.READY,
            ShipmentStatus.PICKING,
            kind="picking_started",
            actor=actor,
        )
        settle(going.orders, actor=actor)
    return outcome
