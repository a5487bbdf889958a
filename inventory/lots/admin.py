"""Administration of lots: they are only shown."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from inventory.models import Lot
from oms.admin_lists import ReadOnlyAdmin, column


@admin.register(Lot)
class LotAdmin(ReadOnlyAdmin):
    """Lots and serial numbers; the ledger alone writes them."""

    list_display = (
        column("sku.code", _("SKU")),
        column("code", _("Lot or serial number")),
        column("expires_on", _("Expires on")),
        column("created_at", _("Time")),
    )
    list_select_related = ("sku",)
    search_fields = ("=code", "=sku__code")
    search_help_text = _("A whole lot, serial number or SKU code")
    ordering = ("-id",)
    sortable_by = ()
