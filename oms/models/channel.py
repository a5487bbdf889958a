from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

MOST_HOLD_MINUTES = 10_080
"""A week."""


class Channel(models.Model):
    """Where orders come from: a shop on a platform, the web shop, the telephone."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80)
    currency = models.CharField(_("currency"), max_length=3, default="CNY")
    ship_within_hours = models.PositiveSmallIntegerField(
        _("ship within (hours)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("From the moment of the order; left empty, nothing is promised"),
    )
    hold_minutes = models.PositiveSmallIntegerField(
        _("keep goods for unpaid orders (minutes)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_HOLD_MINUTES)],
        help_text=_("From the moment of the order; left empty, nothing is kept before the payment"),
    )
    unpaid_hours = models.PositiveSmallIntegerField(
        _("cancel unpaid orders after (hours)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("From the moment of the order; leave it empty for cash on delivery and credit"),
    )
    merge_parcels = models.BooleanField(
        _("merge parcels of the same recipient"),
        default=False,
        help_text=_("Parcels that are ready in one warehouse travel together until picking begins"),
    )
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name
