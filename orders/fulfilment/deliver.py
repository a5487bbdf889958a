from collections.abc import Sequence

from django.db import transaction

from oms.models import User
from orders.billing.complete import complete_orders
from orders.fulfilment.models import ShipmentStatus
from orders.fulfilment.progress import settle
from orders.fulfilment.step import lock_together, take_step
from orders.outcome import Outcome


def deliver_shipments(shipment_ids: Sequence[int], *, actor: User | None) -> Outcome:
    """The customer has the parcel; an order that is delivered and paid is done."""
    with transaction.atomic():
        going = lock_together(shipment_ids)
        outcome = take_step(
            going,
            ShipmentStatus.SHIPPED,
            ShipmentStatus.DELIVERED,
            kind="parcel_delivered",
            actor=actor,
        )
        settle(going.orders, actor=actor)
        complete_orders(going.orders, actor=actor)
    return outcome
