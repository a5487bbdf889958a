"""Administration of the rooms of orders, and the events. Orders themselves move by our verbs only."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from oms.admin_lists import ReadOnlyAdmin, column
from orders.allocation.admin import AllocationPolicyAdmin, WarehouseRateAdmin
from orders.desk.event_words import ACTORS, WORDS
from orders.desk.notes.admin import TagAdmin
from orders.exceptions.admin import ExceptionKeeperAdmin, OrderExceptionAdmin
from orders.intake.admin import ImportBatchAdmin, ImportRowAdmin
from orders.models import OrderEvent
from orders.preparation.admin import CarrierAdmin, CarrierRateAdmin, CarrierRuleAdmin
from orders.review.admin import ApprovalLimitAdmin
from orders.review.rules.admin.rule import ReviewRuleAdmin
from orders.review.rules.admin.signal import RemoteAreaAdmin, RiskSignalAdmin
from orders.states import OrderStatus

__all__ = [
    "AllocationPolicyAdmin", "ApprovalLimitAdmin", "CarrierAdmin", "CarrierRateAdmin", "CarrierRuleAdmin",
    "EventAdmin", "ExceptionKeeperAdmin",
    "ImportBatchAdmin", "ImportRowAdmin", "OrderExceptionAdmin", "RemoteAreaAdmin",
    "ReviewRuleAdmin", "RiskSignalAdmin", "TagAdmin", "WarehouseRateAdmin",
]  # fmt: skip


@admin.display(description=_("What"))
def what(event: OrderEvent) -> str:
    return str(WORDS.get(event.kind, event.kind))


@admin.display(description=_("Status"))
def status_change(event: OrderEvent) -> str:
    """From where to where; empty for an event that moved no status."""
    ends = [event.from_status, event.to_status] if event.to_status else []
    return " → ".join(str(OrderStatus(end).label) for end in ends if end)


@admin.display(description=_("Who"))
def who(event: OrderEvent) -> str:
    return str(ACTORS.get(event.actor_name, event.actor_name))


@admin.register(OrderEvent)
class EventAdmin(ReadOnlyAdmin):
    """What happened to orders; nobody changes or deletes a row of it."""

    list_display = (
        column("created_at", _("Time")),
        column("order.number", _("Order no.")),
        what,
        status_change,
        who,
        column("reason", _("Why")),
    )
    list_select_related = ("order",)
    search_fields = ("=order__number",)
    search_help_text = _("A whole order number")
    ordering = ("-id",)
    sortable_by = ()
