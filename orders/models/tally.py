from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from oms.models import Channel


class OrderTally(models.Model):
    """How many orders, worth how much, per day, channel, currency and status: behind every count and chart.

    Writers only append differences (no lock, no hot row); `orders.tally.fold` sums them into one folded row a key.
    The truth at any moment is the sum of all rows of a key.
    """

    day = models.DateField()
    channel = models.ForeignKey(
        Channel, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    currency = models.CharField(max_length=3)
    status = models.CharField(max_length=18)
    orders = models.IntegerField()
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    is_folded = models.BooleanField(db_default=False)

    class Meta:
        verbose_name = _("order tally")
        verbose_name_plural = _("order tallies")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["day", "channel", "currency", "status"],
                condition=Q(is_folded=True),
                name="one_folded_tally_per_key",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.status} {self.orders:+d}"
