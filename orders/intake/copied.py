"""A new order's form filled with what an earlier one says: customer, address, lines, channel."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from oms.models import Channel
from orders.intake.plain import plain_price
from orders.models import Order, OrderLine

_ADDRESS = ("country", "province", "city", "district", "street", "postcode")


def head_of(order: Order, channels: Sequence[Channel], *, may_see_customer: bool) -> dict[str, Any]:
    """Never the platform's number, the payment or a date: those belong to the one order."""
    customer = order.customer if may_see_customer else None
    name = order.customer_name or (customer.name if customer else order.ship_name)
    phone = customer.phone if customer else order.ship_phone
    initial = {f"ship_{part}": getattr(order, f"ship_{part}") for part in _ADDRESS} | {
        "customer_name": name,
        "customer_phone": phone if may_see_customer else "",
        "customer_email": customer.email if customer else "",
        "ship_name": order.ship_name if order.ship_name != name else "",
        "ship_phone": order.ship_phone if may_see_customer and order.ship_phone != phone else "",
        "ship_complete": order.ship_complete,
    }
    if order.channel_id in {channel.pk for channel in channels}:
        initial["channel"] = order.channel.code
    return initial


def rows_of(order: Order, most: int) -> list[dict[str, Any]]:
    """The lines with a SKU; one that is no longer sold says so at once."""
    lines = (
        order.lines.filter(
            sku__isnull=False, bundle_line__isnull=True, cancelled_quantity__lt=F("quantity")
        )
        .select_related("sku")
        .order_by("pk")
    )
    return [_row(line) for line in lines[:most]]


def _row(line: OrderLine) -> dict[str, Any]:
    assert line.sku is not None
    row = {
        "sku": line.sku.code,
        "quantity": line.quantity - line.cancelled_quantity,
        "unit_price": plain_price(line.unit_price),
    }
    if line.sku.is_active:
        return row
    return row | {"hint": _("SKU %s is no longer sold. Choose another.") % line.sku.code}
