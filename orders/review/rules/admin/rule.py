"""The review rules in the administration. Each address is one act; what it does is a verb of the rules."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_GET, require_POST

from oms.admin_lists import FastAdmin
from orders.review.rules.admin import acts, pages, saving
from orders.review.rules.admin.needs import View, needs
from orders.review.rules.models import ReviewRule

VIEW, CHANGE, PUBLISH = (f"orders.{act}_reviewrule" for act in ("view", "change", "publish"))
ADD = "orders.add_reviewrule"


ADDRESSES: tuple[tuple[str, str, str, View], ...] = (
    ("book/", "book", VIEW, require_GET(pages.book)),
    ("start/", "start", ADD, require_POST(acts.start)),
    ("preview/", "preview", CHANGE, require_POST(pages.preview)),
    ("<int:rule_id>/order/", "order", VIEW, pages.order),
    ("<int:rule_id>/try/", "try", CHANGE, require_POST(saving.save_and_try)),
    ("<int:rule_id>/shadow/", "shadow", CHANGE, require_POST(acts.shadow)),
    ("<int:rule_id>/publish/", "publish", PUBLISH, require_POST(acts.publish_newest)),
    ("<int:rule_id>/off/", "off", PUBLISH, require_POST(acts.off)),
    ("<int:rule_id>/retire/", "retire", PUBLISH, require_POST(acts.retire_rule)),
    ("<int:rule_id>/roll-back/", "roll_back", PUBLISH, require_POST(acts.back)),
    ("<int:rule_id>/move/", "move", PUBLISH, require_POST(acts.move)),
)
"""The addresses beside the usual ones of the administration, and what each needs."""


@admin.register(ReviewRule)
class ReviewRuleAdmin(FastAdmin):
    """Rules are retired, never deleted; each save that changes something is a version."""

    def get_urls(self) -> list[URLPattern]:
        own = [
            path(
                route,
                self.admin_site.admin_view(needs(permission, view)),
                name=f"orders_reviewrule_{name}",
            )
            for route, name, permission, view in ADDRESSES
        ]
        return [*own, *super().get_urls()]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return needs(VIEW, pages.rules)(request)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return needs(ADD, saving.add)(request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        needed = CHANGE if request.method == "POST" else VIEW
        return needs(needed, saving.change)(request, object_id)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        return needs(VIEW, pages.versions)(request, object_id)
