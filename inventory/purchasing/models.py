"""What we order from suppliers, and what arrived of it."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from inventory.models.product import Sku
from inventory.models.stock import StockMovement
from inventory.models.warehouse import Warehouse
from inventory.purchasing.states import COMING, PurchaseStatus
from inventory.purchasing.supplier_models import Supplier


class PurchaseOrder(models.Model):
    """Goods ordered from one supplier for one warehouse.

    `status` is written by `inventory.purchasing.transition` only. `rate` is what one unit of `currency` is worth in the
    SKUs' currency; empty when not known.
    """

    number = models.CharField(_("purchase order"), max_length=24, unique=True)
    supplier = models.ForeignKey(
        Supplier, models.PROTECT, related_name="orders", verbose_name=_("supplier")
    )
    warehouse = models.ForeignKey(
        Warehouse, models.PROTECT, related_name="+", db_index=False, verbose_name=_("warehouse")
    )
    currency = models.CharField(_("currency"), max_length=3)
    rate = models.DecimalField(_("exchange rate"), max_digits=16, decimal_places=8, null=True)
    status = models.CharField(
        _("status"), max_length=15, choices=PurchaseStatus, db_default=PurchaseStatus.DRAFT
    )
    note = models.CharField(_("note to the supplier"), max_length=300, db_default="")
    reason = models.CharField(_("reason"), max_length=200, db_default="")
    expected_on = models.DateField(_("expected on"), null=True)
    ordered_at = models.DateTimeField(_("ordered at"), null=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(db_default=Now())
    version = models.PositiveIntegerField(db_default=1)

    class Meta:
        verbose_name = _("purchase order")
        verbose_name_plural = _("purchase orders")
        permissions: ClassVar = [("buy_goods", gettext_noop("Can order goods from suppliers"))]
        indexes: ClassVar = [
            models.Index(fields=["status", "-id"], name="purchase_by_status_newest"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status__in=PurchaseStatus.values), name="purchase_status_is_known"
            ),
            models.CheckConstraint(condition=Q(rate__gt=0), name="purchase_rate_positive"),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "cancelled"]) | Q(ordered_at__isnull=False),
                name="purchase_sent_at_some_time",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("purchasing:order", args=[self.number])

    @property
    def is_overdue(self) -> bool:
        is_late = self.expected_on is not None and self.expected_on < timezone.localdate()
        return is_late and self.status in COMING


class PurchaseLine(models.Model):
    """A SKU of a purchase order. `received` pieces came whole, `damaged` ones broken; both are no longer expected."""

    purchase_order = models.ForeignKey(
        PurchaseOrder, models.CASCADE, related_name="lines", db_index=False
    )
    position = models.PositiveIntegerField()
    sku = models.ForeignKey(Sku, models.PROTECT, related_name="purchase_lines")
    code = models.CharField(_("supplier’s code"), max_length=64, db_default="")
    ordered = models.PositiveIntegerField(_("ordered"))
    received = models.PositiveIntegerField(_("received"), db_default=0)
    damaged = models.PositiveIntegerField(_("damaged"), db_default=0)
    price = models.DecimalField(_("price"), max_digits=14, decimal_places=4)
    expected_on = models.DateField(_("expected on"), null=True)

    class Meta:
        verbose_name = _("line of a purchase order")
        verbose_name_plural = _("lines of purchase orders")
        ordering = ("purchase_order", "position")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["purchase_order", "sku"], name="purchase_line_once_per_sku"
            ),
            models.CheckConstraint(
                condition=Q(ordered__gt=0), name="purchase_line_orders_something"
            ),
            models.CheckConstraint(
                condition=Q(price__gte=0), name="purchase_line_price_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ordered} × {self.sku_id}"

    @property
    def open(self) -> int:
        return max(0, self.ordered - self.received - self.damaged)


class PurchaseMail(models.Model):
    """A purchase order on its way to the supplier's mail box: to whom, when, and what came of it."""

    purchase_order = models.ForeignKey(PurchaseOrder, models.CASCADE, related_name="mails")
    to = models.EmailField(_("to"))
    language = models.CharField(max_length=7)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    asked_at = models.DateTimeField(db_default=Now())
    tried_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=300, db_default="")

    class Meta:
        verbose_name = _("mail to a supplier")
        verbose_name_plural = _("mails to suppliers")
        indexes: ClassVar = [
            models.Index(
                fields=["asked_at"],
                condition=Q(tried_at__isnull=True),
                name="purchase_mail_to_send",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purchase_order_id} → {self.to}"


class Receipt(models.Model):
    """One delivery of a purchase order. The same `event_key` posted again is the same delivery."""

    purchase_order = models.ForeignKey(PurchaseOrder, models.PROTECT, related_name="receipts")
    event_key = models.CharField(max_length=100, unique=True)
    reference = models.CharField(_("delivery note"), max_length=60, db_default="")
    reason = models.CharField(_("reason"), max_length=200, db_default="")
    # Numbers of the orders that could get on with it.
    told = ArrayField(models.CharField(max_length=24), db_default=[])
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")

    def __str__(self) -> str:
        return f"R{self.pk}"


class ReceiptLine(models.Model):
    """Pieces of a line that came with a delivery: whole, broken, and how many of both were more than ordered."""

    receipt = models.ForeignKey(Receipt, models.CASCADE, related_name="lines", db_index=False)
    line = models.ForeignKey(PurchaseLine, models.PROTECT, related_name="arrivals")
    good = models.PositiveIntegerField(_("good"))
    damaged = models.PositiveIntegerField(_("damaged"), db_default=0)
    over = models.PositiveIntegerField(_("more than ordered"), db_default=0)
    movement = models.OneToOneField(StockMovement, models.PROTECT, related_name="receipt_line")

    class Meta:
        verbose_name = _("line of a receipt")
        verbose_name_plural = _("lines of receipts")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["receipt", "line"], name="receipt_line_once"),
            models.CheckConstraint(
                condition=Q(good__gt=0) | Q(damaged__gt=0), name="receipt_line_brings_something"
            ),
            models.CheckConstraint(
                condition=Q(over__lte=F("good") + F("damaged")), name="receipt_line_over_within"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.good}+{self.damaged} of {self.line_id}"
