"""Django's admin as the order list it gives for nothing: the twin of our list's whole page."""

from typing import Any

from django.contrib.admin import ModelAdmin
from django.contrib.admin.sites import AdminSite
from django.http import HttpResponse
from django.test import RequestFactory

from oms.models import User
from orders.models import Order


class _Orders(ModelAdmin):
    list_display = (
        "number", "status", "customer_name", "ship_city", "total_amount", "currency", "placed_at",
    )  # fmt: skip
    list_display_links = None
    list_filter = ("status",)
    search_fields = ("number", "customer_name")
    list_per_page = 50
    ordering = ("-id",)


class AdminList:
    """Renders the changelist without middleware, session or network."""

    def __init__(self) -> None:
        self.admin = _Orders(Order, AdminSite())
        self.user = User.objects.get(username="bench-admin")

    def page(self, asked: str) -> int:
        """Bytes of the page with this query string."""
        request: Any = RequestFactory().get(f"/admin/orders/order/?{asked}")
        request.user = self.user
        answer: Any = self.admin.changelist_view(request)
        if not isinstance(answer, HttpResponse) or answer.status_code != 200:  # noqa: PLR2004
            raise AssertionError(f"the admin's list answers {answer.status_code}")
        return len(answer.render().content if hasattr(answer, "render") else answer.content)
