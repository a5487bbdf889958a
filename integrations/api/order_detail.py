"""One order as the API shows it: a query for each kind of row."""

from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, QuerySet

from inventory.listing import warehouses_of
from inventory.models import Reservation, Warehouse
from oms.models import User
from orders.models import Order, Payment, ShipmentLine
from orders.parcels.company import numbers_together
from orders.reasons import why
from orders.review.explain import told_data

_SHIP_TO = ("name", "phone", "country", "province", "city", "district", "street", "postcode")
_PLAIN = (
    "id", "number", "external_no", "status", "reason_code", "customer_name", "customer_id",
    "currency", "lines_amount", "total_amount", "ship_complete", "note", "placed_at", "promised_at",
    "created_at", "version",
)  # fmt: skip
_CONTENTS = Prefetch(
    "lines", ShipmentLine.objects.select_related("order_line").order_by("order_line__position")
)


def show_detail(order: Order, user: User) -> dict[str, Any]:
    """The order with everything of it that `user` may see."""
    reason = why(order)
    places = warehouses_of(user)
    shown = {name: getattr(order, name) for name in _PLAIN}
    return shown | {
        "channel": order.channel.code,
        "reason": reason.text,
        "remedy": reason.fix,
        "ship_to": {name: getattr(order, f"ship_{name}") for name in _SHIP_TO},
        "shipping_fee": order.shipping_amount,
        "discount": order.discount_amount,
        "lines": _lines(order),
        "events": _events(order, user),
        "reservations": _reservations(order, places),
        "shipments": _shipments(order, places),
    } | _payments(order, user)  # fmt: skip


def _lines(order: Order) -> list[dict[str, Any]]:
    return [
        {
            "position": line.position,
            "kind": line.kind,
            "sku": line.sku.code if line.sku else None,
            "description": line.description,
            "quantity": line.quantity,
            "cancelled_quantity": line.cancelled_quantity,
            "unit_price": line.unit_price,
            "discount": line.discount_amount,
            "amount": line.amount,
            "bundle_position": line.bundle_line.position if line.bundle_line else None,
        }
        for line in order.lines.select_related("sku", "bundle_line")
    ]


def _events(order: Order, user: User) -> list[dict[str, Any]]:
    may_see_money = user.has_perm("orders.view_payment")
    return [
        {
            "kind": event.kind,
            "from_status": event.from_status,
            "to_status": event.to_status,
            "actor": event.actor_name,
            "reason": event.reason,
            "data": told_data(event.data, may_see_money=may_see_money),
            "at": event.created_at,
        }
        for event in order.events.order_by("pk")
    ]


def _reservations(order: Order, places: QuerySet[Warehouse]) -> list[dict[str, Any]]:
    positions = dict(order.lines.values_list("pk", "position"))
    rows = Reservation.objects.filter(order_line_id__in=positions, stock__warehouse__in=places)
    return [
        {
            "position": positions[one.order_line_id],
            "warehouse": one.stock.warehouse.code,
            "quantity": one.quantity,
            "status": one.status,
        }
        for one in rows.select_related("stock__warehouse").order_by("pk")
    ]


def _shipments(order: Order, places: QuerySet[Warehouse]) -> list[dict[str, Any]]:
    shipments: Any = order.shipments.filter(warehouse__in=places).order_by("pk")
    shipments = shipments.annotate(**numbers_together())
    return [
        {
            "number": shipment.number,
            "warehouse": shipment.warehouse.code,
            "status": shipment.status,
            "carrier": shipment.carrier,
            "waybill": shipment.waybill,
            "shipped_at": shipment.shipped_at,
            "delivered_at": shipment.delivered_at,
            "travels_with": shipment.together,
            "lines": [
                {"position": line.order_line.position, "quantity": line.quantity}
                for line in shipment.lines.all()
            ],
        }
        for shipment in shipments.select_related("warehouse").prefetch_related(_CONTENTS)
    ]


def _payments(order: Order, user: User) -> dict[str, Any]:
    if not user.has_perm("orders.view_payment"):
        return {"payments": None, "paid_amount": None}
    columns = ("id", "method", "amount", "reference", "status", "paid_at")
    rows = list(order.payments.order_by("pk").values(*columns))
    received = [row["amount"] for row in rows if row["status"] == Payment.Status.RECEIVED]
    return {"payments": rows, "paid_amount": sum(received, Decimal("0.00"))}
