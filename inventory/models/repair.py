from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from inventory.models.stock import APPEND_ONLY, Stock


class StockRepair(models.Model):
    """Counters of a place that a person set to what their rows say: before, after and why. Never changed afterwards."""

    stock = models.ForeignKey(
        Stock, models.PROTECT, related_name="repairs", verbose_name=_("stock"), db_index=False
    )
    on_hand_before = models.IntegerField()
    reserved_before = models.IntegerField()
    blocked_before = models.IntegerField()
    on_hand = models.IntegerField(_("on hand"))
    reserved = models.IntegerField(_("reserved"))
    blocked = models.IntegerField(_("blocked"))
    reason = models.CharField(_("reason"), max_length=200)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("stock repair")
        verbose_name_plural = _("stock repairs")
        triggers: ClassVar = [APPEND_ONLY]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="repair_says_why"),
            models.CheckConstraint(
                condition=~Q(on_hand=F("on_hand_before"))
                | ~Q(reserved=F("reserved_before"))
                | ~Q(blocked=F("blocked_before")),
                name="repair_changes_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stock_id}: {self.reason}"
