from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from inventory.models import Warehouse
from orders.models.order import Order


class Consignment(models.Model):
    """One parcel in which shipments of several orders travel to one recipient; `Shipment.consignment` says which.

    They are picked, packed, handed over and delivered as one, with one waybill. Each order keeps its money, status and
    history. Left by all of its shipments but one, it is no more.
    """

    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="+", db_index=False)
    recipient_key = models.CharField(max_length=32)
    currency = models.CharField(max_length=3)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("merged parcel")
        verbose_name_plural = _("merged parcels")

    def __str__(self) -> str:
        return f"#{self.pk}"


class ShipTogether(models.Model):
    """Somebody wants this order to travel with others to the same recipient, should they be ready at the same time."""

    order = models.OneToOneField(
        Order, models.CASCADE, primary_key=True, related_name="ship_together"
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("wish to ship together")
        verbose_name_plural = _("wishes to ship together")

    def __str__(self) -> str:
        return f"{self.order_id}"
