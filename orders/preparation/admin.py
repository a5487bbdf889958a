"""Carriers, which of them takes which parcels, their prices. Parcels not yet picked are then looked at again."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oms.admin_lists import FastAdmin
from orders import nudge
from orders.models import Carrier
from orders.preparation.choose import By
from orders.preparation.models import CarrierRate, CarrierRule
from orders.preparation.prepare import prepare_all_again


class _PreparedAnew(FastAdmin):
    """What is kept here decides about parcels: those that wait are looked at again by the workers."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        _again()

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        _again()

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        super().delete_queryset(request, queryset)
        _again()


def _again() -> None:
    prepare_all_again()
    nudge.prepare_after_commit()


class RuleForm(forms.ModelForm):
    """Either names a carrier or compares their tables, never both; ends that exclude each other are refused."""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        by, carrier = data.get("by"), data.get("carrier")
        if by == By.NAMED and carrier is None:
            self.add_error("carrier", _("Choose the carrier, or have the tables compared."))
        if by in (By.CHEAPEST, By.FASTEST) and carrier is not None:
            self.add_error("carrier", _("Leave it empty: the tables decide which carrier it is."))
        for least, most in (("least_grams", "most_grams"), ("least_value", "most_value")):
            low, high = data.get(least), data.get(most)
            if low is not None and high is not None and low > high:
                self.add_error(most, _("Write %s or more, or nothing.") % low)
        return data


@admin.register(Carrier)
class CarrierAdmin(_PreparedAnew):
    list_display = ("name", "code", "is_active")
    fields = ("name", "code", "is_active")
    ordering = ("code",)


@admin.register(CarrierRule)
class CarrierRuleAdmin(_PreparedAnew):
    form = RuleForm
    list_display = ("name", "position", "is_active", "by", "carrier", "service")
    list_select_related = ("carrier",)
    filter_horizontal = ("channels",)
    ordering = ("position", "id")
    fieldsets = (
        (None, {"fields": ("name", "position", "is_active")}),
        (
            gettext_lazy("Applies to"),
            {
                "fields": (
                    "channels", "country", "province", "remote", "least_grams", "most_grams", "least_value",
                    "most_value",
                )
            },
        ),
        (gettext_lazy("Taken by"), {"fields": ("by", "carrier", "service")}),
    )  # fmt: skip


@admin.register(CarrierRate)
class CarrierRateAdmin(_PreparedAnew):
    list_display = (
        "carrier", "warehouse", "country", "province", "first_grams", "first_price", "step_grams",
        "step_price", "days",
    )  # fmt: skip
    list_select_related = ("carrier", "warehouse")
    list_filter = ("carrier",)
    ordering = ("carrier", "country", "province", "id")
