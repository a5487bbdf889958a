"""Orders as a table to take along: one row an order, exactly those that were chosen."""

from collections.abc import Iterator, Sequence

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Case, CharField, F, OuterRef, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.translation import gettext as _

from oms.display import time_text
from orders.models import Order, OrderLine
from orders.reasons import why

_FIELDS = (
    "customer_name", "ship_name", "ship_phone", "ship_country", "ship_province", "ship_city", "ship_district",
    "ship_street", "ship_postcode",
)  # fmt: skip


def headings() -> list[str]:
    return [
        _("Order"), _("Platform no."), _("Channel"), _("Placed"), _("Status"), _("Why"), _("Customer"),
        _("Recipient"), _("Phone"), _("Country"), _("Province or state"), _("City"), _("District"),
        _("Street, building, room"), _("Postcode"), _("Goods"), _("Currency"), _("Amount"), _("Paid"), _("Note"),
    ]  # fmt: skip


def table_of(order_ids: Sequence[int]) -> Iterator[list[str]]:
    """The headings, then the orders, the newest first; read as they are written."""
    yield headings()
    named = (Coalesce(F("sku__code"), F("description")), Value(" ×"), Cast("quantity", CharField()))
    # What a bundle is made of stands in brackets behind it.
    wording = Case(
        When(bundle_line__isnull=False, then=Concat(Value("("), *named, Value(")"))),
        default=Concat(*named),
    )
    lines = OrderLine.objects.filter(order=OuterRef("pk")).order_by().values("order")
    goods = lines.annotate(goods=StringAgg(wording, "; ", order_by="position")).values("goods")
    chosen = Order.objects.filter(pk__in=order_ids).select_related("channel").with_paid()
    for order in chosen.annotate(goods=Subquery(goods)).order_by("-pk").iterator(500):
        yield _row(order)


def _row(order: Order) -> list[str]:
    return [
        order.number,
        order.external_no or "",
        order.channel.name,
        time_text(order.placed_at),
        str(order.get_status_display()),
        why(order).text,
        *(getattr(order, name) for name in _FIELDS),
        order.goods or "",  # type: ignore[attr-defined]
        order.currency,
        str(order.total_amount),
        str(order.paid_amount),  # type: ignore[attr-defined]
        order.note,
    ]
