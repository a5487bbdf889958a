from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from inventory.models.stock import Stock


class BinChange(models.Model):
    """Somebody put a stock in another bin."""

    stock = models.ForeignKey(Stock, models.CASCADE, related_name="bin_changes")
    before = models.CharField(_("before"), max_length=20, blank=True)
    after = models.CharField(_("after"), max_length=20, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("change of bin")
        verbose_name_plural = _("changes of bin")

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
