from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, pgettext_lazy

from inventory.models.product import Sku
from inventory.models.warehouse import Bin, Warehouse

APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class Stock(models.Model):
    """How many of a SKU lie in a warehouse, and how many of those are promised. Written by `inventory.ledger` only."""

    warehouse = models.ForeignKey(
        Warehouse, models.PROTECT, related_name="stock", verbose_name=_("warehouse")
    )
    sku = models.ForeignKey(Sku, models.PROTECT, related_name="stock")
    bin = models.ForeignKey(Bin, models.SET_NULL, null=True, blank=True, related_name="stock")
    on_hand = models.IntegerField(_("on hand"), db_default=0)
    reserved = models.IntegerField(_("reserved"), db_default=0)

    class Meta:
        verbose_name = _("stock")
        verbose_name_plural = _("stock")
        permissions: ClassVar = [("adjust_stock", gettext_noop("Can receive and adjust stock"))]
        constraints = [
            models.UniqueConstraint(
                fields=["sku", "warehouse"], name="stock_once_per_sku_and_warehouse"
            ),
            models.CheckConstraint(
                condition=Q(reserved__gte=0) & Q(reserved__lte=F("on_hand")),
                name="stock_reserved_within_on_hand",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sku_id}@{self.warehouse_id}"

    @property
    def available(self) -> int:
        return self.on_hand - self.reserved


class StockMovement(models.Model):
    """One change of what lies in a warehouse: the ledger whose sum is `Stock.on_hand`. Never changed afterwards."""

    class Kind(models.TextChoices):
        OPENING = "opening", _("Opening stock")
        RECEIPT = "receipt", pgettext_lazy("movement", "Received")
        ADJUSTMENT = "adjustment", pgettext_lazy("movement", "Adjusted")
        SHIPMENT = "shipment", pgettext_lazy("movement", "Shipped")
        RETURN = "return", pgettext_lazy("movement", "Returned")

    stock = models.ForeignKey(Stock, models.PROTECT, related_name="movements")
    kind = models.CharField(max_length=10, choices=Kind, verbose_name=_("kind"))
    quantity = models.IntegerField(_("quantity"))
    reason = models.CharField(_("reason"), max_length=200, blank=True, db_default="")
    reference = models.CharField(_("reference"), max_length=80, blank=True, db_default="")
    reservation = models.OneToOneField(
        "inventory.Reservation", models.PROTECT, null=True, related_name="movement", db_index=True
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("stock movement")
        verbose_name_plural = _("stock movements")
        triggers: ClassVar = [APPEND_ONLY]
        constraints = [
            models.CheckConstraint(condition=~Q(quantity=0), name="movement_moves_something"),
            models.CheckConstraint(
                condition=Q(kind="shipment", reservation__isnull=False, quantity__lt=0)
                | (~Q(kind="shipment") & Q(reservation__isnull=True)),
                name="shipped_movement_takes_a_reservation_out",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.quantity:+d}"


class StockAdjustment(models.Model):
    """A correction of stock that came from outside (an imported write-off) and its fate."""

    class Status(models.TextChoices):
        APPLIED = "applied", _("Applied")
        WAITING = "waiting", _("Waiting for a person")

    sku = models.ForeignKey(Sku, models.PROTECT, null=True, related_name="adjustments")
    code = models.CharField(_("SKU as written"), max_length=64)
    quantity = models.IntegerField(_("quantity"))
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    reference = models.CharField(_("reference"), max_length=80)
    status = models.CharField(max_length=8, choices=Status, verbose_name=_("status"))
    movement = models.OneToOneField(
        StockMovement, models.PROTECT, null=True, related_name="adjustment"
    )
    happened_at = models.DateTimeField()

    class Meta:
        verbose_name = _("stock adjustment")
        verbose_name_plural = _("stock adjustments")
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="stock_adjustment_reference_once")
        ]

    def __str__(self) -> str:
        return self.reference
