"""What the administration's pages of every app have in common: fast lists, and tables nobody edits."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

from oms.display import NOTHING, time_text

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

COUNTED_UP_TO = 10_000

Column = Callable[[Any], Any]


def column(name: str, label: "StrPromise") -> Column:
    """A column under a translated label; a field with choices shows its word.

    `name` may lead to a related object's attribute: `stock.sku.code`.
    """

    @admin.display(description=label, ordering=name.replace(".", "__"))
    def shown(row: Any) -> Any:
        for part in name.split("."):
            if row is None:
                return NOTHING
            row = getattr(row, f"get_{part}_display", None) or getattr(row, part)
        value = row() if callable(row) else row
        if value is None:
            return NOTHING
        return time_text(value) if isinstance(value, datetime) else value

    return shown


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
    """A table that only our verbs write; those who may view it see the columns of its list."""

    actions = None

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return self.list_display

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
