"""Suppliers, what each of them sells us, and the suggestions that somebody put off."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now, Upper
from django.utils.translation import gettext_lazy as _

from inventory.models.product import Sku
from oms.money import CURRENCY_PLACES

_CURRENCIES = [(code, code) for code in CURRENCY_PLACES]


class Supplier(models.Model):
    """A company we buy from; orders go to its mail address, in its language."""

    class Language(models.TextChoices):
        CHINESE = "zh-hans", "中文"
        ENGLISH = "en", "English"

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=120)
    contact = models.CharField(_("contact"), max_length=80, blank=True)
    email = models.EmailField(_("email"), blank=True)
    currency = models.CharField(_("currency"), max_length=3, default="CNY", choices=_CURRENCIES)
    minimum_amount = models.DecimalField(
        _("minimum order"), max_digits=16, decimal_places=2, default=0
    )
    lead_days = models.PositiveSmallIntegerField(
        _("lead time (days)"), null=True, blank=True, help_text=_("Empty when not known")
    )
    tolerance_percent = models.PositiveSmallIntegerField(
        _("most over the ordered (%)"),
        default=10,
        help_text=_("More than this over the ordered pieces is not taken in"),
    )
    language = models.CharField(
        _("language"), max_length=7, choices=Language, default=Language.CHINESE
    )
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("supplier")
        verbose_name_plural = _("suppliers")
        ordering = ("code",)
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(code=Upper("code")), name="supplier_code_is_upper_case"
            ),
            models.CheckConstraint(
                condition=Q(minimum_amount__gte=0), name="supplier_minimum_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SupplierItem(models.Model):
    """A SKU as a supplier sells it: under which code, at what price, in what packs."""

    supplier = models.ForeignKey(
        Supplier, models.CASCADE, related_name="items", db_index=False, verbose_name=_("supplier")
    )
    sku = models.ForeignKey(Sku, models.CASCADE, related_name="supplier_items")
    code = models.CharField(_("supplier’s code"), max_length=64, blank=True)
    price = models.DecimalField(_("price"), max_digits=14, decimal_places=4)
    pack_size = models.PositiveIntegerField(_("pack size"), default=1)
    minimum_quantity = models.PositiveIntegerField(_("minimum quantity"), default=1)
    lead_days = models.PositiveSmallIntegerField(
        _("lead time (days)"), null=True, blank=True, help_text=_("Empty: the supplier’s")
    )
    is_preferred = models.BooleanField(_("preferred"), default=False)

    class Meta:
        verbose_name = _("item of a supplier")
        verbose_name_plural = _("items of suppliers")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["supplier", "sku"], name="supplier_item_once_per_supplier"
            ),
            models.UniqueConstraint(
                fields=["sku"], condition=Q(is_preferred=True), name="supplier_preferred_once"
            ),
            models.CheckConstraint(
                condition=Q(price__gte=0), name="supplier_item_price_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(pack_size__gte=1, minimum_quantity__gte=1),
                name="supplier_item_packs_hold_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sku_id}@{self.supplier_id}"


class SuggestionSnooze(models.Model):
    """A person wants no suggestion for this SKU before a day."""

    sku = models.ForeignKey(Sku, models.CASCADE, related_name="snoozes", db_index=False)
    until = models.DateField(_("until"))
    reason = models.CharField(_("reason"), max_length=200)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("snoozed suggestion")
        verbose_name_plural = _("snoozed suggestions")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sku"], name="snooze_once_per_sku"),
        ]

    def __str__(self) -> str:
        return f"{self.sku_id}: {self.until}"
