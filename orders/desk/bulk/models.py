from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orders.models.order import Order


class BulkJob(models.Model):
    """One act of a person on many orders: chosen, looked at, confirmed, then done in pieces.

    Until it is confirmed nothing has happened. `back` is the list it was chosen in; `undoes` the job that this one
    takes back.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    act = models.CharField(max_length=20)
    reason = models.CharField(_("reason"), max_length=300, db_default="")
    back = models.CharField(max_length=2000, db_default="")
    undoes = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="undone_by", editable=False
    )
    created_at = models.DateTimeField(db_default=Now())
    confirmed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("bulk job")
        verbose_name_plural = _("bulk jobs")
        indexes: ClassVar = [
            models.Index(
                fields=["id"],
                condition=Q(confirmed_at__isnull=False, finished_at__isnull=True),
                name="bulk_job_to_do",
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(confirmed_at__isnull=False),
                name="finished_bulk_job_was_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} #{self.pk}"


class BulkItem(models.Model):
    """One order of a bulk job and how it fared; `words` say why it was refused, or what it got."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("bulk item", "Waiting")
        DONE = "done", pgettext_lazy("bulk item", "Done")
        REFUSED = "refused", pgettext_lazy("bulk item", "Stayed as it was")
        LEFT_OUT = "left_out", pgettext_lazy("bulk item", "Left out")

    job = models.ForeignKey(BulkJob, models.CASCADE, related_name="items", db_index=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=8, choices=State, db_default=State.WAITING)
    words = models.CharField(max_length=300, db_default="")

    class Meta:
        verbose_name = _("order of a bulk job")
        verbose_name_plural = _("orders of bulk jobs")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["job", "order"], name="bulk_item_once_per_job"),
        ]

    def __str__(self) -> str:
        return f"{self.job_id}: {self.order_id}"
