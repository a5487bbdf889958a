from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, pgettext_lazy

from inventory.models.product import Sku
from inventory.models.warehouse import Warehouse

NUMBER = "TR"


class Transfer(models.Model):
    """Goods on their way from one warehouse to another. Its lines say what left and what of it arrived."""

    class Status(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("transfer", "Draft")
        SENT = "sent", pgettext_lazy("transfer", "On the way")
        RECEIVED = "received", pgettext_lazy("transfer", "Received")
        CANCELLED = "cancelled", pgettext_lazy("transfer", "Cancelled")

    source = models.ForeignKey(
        Warehouse, models.PROTECT, related_name="transfers_out", verbose_name=_("from")
    )
    target = models.ForeignKey(
        Warehouse, models.PROTECT, related_name="transfers_in", verbose_name=_("to")
    )
    status = models.CharField(
        _("status"), max_length=9, choices=Status, db_default=Status.DRAFT, default=Status.DRAFT
    )
    note = models.CharField(_("note"), max_length=200, blank=True, db_default="")
    version = models.PositiveIntegerField(default=1, db_default=1)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(db_default=Now())
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    sent_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")
        permissions: ClassVar = [("move_stock", gettext_noop("Can transfer stock"))]
        indexes: ClassVar = [models.Index(fields=["status", "-id"], name="transfer_by_status")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(source=F("target")), name="transfer_between_two_warehouses"
            ),
            models.CheckConstraint(
                condition=Q(status="draft", sent_at__isnull=True, closed_at__isnull=True)
                | Q(status="sent", sent_at__isnull=False, closed_at__isnull=True)
                | Q(status="received", sent_at__isnull=False, closed_at__isnull=False)
                | Q(status="cancelled", closed_at__isnull=False),
                name="transfer_times_fit_its_status",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("stock:transfer", args=[self.number])

    @property
    def number(self) -> str:
        return f"{NUMBER}{self.pk:06}"


class TransferLine(models.Model):
    """Pieces of a SKU on a transfer; what is neither `received` nor `lost` of a sent one is in transit."""

    transfer = models.ForeignKey(Transfer, models.CASCADE, related_name="lines")
    sku = models.ForeignKey(Sku, models.PROTECT, related_name="transfer_lines", db_index=False)
    quantity = models.PositiveIntegerField(_("quantity"))
    received = models.PositiveIntegerField(_("received"), db_default=0, default=0)
    lost = models.PositiveIntegerField(_("missing"), db_default=0, default=0)
    lost_reason = models.CharField(_("reason"), max_length=120, blank=True, db_default="")

    class Meta:
        verbose_name = _("transfer line")
        verbose_name_plural = _("transfer lines")
        indexes: ClassVar = [
            models.Index(
                fields=["sku"],
                condition=Q(quantity__gt=F("received") + F("lost")),
                name="transfer_line_open_by_sku",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["transfer", "sku"], name="transfer_line_once_per_sku"),
            models.CheckConstraint(
                condition=Q(quantity__gt=0), name="transfer_line_moves_something"
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=F("received") + F("lost")),
                name="transfer_line_arrives_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.sku_id}"

    @property
    def open(self) -> int:
        return self.quantity - self.received - self.lost
