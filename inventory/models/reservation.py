from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Reservation(models.Model):
    """So many pieces of a stock promised to an order line, and the shipment in which they are to travel.

    `order_line_id` and `shipment_id` are primary keys of `orders.OrderLine` and `orders.Shipment`, which lie above
    inventory; `orders.ShipmentLine` reads the same rows with both. Three foreign keys would cost twice as much as the
    row: stocks, lines and shipments are `LASTING` instead, and writers read them first. A soft hold is a reservation
    without a shipment that ends at `expires_at`.
    """

    class Status(models.TextChoices):
        OPEN = "open", pgettext_lazy("reservation", "Reserved")
        SHIPPED = "shipped", pgettext_lazy("reservation", "Shipped")
        RELEASED = "released", pgettext_lazy("reservation", "Released")

    stock = models.ForeignKey(
        "inventory.Stock",
        models.PROTECT,
        related_name="reservations",
        db_index=False,
        db_constraint=False,
    )
    order_line_id = models.BigIntegerField(db_index=True)
    shipment_id = models.BigIntegerField(null=True, db_index=True)
    quantity = models.PositiveIntegerField(_("quantity"))
    status = models.CharField(max_length=8, choices=Status, db_default=Status.OPEN)
    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("reservation")
        verbose_name_plural = _("reservations")
        indexes: ClassVar = [
            models.Index(
                fields=["stock"], condition=Q(status="open"), name="reservation_open_by_stock"
            ),
            models.Index(
                fields=["expires_at"],
                condition=Q(status="open", expires_at__isnull=False),
                name="reservation_soft_by_end",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="reservation_holds_something"),
            models.CheckConstraint(
                condition=Q(shipment_id__isnull=True) | Q(expires_at__isnull=True),
                name="reservation_in_a_parcel_does_not_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} for line {self.order_line_id}"
