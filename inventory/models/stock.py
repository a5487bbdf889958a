from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, pgettext_lazy

from inventory.models.product import Sku
from inventory.models.warehouse import Bin, Warehouse
from oms.models import Channel

APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
LASTING = pgtrigger.Trigger(
    name="never_deleted",
    when=pgtrigger.Before,
    operation=pgtrigger.Delete | pgtrigger.UpdateOf("id"),
    func="RAISE EXCEPTION 'Cannot delete rows from % or number them anew', TG_TABLE_NAME;",
)
"""There once, there always: rows may name it without a foreign key, where that would cost more than the row."""


class Stock(models.Model):
    """How many of a SKU lie in a warehouse, and how many of those are promised. Written by `inventory.ledger` only.

    `blocked` pieces lie there but may not be promised (damaged, expired, in inspection): see `StockBlock`. A place with
    fewer available pieces than `safety_stock` is low; it keeps no waiting order from its goods.
    """

    warehouse = models.ForeignKey(
        Warehouse, models.PROTECT, related_name="stock", verbose_name=_("warehouse")
    )
    sku = models.ForeignKey(Sku, models.PROTECT, related_name="stock")
    bin = models.ForeignKey(Bin, models.SET_NULL, null=True, blank=True, related_name="stock")
    on_hand = models.IntegerField(_("on hand"), db_default=0)
    reserved = models.IntegerField(_("reserved"), db_default=0)
    blocked = models.IntegerField(_("blocked"), db_default=0)
    available = models.GeneratedField(
        expression=F("on_hand") - F("reserved") - F("blocked"),
        output_field=models.IntegerField(_("available")),
        db_persist=True,
    )
    safety_stock = models.PositiveIntegerField(_("safety stock"), db_default=0)

    class Meta:
        verbose_name = _("stock")
        verbose_name_plural = _("stock")
        permissions: ClassVar = [
            ("adjust_stock", gettext_noop("Can receive and adjust stock")),
            ("repair_stock", gettext_noop("Can set drifted stock counters right")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["sku", "warehouse"], name="stock_once_per_sku_and_warehouse"
            ),
            models.CheckConstraint(
                condition=Q(reserved__gte=0)
                & Q(blocked__gte=0)
                & Q(on_hand__gte=F("reserved") + F("blocked")),
                name="stock_reserved_within_on_hand",
            ),
        ]
        triggers: ClassVar = [LASTING]

    def __str__(self) -> str:
        return f"{self.sku.code} @ {self.warehouse.name}"


class ChannelKept(models.Model):
    """Pieces of a stock that only orders of this channel may take: for all others so many free ones do not count.

    It is a floor and no counter: whoever sells the pieces, as long as so many are free they are the channel's.
    """

    stock = models.ForeignKey(Stock, models.PROTECT, related_name="kept", verbose_name=_("stock"))
    channel = models.ForeignKey(
        Channel, models.CASCADE, related_name="kept_stock", verbose_name=_("channel")
    )
    quantity = models.PositiveIntegerField(_("quantity"))

    class Meta:
        verbose_name = _("channel-kept quantity")
        verbose_name_plural = _("channel-kept quantities")
        constraints = [
            models.UniqueConstraint(
                fields=["stock", "channel"], name="kept_once_per_stock_and_channel"
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="kept_is_something"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} for {self.channel}"


class StockBlock(models.Model):
    """Pieces set apart: they lie in their place but may not be promised. Open ones sum to `Stock.blocked`."""

    class Reason(models.TextChoices):
        DAMAGED = "damaged", pgettext_lazy("block", "Damaged")
        EXPIRED = "expired", pgettext_lazy("block", "Expired")
        INSPECTION = "inspection", pgettext_lazy("block", "In inspection")
        OTHER = "other", pgettext_lazy("block", "Other")

    stock = models.ForeignKey(Stock, models.PROTECT, related_name="blocks", db_index=False)
    # The lot whose pieces these are; empty where nobody looked (and for goods without lots).
    lot = models.ForeignKey(
        "inventory.Lot", models.PROTECT, null=True, related_name="blocks", db_index=False
    )
    quantity = models.PositiveIntegerField(_("quantity"))
    reason = models.CharField(_("reason"), max_length=10, choices=Reason)
    reference = models.CharField(_("reference"), max_length=80, blank=True, db_default="")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(db_default=Now())
    released_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("blocked pieces")
        verbose_name_plural = _("blocked pieces")
        indexes: ClassVar = [
            models.Index(
                fields=["stock"], condition=Q(released_at__isnull=True), name="block_open_by_stock"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="block_holds_something")
        ]

    def __str__(self) -> str:
        return f"{self.quantity} {self.get_reason_display()}"


class StockMovement(models.Model):
    """One change of what lies in a warehouse: the ledger whose sum is `Stock.on_hand`. Never changed afterwards."""

    class Kind(models.TextChoices):
        OPENING = "opening", _("Opening stock")
        RECEIPT = "receipt", pgettext_lazy("movement", "Received")
        ADJUSTMENT = "adjustment", pgettext_lazy("movement", "Adjusted")
        SHIPMENT = "shipment", pgettext_lazy("movement", "Shipped")
        RETURN = "return", pgettext_lazy("movement", "Returned")
        TRANSFER = "transfer", pgettext_lazy("movement", "Transferred")
        COUNT = "count", pgettext_lazy("movement", "Counted")
        WRITE_OFF = "write_off", pgettext_lazy("movement", "Written off")

    stock = models.ForeignKey(Stock, models.PROTECT, related_name="movements", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind, verbose_name=_("kind"))
    quantity = models.IntegerField(_("quantity"))
    reason = models.CharField(_("reason"), max_length=200, blank=True, db_default="")
    reference = models.CharField(_("reference"), max_length=80, blank=True, db_default="")
    reservation = models.OneToOneField(
        "inventory.Reservation", models.PROTECT, null=True, related_name="movement", db_index=True
    )
    # What caused it, so that the same cause has one effect; NULL where nobody may tell it twice.
    event_key = models.CharField(  # noqa: DJ001
        max_length=80, null=True, db_collation="C"
    )
    reverses = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        related_name="taken_back_by",
        verbose_name=_("takes back"),
        db_index=False,
    )
    # Of a piece, in the SKU's currency, at that moment; empty when it was not known.
    unit_cost = models.DecimalField(_("unit cost"), max_digits=14, decimal_places=4, null=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("stock movement")
        verbose_name_plural = _("stock movements")
        triggers: ClassVar = [APPEND_ONLY]
        indexes: ClassVar = [
            # The ledger of a place, newest first; what moved there since.
            models.Index(fields=["stock", "id"], name="movement_by_stock"),
            # What was sold when.
            models.Index(
                fields=["stock", "created_at"],
                include=["quantity"],
                condition=Q(kind="shipment"),
                name="movement_shipped_by_stock",
            ),
            # Movements only ever come after one another: a few pages say where each day begins.
            BrinIndex(
                fields=["created_at"],
                pages_per_range=32,
                autosummarize=True,
                name="stock_movement_by_time",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(quantity=0), name="movement_moves_something"),
            models.CheckConstraint(
                condition=Q(kind="shipment", reservation__isnull=False, quantity__lt=0)
                | (~Q(kind="shipment") & Q(reservation__isnull=True)),
                name="shipped_movement_takes_a_reservation_out",
            ),
            models.UniqueConstraint(
                fields=["event_key"],
                condition=Q(event_key__isnull=False),
                name="movement_event_once",
            ),
            models.UniqueConstraint(
                fields=["reverses"],
                condition=Q(reverses__isnull=False),
                name="movement_taken_back_once",
            ),
            models.CheckConstraint(
                condition=Q(unit_cost__gte=0), name="movement_cost_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(reverses__isnull=True)
                | Q(kind__in=["receipt", "adjustment", "transfer", "count", "write_off"]),
                name="movement_that_can_be_taken_back",
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
