"""Administration of the rooms of orders, and the events. Orders themselves move by our verbs only."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from oms.admin_lists import ReadOnlyAdmin
from orders.intake.admin import ImportBatchAdmin, ImportRowAdmin
from orders.models import OrderEvent
from orders.review.admin import RuleAdmin

__all__ = ["EventAdmin", "ImportBatchAdmin", "ImportRowAdmin", "RuleAdmin"]


@admin.register(OrderEvent)
class EventAdmin(ReadOnlyAdmin):
    """What happened to orders; nobody changes or deletes a row of it."""

    list_display = (
        "created_at",
        "order",
        "kind",
        "from_status",
        "to_status",
        "actor_name",
        "reason",
    )
    list_select_related = ("order",)
    search_fields = ("=order__number",)
    search_help_text = _("A whole order number")
    ordering = ("-id",)
