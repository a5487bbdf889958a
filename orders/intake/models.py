from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from oms.models import Channel


class ImportBatch(models.Model):
    """One file taken in. The same file (by content) is the same batch: run again, it goes on where it stopped."""

    class Status(models.TextChoices):
        RUNNING = "running", _("Running")
        FINISHED = "finished", _("Finished")

    file_name = models.CharField(_("file"), max_length=200)
    file_hash = models.CharField(max_length=64)
    preset = models.CharField(_("preset"), max_length=40)
    channel = models.ForeignKey(
        Channel, models.PROTECT, related_name="+", verbose_name=_("channel")
    )
    status = models.CharField(
        max_length=8, choices=Status, default=Status.RUNNING, verbose_name=_("status")
    )
    header = models.JSONField(default=list)
    rows_total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    # What the rows themselves do not tell (SKUs created …), summed up in each chunk's transaction.
    counters = models.JSONField(default=dict)
    account = models.JSONField(default=dict)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # The job that cancelled its orders again; an import is undone once.
    undone_by = models.OneToOneField("orders.BulkJob", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["file_hash", "channel", "preset"], name="import_batch_once_per_file"
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class ImportRow(models.Model):
    """A row of an imported file as it was read, and what became of it.

    `raw` is the JSON list of its cells. `quantity` and `amount` are what the source says, unrounded: the row's own
    line, signed as in the source. `extra_amount` is what the row says of the whole document beyond its lines
    (carriage, tax, less the order's discount); both are 0 where they could not be read.
    """

    class Outcome(models.TextChoices):
        GOODS = "goods", _("Goods line")
        CHARGE = "charge", _("Charge or discount line")
        RETURN_LINKED = "return_linked", _("Return line linked to what it reverses")
        CREDIT_UNLINKED = "credit_unlinked", _("Unlinked credit")
        STOCK_ADJUSTMENT = "stock_adjustment", _("Stock adjustment")
        FINANCIAL = "financial", _("Financial adjustment")
        DUPLICATE = "duplicate", _("Already here")
        REJECTED = "rejected", _("Rejected")

    class Kind(models.TextChoices):
        ORDER = "order", _("Order")
        CREDIT = "credit", _("Cancellation")
        ADJUSTMENT = "adjustment", _("Adjustment")

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows", db_index=False)
    row_no = models.PositiveIntegerField()
    raw = models.TextField()
    outcome = models.CharField(max_length=16, choices=Outcome, verbose_name=_("outcome"))
    reason = models.CharField(max_length=300, db_default="")
    document = models.CharField(max_length=64, db_default="")
    document_kind = models.CharField(max_length=10, choices=Kind, db_default=Kind.ORDER)
    quantity = models.BigIntegerField(db_default=0)
    amount = models.DecimalField(max_digits=20, decimal_places=6, db_default=0)
    extra_amount = models.DecimalField(max_digits=20, decimal_places=6, db_default=0)

    class Meta:
        verbose_name = _("import row")
        verbose_name_plural = _("import rows")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "row_no"], name="import_row_once"),
        ]

    def __str__(self) -> str:
        return f"{self.row_no}: {self.get_outcome_display()}"
