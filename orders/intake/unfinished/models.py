from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class UnfinishedOrder(models.Model):
    """An order that somebody began to write and has not placed: the fields as typed, judged by nobody."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    # The form's own key: saved again it is the same row, and placed under it the row is done with.
    form_key = models.CharField(max_length=80)
    typed = models.JSONField()
    saved_at = models.DateTimeField(_("saved at"), db_default=Now())

    class Meta:
        verbose_name = _("unfinished order")
        verbose_name_plural = _("unfinished orders")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "form_key"], name="unfinished_order_once_per_form"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["user", "-saved_at"], name="unfinished_order_newest"),
            models.Index(fields=["saved_at"], name="unfinished_order_saved_at"),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.saved_at:%Y-%m-%d %H:%M}"
