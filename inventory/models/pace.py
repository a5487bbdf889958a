from django.db import models
from django.utils.translation import gettext_lazy as _

from inventory.models.stock import Stock


class StockPace(models.Model):
    """How fast a stock sells. Derived: `inventory.pace` works it out from the movements, any number of times."""

    stock = models.OneToOneField(Stock, models.CASCADE, primary_key=True, related_name="pace")
    sold = models.PositiveIntegerField(_("pieces sold in 30 days"), default=0)
    last_sold_at = models.DateTimeField(null=True)
    first_at = models.DateTimeField()

    class Meta:
        verbose_name = _("sales pace")
        verbose_name_plural = _("sales paces")

    def __str__(self) -> str:
        return f"{self.stock_id}: {self.sold}"
