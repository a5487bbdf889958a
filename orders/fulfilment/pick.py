from collections.abc import Sequence

from django.db import transaction

from oms.models import User
from orders.fulfilment.models import ShipmentStatus
from orders.fulfilment.progress import settle
from orders.fulfilment.step import lock_orders_of, take_step
from orders.outcome import Outcome


def pick_shipments(shipment_ids: Sequence[int], *, actor: User | None) -> Outcome:
    """Begin picking: the goods are being collected from the bins."""
    with transaction.atomic():
        orders = lock_orders_of(shipment_ids)
        outcome = take_step(
            shipment_ids,
            ShipmentStatus.READY,
            ShipmentStatus.PICKING,
            kind="picking_started",
            actor=actor,
        )
        settle(orders, actor=actor)
    return outcome
