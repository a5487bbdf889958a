"""Administration of the suppliers and of what each of them sells us."""

from django import forms
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from inventory.catalogue import clean_code
from inventory.purchasing.supplier_models import Supplier, SupplierItem
from oms.admin_lists import FastAdmin


class SupplierForm(forms.ModelForm):
    """Codes are spelt as those of SKUs."""

    def clean_code(self) -> str:
        return clean_code(self.cleaned_data["code"])


class ItemInline(admin.TabularInline):
    model = SupplierItem
    extra = 0
    autocomplete_fields = ("sku",)


@admin.register(Supplier)
class SupplierAdmin(FastAdmin):
    form = SupplierForm
    list_display = ("code", "name", "contact", "email", "currency", "lead_days", "is_active")
    list_filter = ("is_active",)
    search_fields = ("code", "name")
    inlines = (ItemInline,)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
