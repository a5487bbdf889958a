from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from customers.models import Customer
from inventory.models import Sku
from oms.models import Channel
from orders.models.line import OrderLine


class Return(models.Model):
    """A document by which a customer gives goods or claims back."""

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="+")
    external_no = models.CharField(_("document no."), max_length=64)
    customer = models.ForeignKey(Customer, models.PROTECT, null=True, related_name="returns")
    currency = models.CharField(_("currency"), max_length=3)
    amount = models.DecimalField(_("credited amount"), max_digits=16, decimal_places=2)
    happened_at = models.DateTimeField()

    class Meta:
        verbose_name = _("return")
        verbose_name_plural = _("returns")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["channel", "external_no"], name="return_external_no_once_per_channel"
            ),
        ]

    def __str__(self) -> str:
        return self.external_no


class ReturnLine(models.Model):
    """One position given back: linked to the order line it reverses, or a credit that a person must place."""

    class Status(models.TextChoices):
        APPLIED = (
            "applied",
            _("Taken off the order"),
        )  # the goods had not left; the line's cancelled quantity grew
        WAITING = "waiting", _("Waiting for a person")

    document = models.ForeignKey(Return, models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField()
    order_line = models.ForeignKey(
        OrderLine, models.PROTECT, null=True, related_name="return_lines"
    )
    sku = models.ForeignKey(Sku, models.PROTECT, null=True, related_name="+", db_index=False)
    description = models.CharField(_("description"), max_length=200, blank=True)
    quantity = models.PositiveIntegerField(_("quantity"))
    unit_price = models.DecimalField(_("unit price"), max_digits=14, decimal_places=4)
    amount = models.DecimalField(_("credited amount"), max_digits=16, decimal_places=2)
    status = models.CharField(max_length=8, choices=Status)

    class Meta:
        verbose_name = _("return line")
        verbose_name_plural = _("return lines")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(quantity__gt=0), name="return_line_quantity_positive"
            ),
            models.CheckConstraint(
                condition=Q(status="waiting") | Q(order_line__isnull=False),
                name="applied_return_line_is_linked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.description}"
