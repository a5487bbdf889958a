"""Administration of what is kept for channels."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from inventory.kept import kept_faults
from inventory.models import ChannelKept
from oms.admin_lists import FastAdmin, column


class KeptForm(forms.ModelForm):
    class Meta:
        model = ChannelKept
        fields = ("stock", "channel", "quantity")

    def clean(self) -> dict[str, Any] | None:
        values = super().clean() or self.cleaned_data
        stock = values.get("stock") or (self.instance.stock if self.instance.pk else None)
        if stock and "quantity" in values:
            for error in kept_faults(stock.sku, values["quantity"]):
                self.add_error("quantity", error.message)
        return values


@admin.register(ChannelKept)
class KeptAdmin(FastAdmin):
    """Pieces that the other channels leave alone."""

    form = KeptForm
    list_display = (
        column("stock.sku.code", _("SKU")),
        column("stock.warehouse.name", _("Warehouse")),
        column("channel.name", _("Channel")),
        column("quantity", _("Pieces")),
    )
    list_filter = ("channel",)
    list_select_related = ("stock__sku", "stock__warehouse", "channel")
    autocomplete_fields = ("stock",)
    search_fields = ("stock__sku__code__startswith",)

    def get_readonly_fields(
        self, request: HttpRequest, obj: Model | None = None
    ) -> tuple[str, ...]:
        return ("stock", "channel") if obj else ()
