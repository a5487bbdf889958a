from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from inventory.models import Reservation, Stock, Warehouse
from inventory.models.stock import LASTING
from orders.models.line import OrderLine
from orders.models.order import Order
from orders.parcels.models import Consignment
from orders.states import illegal_move_sql


class ShipmentStatus(models.TextChoices):
    READY = "ready", _("Ready to pick")
    PICKING = "picking", _("Picking")
    PACKED = "packed", _("Packed")
    SHIPPED = "shipped", _("Shipped")
    DELIVERED = "delivered", _("Delivered")
    CANCELLED = "cancelled", _("Cancelled")


SHIPMENT_TRANSITIONS = {
    ShipmentStatus.READY: [ShipmentStatus.PICKING, ShipmentStatus.CANCELLED],
    ShipmentStatus.PICKING: [ShipmentStatus.PACKED, ShipmentStatus.CANCELLED],
    ShipmentStatus.PACKED: [ShipmentStatus.SHIPPED, ShipmentStatus.CANCELLED],
    ShipmentStatus.SHIPPED: [ShipmentStatus.DELIVERED],
}
SHIPMENT_MOVES = [
    (str(source), str(target))
    for source, targets in SHIPMENT_TRANSITIONS.items()
    for target in targets
]


class Shipment(models.Model):
    """What leaves one warehouse for one order in one go. Its status is written by `orders.fulfilment` only.

    With a `consignment` it travels in one parcel with shipments of other orders.
    """

    number = models.CharField(_("shipment no."), max_length=24, db_collation="C")
    # Orders are never deleted, and `orders.fulfilment.prepare` reads them.
    order = models.ForeignKey(Order, models.PROTECT, related_name="shipments", db_constraint=False)
    warehouse = models.ForeignKey(
        Warehouse, models.PROTECT, related_name="shipments", db_index=False
    )
    status = models.CharField(
        _("status"), max_length=9, choices=ShipmentStatus, db_default=ShipmentStatus.READY
    )
    carrier = models.CharField(_("carrier"), max_length=40, blank=True, db_default="")
    waybill = models.CharField(_("waybill no."), max_length=64, blank=True, db_default="")
    # Who gets it and where, as a hash: the same for the same recipient (see `orders.parcels.recipient`); "" when the
    # order does not say.
    recipient_key = models.CharField(max_length=32, db_default="", editable=False)
    consignment = models.ForeignKey(
        Consignment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="shipments",
        db_index=False,
        verbose_name=_("travels in"),
    )
    # A person took it out of a merged parcel, or split it off: the workers leave it alone.
    stays_alone = models.BooleanField(db_default=False)
    # Empty while `orders.preparation` has to look at it: it is new, or what is in it or where it goes changed.
    prepared_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(db_default=Now())
    shipped_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("shipment")
        verbose_name_plural = _("shipments")
        indexes: ClassVar = [
            models.Index(fields=["warehouse", "status", "id"], name="shipment_board"),
            models.Index(
                fields=["-shipped_at", "-id"],
                condition=Q(shipped_at__isnull=False),
                name="shipment_newest_shipped",
            ),
            models.Index(
                fields=["waybill"],
                condition=~Q(waybill=""),
                name="shipment_waybill",
                opclasses=["text_pattern_ops"],
            ),
            models.Index(
                fields=["warehouse", "recipient_key"],
                condition=Q(status="ready") & ~Q(recipient_key=""),
                name="shipment_ready_by_recipient",
            ),
            models.Index(
                fields=["id"],
                condition=Q(status="ready", prepared_at__isnull=True),
                name="shipment_to_prepare",
            ),
            models.Index(
                fields=["consignment"],
                condition=Q(consignment__isnull=False),
                name="shipment_of_consignment",
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["number"], name="shipment_number_once"),
            models.CheckConstraint(
                condition=~Q(status__in=["shipped", "delivered"]) | Q(shipped_at__isnull=False),
                name="shipped_shipment_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(consignment__isnull=True)
                | ~Q(status="cancelled") & Q(stays_alone=False),
                name="merged_shipment_does_not_stay_alone",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="legal_transition",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("status"),
                condition=pgtrigger.Condition(illegal_move_sql(SHIPMENT_MOVES)),
                func="RAISE EXCEPTION 'illegal transition of % from % to %', "
                "NEW.number, OLD.status, NEW.status USING ERRCODE = 'check_violation';",
            ),
            LASTING,
        ]

    def __str__(self) -> str:
        return self.number


class ShipmentLine(models.Model):
    """What travels in a shipment: its reservations, read with the order line each of them is for.

    The rows are those of `inventory.Reservation`, which cannot name what lies above it; `inventory.ledger` alone
    writes them. Reached through a shipment or with one joined: a reservation without one is no line.
    """

    shipment = models.ForeignKey(Shipment, models.DO_NOTHING, related_name="lines")
    order_line = models.ForeignKey(OrderLine, models.DO_NOTHING, related_name="shipment_lines")
    stock = models.ForeignKey(Stock, models.DO_NOTHING, related_name="+")
    quantity = models.PositiveIntegerField(_("quantity"))

    class Meta:
        managed = False
        db_table = Reservation._meta.db_table
        verbose_name = _("shipment line")
        verbose_name_plural = _("shipment lines")

    def __str__(self) -> str:
        return f"{self.quantity} × {self.order_line}"
