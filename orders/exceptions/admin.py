"""Who looks after which kind of exception; and the queue itself, to read."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from oms.admin_lists import FastAdmin, ReadOnlyAdmin, column
from orders import nudge
from orders.exceptions.models import ExceptionKeeper, OrderException
from orders.exceptions.watch import look_again


@admin.register(ExceptionKeeper)
class ExceptionKeeperAdmin(FastAdmin):
    list_display = ("kind", "user")
    list_select_related = ("user",)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        self._look_again(obj)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        self._look_again(obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        gone = list(queryset)
        super().delete_queryset(request, queryset)
        for one in gone:
            self._look_again(one)

    def _look_again(self, keeper: ExceptionKeeper) -> None:
        """Open exceptions of the kind get their new owner as soon as the workers look."""
        look_again(keeper.kind)
        nudge.after_commit()


@admin.register(OrderException)
class OrderExceptionAdmin(ReadOnlyAdmin):
    list_display = (
        "kind", "cause", column("order.number", _("order")), "opened_at", "deadline_at", "closed_at",
        column("closed_how", _("how")), column("closed_by", _("by")),
    )  # fmt: skip
    list_filter = ("kind", "closed_how")
    list_select_related = ("order", "closed_by")
    ordering = ("-pk",)
