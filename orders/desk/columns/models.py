from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Density(models.TextChoices):
    """How high a row is: 32, 40 or 48 pixels."""

    COMPACT = "compact", _("Compact")
    NORMAL = "normal", _("Normal")
    TOUCH = "touch", _("Roomy, for fingers")


class ListLayout(models.Model):
    """How somebody likes the order list; without a row it is the usual one."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+"
    )
    # Names of orders.desk.columns.registry; empty: the usual ones. One that is gone is passed over.
    columns = ArrayField(models.CharField(max_length=30), default=list)
    density = models.CharField(max_length=7, choices=Density, default=Density.NORMAL)

    class Meta:
        verbose_name = _("layout of the order list")
        verbose_name_plural = _("layouts of the order list")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(density__in=Density.values), name="list_layout_density_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {', '.join(self.columns)}"
