from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now, Upper
from django.utils.translation import gettext_lazy as _

from inventory.models.product import Sku
from inventory.models.stock import APPEND_ONLY, Stock, StockMovement


class Lot(models.Model):
    """Pieces of a SKU that came together (a batch), or the one piece of a serial number. Its code is in upper case.

    Its pieces are good until the end of `expires_on`; without a day they stay good.
    """

    sku = models.ForeignKey(Sku, models.PROTECT, related_name="lots", db_index=False)
    code = models.CharField(_("lot or serial number"), max_length=40, db_collation="C")
    expires_on = models.DateField(_("expires on"), null=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("lot")
        verbose_name_plural = _("lots")
        indexes: ClassVar = [
            # What was scanned, whatever SKU it is of.
            models.Index(fields=["code"], name="lot_by_code"),
            # What has expired.
            models.Index(
                fields=["expires_on"],
                condition=Q(expires_on__isnull=False),
                name="lot_by_expiry",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["sku", "code"], name="lot_once_per_sku"),
            models.CheckConstraint(condition=Q(code=Upper("code")), name="lot_code_is_upper_case"),
            models.CheckConstraint(condition=~Q(code=""), name="lot_has_a_code"),
        ]

    def __str__(self) -> str:
        return self.code


class LotStock(models.Model):
    """How many pieces of a lot lie in a stock. Written by `inventory.ledger` only, under the lock of the stock.

    `is_serial` says that the lot is one piece: it lies in one place at most.
    """

    stock = models.ForeignKey(Stock, models.PROTECT, related_name="lots", db_index=False)
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="stock")
    on_hand = models.IntegerField(_("on hand"), db_default=0)
    is_serial = models.BooleanField(db_default=False)

    class Meta:
        verbose_name = _("pieces of a lot")
        verbose_name_plural = _("pieces of lots")
        indexes: ClassVar = [
            models.Index(
                fields=["stock", "lot"], condition=Q(on_hand__gt=0), name="lot_stock_present"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["stock", "lot"], name="lot_once_per_stock"),
            models.CheckConstraint(condition=Q(on_hand__gte=0), name="lot_pieces_not_negative"),
            models.CheckConstraint(
                condition=Q(is_serial=False) | Q(on_hand__lte=1), name="serial_is_one_piece"
            ),
            models.UniqueConstraint(
                fields=["lot"],
                condition=Q(is_serial=True, on_hand__gt=0),
                name="serial_lies_in_one_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on_hand} of {self.lot}"


class LotMovement(models.Model):
    """Of which lots the pieces of a movement were: they sum to its quantity. Never changed afterwards."""

    movement = models.ForeignKey(StockMovement, models.PROTECT, related_name="lots", db_index=False)
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="movements")
    quantity = models.IntegerField(_("quantity"))

    class Meta:
        verbose_name = _("movement of a lot")
        verbose_name_plural = _("movements of lots")
        triggers: ClassVar = [APPEND_ONLY]
        constraints = [
            models.UniqueConstraint(fields=["movement", "lot"], name="lot_once_per_movement"),
            models.CheckConstraint(condition=~Q(quantity=0), name="lot_movement_moves_something"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity:+d} of {self.lot}"
