"""Imports, to be looked at."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from oms.admin_lists import ReadOnlyAdmin, column
from orders.intake.models import ImportBatch, ImportRow


@admin.register(ImportBatch)
class ImportBatchAdmin(ReadOnlyAdmin):
    list_display = (
        column("file_name", _("File")),
        column("preset", _("Preset")),
        column("channel.name", _("Channel")),
        column("status", _("Status")),
        column("rows_done", _("Rows")),
        column("actor.display_name", _("Who")),
        column("created_at", _("Time")),
    )
    list_filter = ("status", "channel")
    list_select_related = ("channel", "actor")
    search_fields = ("file_name",)
    ordering = ("-id",)
    sortable_by = ()


@admin.register(ImportRow)
class ImportRowAdmin(ReadOnlyAdmin):
    list_display = (
        column("row_no", _("Row")),
        column("batch.file_name", _("File")),
        column("document", _("Document no.")),
        column("outcome", _("Outcome")),
        column("reason", _("Why")),
    )
    list_filter = ("outcome",)
    list_select_related = ("batch",)
    search_fields = ("=document",)
    search_help_text = _("A whole document number")
    ordering = ("-id",)
    sortable_by = ()
