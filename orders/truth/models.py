"""What the workers found when they last looked at everything that must always be true."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class TruthPass(models.Model):
    """One look at everything, done in pieces by whoever comes; `step` and `after_id` say how far it came.

    `found` counts, per invariant, the rows that broke it. `asked_by` is empty when the time had come by itself.
    """

    started_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    step = models.PositiveSmallIntegerField(db_default=0)
    after_id = models.BigIntegerField(db_default=0)
    piece = models.PositiveIntegerField(db_default=1000)
    looked_at = models.BigIntegerField(db_default=0)
    seconds = models.FloatField(db_default=0.0)
    longest_seconds = models.FloatField(db_default=0.0)
    found = models.JSONField(db_default={})

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["id"], condition=Q(finished_at__isnull=True), name="truth_pass_under_way"
            )
        ]

    def __str__(self) -> str:
        return f"{self.started_at}"


class TruthState(models.Model):
    """How one invariant stood when it was last looked at. `rows`, as pairs of name and value, are the first broken."""

    name = models.CharField(max_length=80, primary_key=True)
    checked_at = models.DateTimeField(null=True)
    broken = models.PositiveIntegerField(db_default=0)
    rows = models.JSONField(db_default=[])
    broken_since = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
