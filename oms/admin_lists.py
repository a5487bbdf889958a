"""What the administration's pages of every app have in common: fast lists, and tables nobody edits."""

from typing import Any

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

COUNTED_UP_TO = 10_000


class BoundedPaginator(Paginator):
    """Counts no further than COUNTED_UP_TO: who looks for an older row narrows the list."""

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        if isinstance(rows, QuerySet):
            return rows.order_by()[:COUNTED_UP_TO].count()
        return len(rows)


class FastAdmin(admin.ModelAdmin):
    """A list whose cost does not grow with the table; name related columns in `list_select_related`."""

    list_per_page = 50
    list_max_show_all = 200
    show_full_result_count = False
    paginator = BoundedPaginator


class ReadOnlyAdmin(FastAdmin):
    """A table that only our verbs write: to be looked at by those who may view it."""

    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
