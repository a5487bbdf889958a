from typing import ClassVar

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from inventory.models.stock import APPEND_ONLY
from orders.carriers.port import ParcelState
from orders.fulfilment.models import Shipment


class TrackingEvent(models.Model):
    """One thing a carrier told of a parcel, kept for ever. Written by `orders.delivery` only.

    `at` is the carrier's own time. Merged parcels have the event on each of their shipments.
    """

    shipment = models.ForeignKey(
        Shipment, models.PROTECT, related_name="tracking", db_constraint=False, db_index=False
    )
    state = models.CharField(_("status"), max_length=16, choices=ParcelState)
    at = models.DateTimeField(_("time"))
    words = models.CharField(_("what happened"), max_length=500)
    place = models.CharField(_("place"), max_length=120, blank=True, db_default="")
    key = models.CharField(max_length=64)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("tracking event")
        verbose_name_plural = _("tracking events")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["shipment", "key"], name="tracking_event_once"),
        ]
        triggers: ClassVar = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.state} {self.at:%Y-%m-%d %H:%M}"
