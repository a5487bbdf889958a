"""Approval limits, kept by administrators; each change is in the log of the administration."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from oms.admin_lists import FastAdmin
from oms.money import CURRENCY_PLACES
from orders.review.models import ApprovalLimit


class LimitForm(forms.ModelForm):
    """The currencies that orders can have; the unique pair is told at the role."""

    currency = forms.ChoiceField(
        choices=[
            (one, one) for one in sorted(CURRENCY_PLACES, key=lambda one: (one != "CNY", one))
        ],
        label=_("Currency"),
        help_text=ApprovalLimit._meta.get_field("currency").help_text,
    )


@admin.register(ApprovalLimit)
class ApprovalLimitAdmin(FastAdmin):
    form = LimitForm
    list_display = ("group", "currency", "max_amount", "max_discount_percent", "max_refund")
    list_select_related = ("group",)
    list_filter = ("currency",)
    ordering = ("group__name", "currency")
