"""Administration of the catalogue and the warehouses. Stock and its ledger are only shown."""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from inventory.bundles import Part, component_faults
from inventory.catalogue import (
    SkuDraft,
    check_draft,
    clean_code,
    create_sku,
    is_used,
    update_sku,
)
from inventory.count import reason_words
from inventory.kept_admin import KeptAdmin
from inventory.lots.admin import LotAdmin
from inventory.models import (
    Bin,
    BundleComponent,
    Product,
    Sku,
    SkuAlias,
    SkuBarcode,
    SkuPack,
    Stock,
    StockAdjustment,
    StockMovement,
    Warehouse,
    WarehouseStaff,
)
from inventory.own import SEE_COST
from inventory.purchasing.admin import SupplierAdmin
from oms.admin_lists import FastAdmin, ReadOnlyAdmin, column
from oms.models import User
from oms.money import CURRENCY_PLACES

__all__ = [
    "AdjustmentAdmin", "BinAdmin", "KeptAdmin", "LotAdmin", "MovementAdmin", "ProductAdmin", "SkuAdmin", "StockAdmin",
    "SupplierAdmin", "WarehouseAdmin",
]  # fmt: skip
SKU_FIELDS = (
    "code", "name", "kind", "tracking", "unit", "weight_grams", "price", "cost", "price_floor", "currency",
    "reserve_from", "is_active",
)  # fmt: skip


class SkuForm(forms.ModelForm):
    """Goes through the catalogue's verbs and is judged by their rules."""

    currency = forms.ChoiceField(
        label=_("Currency"), choices=[(code, code) for code in CURRENCY_PLACES], initial="CNY"
    )

    class Meta:
        model = Sku
        fields = (*SKU_FIELDS, "product")

    def clean_code(self) -> str:
        return clean_code(self.cleaned_data["code"])

    def clean(self) -> dict[str, Any] | None:
        values = super().clean() or self.cleaned_data
        given = {name: values[name] for name in SKU_FIELDS if name in values}
        # Fields that are wrong or not on the form are not judged again: they stay as they are.
        standing: dict[str, Any] = {
            "code": self.instance.code or "-",
            "name": self.instance.name or "-",
            "kind": self.instance.kind,
        }
        for error in check_draft(SkuDraft(**(standing | given))):
            if error.field in self.fields:
                self.add_error(error.field, error.message)
        return values


class UpperCaseForm(forms.ModelForm):
    """A code beside a SKU, or of a warehouse or bin: spelt as SKU codes are."""

    def clean_code(self) -> str:
        return clean_code(self.cleaned_data["code"])


class PackForm(forms.ModelForm):
    """A pack without a barcode has none, however many there are."""

    def clean_barcode(self) -> str | None:
        return clean_code(self.cleaned_data["barcode"] or "") or None


class BarcodeInline(admin.TabularInline):
    model = SkuBarcode
    form = UpperCaseForm
    extra = 0


class AliasInline(admin.TabularInline):
    model = SkuAlias
    form = UpperCaseForm
    extra = 0


class PackInline(admin.TabularInline):
    model = SkuPack
    form = PackForm
    extra = 0


class ComponentFormSet(forms.BaseInlineFormSet):
    """Judged by the rules of a bundle, all components together."""

    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        rows = [one for one in self.forms if one.has_changed() or one.instance.pk]
        rows = [one for one in rows if not one.cleaned_data.get("DELETE")]
        parts = [Part(one.cleaned_data["component"], one.cleaned_data["quantity"]) for one in rows]
        for error in component_faults(self.instance, parts):
            place, bracket, name = error.field.removeprefix("components[").partition("].")
            if bracket:
                rows[int(place)].add_error(name, error.message)
            else:
                raise forms.ValidationError(error.message)


class ComponentInline(admin.TabularInline):
    model = BundleComponent
    fk_name = "bundle"
    formset = ComponentFormSet
    autocomplete_fields = ("component",)
    extra = 0


@admin.register(Sku)
class SkuAdmin(FastAdmin):
    form = SkuForm
    list_display = ("code", "name", "product", "kind", "price", "currency", "is_active")
    list_filter = ("is_active", "kind")
    list_select_related = ("product",)
    search_fields = ("code__startswith", "name")
    search_help_text = _("The code from its beginning, or a piece of the name")
    autocomplete_fields = ("product",)
    inlines = (BarcodeInline, AliasInline, PackInline, ComponentInline)

    def get_exclude(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        return () if cast(User, request.user).has_perm(SEE_COST) else ("cost",)

    def get_readonly_fields(
        self, request: HttpRequest, obj: Model | None = None
    ) -> tuple[str, ...]:
        if obj is None:
            return ()
        sku = cast(Sku, obj)
        standing = ("code", "kind") if is_used(sku) else ()
        return (*standing, "tracking") if sku.stock.exists() else standing

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        values = {name: form.cleaned_data[name] for name in SKU_FIELDS if name in form.cleaned_data}
        values["product_id"] = form.cleaned_data["product"].pk
        if change:
            update_sku(obj.pk, **values)
        else:
            obj.pk = create_sku(SkuDraft(**values)).pk

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class SkuInline(admin.TabularInline):
    """The product's SKUs, each with a link to its own page."""

    model = Sku
    fields = readonly_fields = ("code", "name", "price", "is_active")
    extra = 0
    max_num = 0
    can_delete = False
    show_change_link = True

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Product)
class ProductAdmin(FastAdmin):
    list_display = ("name", "category", "is_active")
    list_filter = ("is_active",)
    search_fields = ("name",)
    inlines = (SkuInline,)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class StaffInline(admin.TabularInline):
    """Who is limited to this warehouse."""

    model = WarehouseStaff
    extra = 0
    autocomplete_fields = ("user",)
    verbose_name_plural = _("People limited to this warehouse (all others work in every one)")


@admin.register(Warehouse)
class WarehouseAdmin(FastAdmin):
    form = UpperCaseForm
    list_display = ("code", "name", "priority", "is_active")
    list_editable = ("priority",)
    search_fields = ("code", "name")
    inlines = (StaffInline,)


@admin.register(Bin)
class BinAdmin(FastAdmin):
    form = UpperCaseForm
    list_display = ("code", "warehouse")
    list_filter = ("warehouse",)
    list_select_related = ("warehouse",)
    search_fields = ("code",)


@admin.register(Stock)
class StockAdmin(ReadOnlyAdmin):
    """What lies where; the ledger alone writes it."""

    list_display = (
        column("sku.code", _("SKU")),
        column("warehouse.name", _("Warehouse")),
        column("bin.code", _("Bin")),
        column("on_hand", _("On hand")),
        column("reserved", _("Reserved")),
    )
    list_filter = ("warehouse",)
    list_select_related = ("sku", "warehouse", "bin")
    search_fields = ("sku__code__startswith",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Stock]:
        # Each is named by its SKU and warehouse, also where one is chosen.
        return super().get_queryset(request).select_related("sku", "warehouse")


@admin.display(description=_("Why"))
def why(movement: StockMovement) -> str:
    return reason_words(movement.reason)


@admin.register(StockMovement)
class MovementAdmin(ReadOnlyAdmin):
    """The ledger; nobody changes or deletes a row of it."""

    list_display = (
        column("created_at", _("Time")),
        column("stock.sku.code", _("SKU")),
        column("stock.warehouse.name", _("Warehouse")),
        column("kind", _("What")),
        column("quantity", _("Pieces")),
        why,
        column("reference", _("Reference")),
        column("actor.display_name", _("Who")),
    )
    list_filter = ("kind",)
    list_select_related = ("stock__sku", "stock__warehouse", "actor")
    search_fields = ("=stock__sku__code", "=reference")
    search_help_text = _("A whole SKU code or reference")
    ordering = ("-id",)
    sortable_by = ()


@admin.register(StockAdjustment)
class AdjustmentAdmin(ReadOnlyAdmin):
    """Corrections that came from outside and their fate."""

    list_display = (
        column("happened_at", _("Time")),
        column("code", _("SKU as written")),
        column("quantity", _("Pieces")),
        column("reason", _("Why")),
        column("reference", _("Reference")),
        column("status", _("Status")),
    )
    list_filter = ("status",)
    search_fields = ("=code", "=reference")
    ordering = ("-id",)
    sortable_by = ()
