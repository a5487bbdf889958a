from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from orders.models.order import Order


class OrderEvent(models.Model):
    """Something that happened to an order: who, when, what, why. The timeline and the audit; never changed afterwards.

    `kind` is a past participle (`placed`, `approved`, `edited`, `picked`); `from_status`/`to_status` are set when the
    order's status moved. `actor` is null when a rule, an import or the system acted; `actor_name` says which.
    """

    # Orders are never deleted, and whoever writes an event reads them.
    order = models.ForeignKey(
        Order, models.CASCADE, related_name="events", db_index=False, db_constraint=False
    )
    kind = models.CharField(max_length=30)
    from_status = models.CharField(max_length=18, db_default="")
    to_status = models.CharField(max_length=18, db_default="")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    actor_name = models.CharField(max_length=80, db_default="")
    reason = models.CharField(max_length=300, db_default="")
    data = models.JSONField(db_default={})
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("order event")
        verbose_name_plural = _("order events")
        indexes: ClassVar = [
            models.Index(fields=["order", "id"], name="order_event_timeline"),
            models.Index(
                fields=["-id"], condition=Q(kind="forced"), name="order_event_forced_newest"
            ),
            # Events only ever come after one another: a few pages say where each day begins.
            BrinIndex(
                fields=["created_at"],
                pages_per_range=32,
                autosummarize=True,
                name="order_event_by_time",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
