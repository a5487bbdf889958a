"""Which carrier takes which parcel, kept by administrators; and what was found for each parcel."""

from typing import ClassVar

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from inventory.models import Warehouse
from oms.models import Channel
from orders.carriers.models import Carrier
from orders.fulfilment.models import Shipment
from orders.preparation.choose import By

_COUNTRY = RegexValidator(r"^[A-Z]{2}$", _("Country: enter two capital letters, as in CN."))
_NOT_NEGATIVE = MinValueValidator(0)


class CarrierRule(models.Model):
    """Which carrier takes the parcels that it fits; the first one in order that fits decides."""

    class Way(models.TextChoices):
        NAMED = By.NAMED.value, _("This carrier")
        CHEAPEST = By.CHEAPEST.value, _("The cheapest by the tables")
        FASTEST = By.FASTEST.value, _("The fastest by the tables")

    name = models.CharField(_("name"), max_length=80, unique=True)
    position = models.PositiveSmallIntegerField(
        _("position"), default=100, help_text=_("The lowest number is asked first.")
    )
    is_active = models.BooleanField(_("active"), default=True)
    channels = models.ManyToManyField(
        Channel, verbose_name=_("channels"), blank=True, help_text=_("Empty for all.")
    )
    country = models.CharField(
        _("country"), max_length=2, blank=True, db_default="", validators=[_COUNTRY],
        help_text=_("Two letters, as in CN; empty for all."),
    )  # fmt: skip
    province = models.CharField(
        _("province"), max_length=80, blank=True, db_default="",
        help_text=_("How the province begins; empty for all."),
    )  # fmt: skip
    remote = models.BooleanField(_("remote area"), null=True, blank=True)
    least_grams = models.PositiveIntegerField(_("from weight (g)"), null=True, blank=True)
    most_grams = models.PositiveIntegerField(_("up to weight (g)"), null=True, blank=True)
    least_value = models.DecimalField(
        _("from goods value"), max_digits=16, decimal_places=2, null=True, blank=True,
        validators=[_NOT_NEGATIVE],
    )  # fmt: skip
    most_value = models.DecimalField(
        _("up to goods value"), max_digits=16, decimal_places=2, null=True, blank=True,
        validators=[_NOT_NEGATIVE],
    )  # fmt: skip
    by = models.CharField(_("taken by"), max_length=8, choices=Way, default=Way.NAMED)
    carrier = models.ForeignKey(
        Carrier, models.CASCADE, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("carrier"),
    )  # fmt: skip
    service = models.CharField(
        _("service"), max_length=40, blank=True, db_default="",
        help_text=_("The carrier's own name of it, where there are several."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("carrier rule")
        verbose_name_plural = _("carrier rules")
        ordering = ("position", "id")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(by="named", carrier__isnull=False)
                | ~Q(by="named") & Q(carrier__isnull=True),
                name="carrier_rule_names_a_carrier",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CarrierRate(models.Model):
    """A row of a carrier's table of prices; the row that names the region most closely counts."""

    carrier = models.ForeignKey(
        Carrier, models.CASCADE, related_name="rates", verbose_name=_("carrier")
    )
    warehouse = models.ForeignKey(
        Warehouse, models.CASCADE, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("warehouse"), help_text=_("Empty for all."),
    )  # fmt: skip
    country = models.CharField(
        _("country"), max_length=2, blank=True, db_default="", validators=[_COUNTRY],
        help_text=_("Two letters, as in CN; empty for all."),
    )  # fmt: skip
    province = models.CharField(
        _("province"), max_length=80, blank=True, db_default="",
        help_text=_("How the province begins; empty for all."),
    )  # fmt: skip
    first_grams = models.PositiveIntegerField(_("first weight (g)"), default=1000)
    first_price = models.DecimalField(
        _("price of it"), max_digits=14, decimal_places=2, validators=[_NOT_NEGATIVE]
    )
    step_grams = models.PositiveIntegerField(
        _("each further weight (g)"), default=1000, validators=[MinValueValidator(1)]
    )
    step_price = models.DecimalField(
        _("price of each"), max_digits=14, decimal_places=2, default=0, validators=[_NOT_NEGATIVE]
    )
    most_grams = models.PositiveIntegerField(
        _("up to weight (g)"), null=True, blank=True, help_text=_("Heavier parcels are not taken.")
    )
    days = models.PositiveSmallIntegerField(_("days"), default=2)

    class Meta:
        verbose_name = _("carrier price")
        verbose_name_plural = _("carrier prices")
        ordering = ("carrier", "country", "province", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["carrier", "warehouse", "country", "province"],
                nulls_distinct=False,
                name="carrier_rate_once_per_region",
            ),
            models.CheckConstraint(
                condition=Q(first_price__gte=0, step_price__gte=0, step_grams__gt=0),
                name="carrier_rate_is_a_price",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.carrier} → {self.country} {self.province}".strip()


class Preparation(models.Model):
    """What was found for a parcel before anybody picks it; written by `orders.preparation` only, anew when it changes.

    `grams` is estimated from the SKUs, 0 where none has a weight. `others` are the carriers not taken: id, price, days.
    """

    shipment = models.OneToOneField(
        Shipment, models.PROTECT, primary_key=True, related_name="preparation", db_constraint=False
    )
    carrier = models.ForeignKey(
        Carrier,
        models.SET_NULL,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name=_("carrier"),
    )
    service = models.CharField(_("service"), max_length=40, db_default="")
    rule = models.ForeignKey(
        CarrierRule, models.SET_NULL, null=True, related_name="+", db_index=False
    )
    grams = models.PositiveIntegerField(_("weight (g)"))
    price = models.DecimalField(_("price"), max_digits=14, decimal_places=2, null=True)
    days = models.PositiveSmallIntegerField(_("days"), null=True)
    others = models.JSONField(db_default=[])
    missing = models.JSONField(db_default=[])  # fields of the address
    prepared_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("preparation")
        verbose_name_plural = _("preparations")

    def __str__(self) -> str:
        return f"{self.shipment_id}"
