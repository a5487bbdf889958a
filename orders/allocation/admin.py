"""Policies of allocation and the table of regions, kept by administrators."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from customers.models import Customer
from oms.admin_lists import FastAdmin
from orders import nudge
from orders.allocation.models import AllocationPolicy, WarehouseRate


class PolicyForm(forms.ModelForm):
    """The levels an order can be served by: who is blocked gets nothing."""

    level = forms.ChoiceField(
        label=_("Customer level"),
        required=False,
        choices=[
            ("", _("All")),
            *[one for one in Customer.Level.choices if one[0] != Customer.Level.BLOCKED],
        ],
    )


class _ServedAnew(FastAdmin):
    """Orders that wait may get on by other terms: the workers look at once."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        nudge.after_commit()

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        nudge.after_commit()

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        super().delete_queryset(request, queryset)
        nudge.after_commit()


@admin.register(AllocationPolicy)
class AllocationPolicyAdmin(_ServedAnew):
    form = PolicyForm
    list_display = ("name", "position", "is_active", "prefer", "ships", "no_split_below")
    filter_horizontal = ("channels", "tags", "excluded")
    ordering = ("position", "id")
    fieldsets = (
        (None, {"fields": ("name", "position", "is_active")}),
        (_("Applies to"), {"fields": ("channels", "level", "tags", "country", "province")}),
        (_("Warehouses"), {"fields": ("prefer", "excluded", "keeps_safety")}),
        (_("Parcels"), {"fields": ("fewest_parcels", "no_split_below", "parcel_cap", "ships")}),
    )


@admin.register(WarehouseRate)
class WarehouseRateAdmin(_ServedAnew):
    list_display = ("warehouse", "country", "province", "cost", "days", "rank")
    list_select_related = ("warehouse",)
    list_filter = ("warehouse",)
    ordering = ("country", "province", "rank", "id")
