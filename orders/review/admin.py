"""Approval limits, kept by administrators; each change is in the log of the administration."""

from django.contrib import admin

from oms.admin_lists import FastAdmin
from orders.review.models import ApprovalLimit


@admin.register(ApprovalLimit)
class ApprovalLimitAdmin(FastAdmin):
    list_display = ("group", "currency", "max_amount", "max_discount_percent", "max_refund")
    list_select_related = ("group",)
    list_filter = ("currency",)
    ordering = ("group__name", "currency")
