from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orders.intake.models import ImportBatch


class ImportDraft(models.Model):
    """A file on its way in: received, its columns matched, checked, corrected, and then imported as `batch`.

    `mapping` says in which column stands what (our word → place), when no preset knows the file; `channel` is the code
    that was asked for, "" for the preset's own. `version` counts what people changed.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    file_name = models.CharField(_("file"), max_length=200)
    file_hash = models.CharField(max_length=64, db_index=True)
    written_in = models.CharField(max_length=20)
    header = models.JSONField(default=list)
    preset = models.CharField(max_length=40, db_default="")
    channel = models.CharField(max_length=40, db_default="")
    mapping = models.JSONField(default=dict)
    rows_total = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(db_default=1)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(db_default=Now())
    created_at = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(null=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    failure = models.CharField(max_length=300, db_default="")
    batch = models.ForeignKey(ImportBatch, models.PROTECT, null=True, related_name="drafts")

    class Meta:
        verbose_name = _("import being prepared")
        verbose_name_plural = _("imports being prepared")
        indexes: ClassVar = [
            models.Index(
                fields=["id"], condition=Q(started_at__isnull=False), name="import_draft_to_do"
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(started_at__isnull=True) | Q(started_by__isnull=False),
                name="started_import_has_a_starter",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class ImportDraftRow(models.Model):
    """A row as it was received (`raw`, the JSON list of its cells) and as somebody corrected it.

    `problems` are [place of the column or null, words]; for a row whose order is here with other content they are
    [field, old, new].
    """

    class State(models.TextChoices):
        UNCHECKED = "unchecked", pgettext_lazy("row of an import", "Not checked yet")
        GOOD = "good", pgettext_lazy("row of an import", "Can be imported")
        BAD = "bad", pgettext_lazy("row of an import", "With a problem")
        HELD = "held", pgettext_lazy("row of an import", "Belongs to one with a problem")
        HERE = "here", pgettext_lazy("row of an import", "Already here")
        DIFFERS = "differs", pgettext_lazy("row of an import", "Already here, with other content")
        TAKEN_IN = "taken_in", pgettext_lazy("row of an import", "Imported")

    draft = models.ForeignKey(ImportDraft, models.CASCADE, related_name="rows", db_index=False)
    row_no = models.PositiveIntegerField()
    raw = models.TextField()
    corrected = models.TextField(db_default="")
    document = models.TextField(db_default="")
    # The number of the first row of the same document.
    group_no = models.PositiveIntegerField(db_default=0)
    state = models.CharField(max_length=9, choices=State, db_default=State.UNCHECKED)
    problems = models.JSONField(db_default=[])

    class Meta:
        verbose_name = _("row of an import being prepared")
        verbose_name_plural = _("rows of imports being prepared")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draft", "row_no"], name="import_draft_row_once"),
        ]

    def __str__(self) -> str:
        return f"{self.draft_id}: {self.row_no}"


class ColumnMemory(models.Model):
    """How the columns of one set of headings were matched the last time (our word → heading, folded)."""

    headings = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("remembered columns")
        verbose_name_plural = _("remembered columns")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["headings"], name="columns_remembered_once"),
        ]

    def __str__(self) -> str:
        return self.headings[:12]
