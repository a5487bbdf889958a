"""Rows of the stock list with what only Python knows: names, what is in transit, days of supply."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from inventory.incoming import incoming_of
from inventory.listing import with_bundles
from inventory.models import Warehouse
from inventory.pace import SALES_DAYS
from oms.column import Column


def shown_rows(
    rows: Sequence[dict[str, Any]], warehouses: Sequence[Warehouse]
) -> list[dict[str, Any]]:
    """Each row of `list_rows` with `warehouse`, `in_transit`, `daily` and `days`. A query per source of incoming."""
    names = {one.pk: one for one in warehouses}
    coming: Counter[tuple[int, int]] = Counter()
    for one in incoming_of(sorted({row["sku_id"] for row in rows})):
        coming[one.sku_id, one.warehouse_id] += one.quantity
    return [
        {
            **row,
            "warehouse": names.get(row["warehouse_id"]),
            "in_transit": coming[row["sku_id"], row["warehouse_id"]],
            "daily": daily_sales(row["sold"]),
            "days": days_of_supply(row["available"], row["sold"]),
        }
        for row in with_bundles(rows)
    ]


def daily_sales(sold: int) -> Decimal:
    """Pieces a day, to two places."""
    return round(Decimal(sold) / SALES_DAYS, 2)


def days_of_supply(available: int, sold: int) -> int | None:
    """For how many whole days the free pieces last at this pace; None when nothing is sold."""
    return available * SALES_DAYS // sold if sold else None


def columns() -> list[Column]:
    return [
        Column(_("Ticked"), "cell-pick"),
        Column(_("SKU"), "cell-main"),
        Column(_("Name"), "cell-who"),
        Column(_("Warehouse"), "cell-more"),
        Column(_("On hand"), "cell-more num"),
        Column(_("Reserved"), "cell-more num"),
        Column(_("Available"), "cell-amount num"),
        Column(_("In transit"), "cell-more cell-wide num"),
        Column(_("Safety line"), "cell-more cell-full num"),
        Column(_("Daily sales"), "cell-more cell-full num"),
        Column(_("Days of supply"), "cell-more cell-wide num"),
        Column(_("Bin"), "cell-more cell-full"),
        Column(_("Status"), "cell-status"),
    ]
