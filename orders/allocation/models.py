"""Which warehouse serves whom, and whether orders are split: kept by administrators."""

from typing import ClassVar

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inventory.models import Warehouse
from oms.models import Channel
from orders.allocation.terms import Prefer, Ships
from orders.desk.notes.models import Tag

_LEVELS = ("normal", "silver", "gold")


class AllocationPolicy(models.Model):
    """How the orders it applies to get their goods; the first one in order that applies decides.

    Without any, warehouses are asked by their priority and orders are split over as few as possible.
    """

    class Preference(models.TextChoices):
        PRIORITY = Prefer.PRIORITY.value, _("The warehouses' own priority")
        REGION = Prefer.REGION.value, _("Rank in the table of regions")
        COST = Prefer.COST.value, _("Lowest cost of a parcel")

    class Shipping(models.TextChoices):
        AS_ORDERED = Ships.AS_ORDERED.value, _("As the order says")
        COMPLETE = Ships.COMPLETE.value, _("Only complete")
        AVAILABLE = Ships.AVAILABLE.value, _("What there is goes now")

    name = models.CharField(_("name"), max_length=80, unique=True)
    position = models.PositiveSmallIntegerField(
        _("position"), default=100, help_text=_("The lowest number is asked first.")
    )
    is_active = models.BooleanField(_("active"), default=True)
    channels = models.ManyToManyField(
        Channel, verbose_name=_("channels"), blank=True, help_text=_("Empty for all.")
    )
    level = models.CharField(
        _("customer level"), max_length=8, blank=True, db_default="",
        help_text=_("normal, silver or gold; empty for all."),
    )  # fmt: skip
    tags = models.ManyToManyField(
        Tag, verbose_name=_("order tags"), blank=True,
        help_text=_("Orders with one of these tags; empty for all."),
    )  # fmt: skip
    country = models.CharField(
        _("country"), max_length=2, blank=True, db_default="",
        validators=[RegexValidator(r"^[A-Z]{2}$", _("Country: enter two capital letters, as in CN."))],
        help_text=_("Two letters, as in CN; empty for all."),
    )  # fmt: skip
    province = models.CharField(
        _("province"), max_length=80, blank=True, db_default="",
        help_text=_("How the province begins; empty for all."),
    )  # fmt: skip
    prefer = models.CharField(
        _("warehouses by"), max_length=8, choices=Preference, default=Preference.PRIORITY
    )
    fewest_parcels = models.BooleanField(
        _("fewest parcels"), default=True,
        help_text=_("Otherwise each warehouse in turn gives what it has."),
    )  # fmt: skip
    no_split_below = models.DecimalField(
        _("do not split below"), max_digits=16, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("The order's total in its currency; empty to split any order."),
    )  # fmt: skip
    parcel_cap = models.PositiveSmallIntegerField(
        _("parcels at most"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    ships = models.CharField(
        _("short orders ship"), max_length=9, choices=Shipping, default=Shipping.AS_ORDERED
    )
    keeps_safety = models.BooleanField(
        _("keeps safety stock"), default=False,
        help_text=_("These orders do not take the last pieces below the safety stock."),
    )  # fmt: skip
    excluded = models.ManyToManyField(
        Warehouse, verbose_name=_("warehouses that may not serve"), blank=True
    )

    class Meta:
        verbose_name = _("allocation policy")
        verbose_name_plural = _("allocation policies")
        ordering = ("position", "id")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(level__in=("", *_LEVELS)), name="policy_level_is_known"
            ),
            models.CheckConstraint(
                condition=Q(parcel_cap__isnull=True) | Q(parcel_cap__gte=1),
                name="policy_lets_a_parcel_go",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class WarehouseRate(models.Model):
    """What a parcel from a warehouse to a region costs and how long it takes, and how much the warehouse is preferred.

    The row that names the region most closely counts.
    """

    warehouse = models.ForeignKey(
        Warehouse, models.CASCADE, related_name="+", db_index=False, verbose_name=_("warehouse")
    )
    country = models.CharField(
        _("country"), max_length=2, blank=True, db_default="", help_text=_("Empty for all.")
    )
    province = models.CharField(
        _("province"), max_length=80, blank=True, db_default="",
        help_text=_("How the province begins; empty for all."),
    )  # fmt: skip
    cost = models.DecimalField(
        _("cost per parcel"), max_digits=14, decimal_places=2, validators=[MinValueValidator(0)]
    )
    days = models.PositiveSmallIntegerField(_("days"), default=2)
    rank = models.PositiveSmallIntegerField(
        _("rank"), default=100, help_text=_("The lowest number is asked first.")
    )

    class Meta:
        verbose_name = _("region of a warehouse")
        verbose_name_plural = _("regions of warehouses")
        ordering = ("country", "province", "rank", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["warehouse", "country", "province"], name="warehouse_rate_once_per_region"
            ),
            models.CheckConstraint(condition=Q(cost__gte=0), name="warehouse_rate_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.warehouse} → {self.country} {self.province}".strip()
