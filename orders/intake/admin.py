"""Imports, to be looked at."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from oms.admin_lists import ReadOnlyAdmin
from orders.intake.models import ImportBatch, ImportRow


@admin.register(ImportBatch)
class ImportBatchAdmin(ReadOnlyAdmin):
    list_display = ("file_name", "preset", "channel", "status", "rows_done", "actor", "created_at")
    list_filter = ("status", "channel")
    list_select_related = ("channel", "actor")
    search_fields = ("file_name",)
    ordering = ("-id",)


@admin.register(ImportRow)
class ImportRowAdmin(ReadOnlyAdmin):
    list_display = ("row_no", "batch", "document", "outcome", "reason")
    list_filter = ("outcome",)
    list_select_related = ("batch",)
    search_fields = ("=document",)
    search_help_text = _("A whole document number")
    ordering = ("-id",)
