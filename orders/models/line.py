from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from inventory.models import Sku
from inventory.models.stock import LASTING
from orders.models.order import Order


class OrderLine(models.Model):
    """One position of an order. Only goods are allocated and shipped; the other kinds are money.

    A bundle is a line of its own that carries the money; its components are goods at no price, with `bundle_line`.
    """

    class Kind(models.TextChoices):
        GOODS = "goods", _("Goods")
        SERVICE = "service", _("Service")
        CHARGE = "charge", _("Charge")
        DISCOUNT = "discount", _("Discount")
        BUNDLE = "bundle", _("Bundle")

    order = models.ForeignKey(Order, models.CASCADE, related_name="lines", db_index=False)
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=Kind, db_default=Kind.GOODS)
    sku = models.ForeignKey(
        Sku, models.PROTECT, null=True, related_name="order_lines", db_index=False
    )
    bundle_line = models.ForeignKey(
        "self", models.CASCADE, null=True, related_name="component_lines", db_index=False
    )
    description = models.CharField(_("description"), max_length=200, db_default="")
    quantity = models.PositiveIntegerField(_("quantity"))
    cancelled_quantity = models.PositiveIntegerField(_("cancelled"), db_default=0)
    unit_price = models.DecimalField(_("unit price"), max_digits=14, decimal_places=4)
    discount_amount = models.DecimalField(
        _("discount"), max_digits=16, decimal_places=2, db_default=0
    )
    amount = models.DecimalField(_("amount"), max_digits=16, decimal_places=2)

    class Meta:
        verbose_name = _("order line")
        verbose_name_plural = _("order lines")
        ordering = ("order", "position")
        indexes: ClassVar = [
            models.Index(fields=["sku", "-order"], name="order_line_by_sku_newest")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["order", "position"], name="order_line_position_once"),
            models.CheckConstraint(
                condition=Q(quantity__gt=0), name="order_line_quantity_positive"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_quantity__lte=F("quantity")),
                name="order_line_cancelled_within_quantity",
            ),
            models.CheckConstraint(
                condition=Q(kind="goods", sku__isnull=False) | ~Q(kind="goods"),
                name="order_line_goods_have_a_sku",
            ),
            models.CheckConstraint(
                condition=Q(kind="discount", amount__lte=0)
                | (
                    ~Q(kind="discount")
                    & Q(amount__gte=0, unit_price__gte=0, discount_amount__gte=0)
                ),
                name="order_line_sign_fits_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(bundle_line__isnull=True) | Q(kind="goods", amount=0),
                name="component_line_is_goods_at_no_price",
            ),
        ]
        triggers: ClassVar = [LASTING]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.description}"
