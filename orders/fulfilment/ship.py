from collections.abc import Mapping, Sequence

from django.db import transaction

from inventory import ledger
from oms.models import User
from oms.sql import query
from orders.fulfilment.models import ShipmentStatus
from orders.fulfilment.progress import settle
from orders.fulfilment.step import lock_orders_of, take_step
from orders.outcome import Outcome

_CONTENTS = """
SELECT l.reservation_id, s.number FROM orders_shipmentline l JOIN orders_shipment s ON s.id = l.shipment_id
WHERE s.id = ANY(%s) ORDER BY l.reservation_id
"""


def ship_shipments(
    shipment_ids: Sequence[int],
    *,
    actor: User | None,
    waybills: Mapping[int, tuple[str, str]] | None = None,
) -> Outcome:
    """Hand packed parcels to the carrier: the goods leave stock, once. `waybills`: shipment id → (carrier, waybill)."""
    with transaction.atomic():
        orders = lock_orders_of(shipment_ids)
        outcome = take_step(
            shipment_ids, ShipmentStatus.PACKED, ShipmentStatus.SHIPPED, kind="handed_over", actor=actor,
            waybills=dict(waybills or {}),
        )  # fmt: skip
        contents = query(_CONTENTS, [outcome.done])
        left = ledger.take_out(
            [row[0] for row in contents], [row[1] for row in contents], actor=actor
        )
        if len(left) != len(contents):
            raise RuntimeError(
                f"{len(contents) - len(left)} reservations of packed shipments were not open"
            )
        settle(orders, actor=actor)
    return outcome
