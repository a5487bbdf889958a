"""Who travels with a parcel, and who could: ready for the same recipient in the same warehouse, and not merged."""

from collections.abc import Iterable

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from orders.fulfilment.models import Shipment, ShipmentStatus
from orders.fulfilment.step import STOPPED

MOST_SHOWN = 20


# For a shipment in reach as `orders_shipment`.
_TOGETHER = f"""ARRAY(SELECT m.number FROM orders_shipment m
  WHERE m.consignment_id = orders_shipment.consignment_id AND m.id <> orders_shipment.id
  ORDER BY m.id LIMIT {MOST_SHOWN})"""
_COULD_JOIN = f"""ARRAY(SELECT m.number FROM orders_order me
  JOIN orders_shipment m ON m.warehouse_id = orders_shipment.warehouse_id
    AND m.recipient_key = orders_shipment.recipient_key AND m.recipient_key <> '' AND m.status = 'ready'
  JOIN orders_order mo ON mo.id = m.order_id AND mo.currency = me.currency AND mo.id <> me.id
  WHERE me.id = orders_shipment.order_id AND orders_shipment.status = 'ready'
    AND 'on_hold' NOT IN (me.status, mo.status)
    AND (m.consignment_id IS NULL OR m.consignment_id IS DISTINCT FROM orders_shipment.consignment_id)
  ORDER BY m.id LIMIT {MOST_SHOWN})"""


def numbers_together() -> dict[str, RawSQL]:
    """For a query that reads shipments: `together` numbers of those that travel with one, `could_join` that could."""
    texts: ArrayField[list[str], list[str]] = ArrayField(CharField())
    return {
        "together": RawSQL(_TOGETHER, (), output_field=texts),  # noqa: S611 - our own text
        "could_join": RawSQL(_COULD_JOIN, (), output_field=texts),  # noqa: S611
    }


def same_recipient(shipment: Shipment) -> list[Shipment]:
    """What could travel with this shipment and does not yet, the oldest first."""
    if not shipment.recipient_key:
        return []
    found = Shipment.objects.filter(
        warehouse=shipment.warehouse_id,
        recipient_key=shipment.recipient_key,
        status=ShipmentStatus.READY,
        order__currency=shipment.order.currency,
    )
    found = found.exclude(order=shipment.order_id).exclude(order__status__in=STOPPED)
    if shipment.consignment_id:
        found = found.exclude(consignment=shipment.consignment_id)
    return list(found.order_by("pk")[:MOST_SHOWN])


def leads(shipments: QuerySet[Shipment]) -> QuerySet[Shipment]:
    """Of each merged parcel only its first shipment, which stands for it on the board."""
    earlier = Shipment.objects.filter(consignment=OuterRef("consignment"), pk__lt=OuterRef("pk"))
    return shipments.filter(Q(consignment__isnull=True) | ~Exists(earlier))


def order_numbers(shipment_numbers: Iterable[str]) -> list[str]:
    """The orders of shipments, by the numbers of these."""
    return list(dict.fromkeys(one.rpartition("-")[0] for one in shipment_numbers))
