from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from oms.models import Channel
from orders.models.order import Order


class Payment(models.Model):
    """Money that came in for an order, or (negative) went back. Balance = sum of the received rows."""

    class Status(models.TextChoices):
        PENDING = "pending", _("Pending")
        RECEIVED = "received", pgettext_lazy("payment", "Received")
        FAILED = "failed", _("Failed")

    order = models.ForeignKey(Order, models.PROTECT, related_name="payments")
    method = models.CharField(_("method"), max_length=40)
    amount = models.DecimalField(_("amount"), max_digits=16, decimal_places=2)
    reference = models.CharField(_("reference"), max_length=80, blank=True, db_default="")
    status = models.CharField(max_length=8, choices=Status, db_default=Status.RECEIVED)
    paid_at = models.DateTimeField(_("paid at"))
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(amount=0), name="payment_is_of_an_amount"),
            models.UniqueConstraint(
                fields=["order", "method", "reference"],
                condition=~Q(reference=""),
                name="payment_reference_once_per_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.amount}"


class FinancialAdjustment(models.Model):
    """Money that moved without goods or an order, as the source told it (a bad-debt write-off)."""

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="+")
    external_no = models.CharField(_("document no."), max_length=64)
    position = models.PositiveIntegerField()
    currency = models.CharField(_("currency"), max_length=3)
    amount = models.DecimalField(_("amount"), max_digits=16, decimal_places=2)
    description = models.CharField(_("description"), max_length=200, blank=True)
    happened_at = models.DateTimeField()

    class Meta:
        verbose_name = _("financial adjustment")
        verbose_name_plural = _("financial adjustments")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["channel", "external_no", "position"], name="financial_adjustment_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.external_no} {self.amount}"
