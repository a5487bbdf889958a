"""One order as the API shows it: a query for each kind of row."""

from decimal import Decimal
from typing import Any

from django.db.models import F, QuerySet

from inventory.listing import warehouses_of
from inventory.models import Reservation, Warehouse
from oms.models import User
from orders.models import Order, Payment, ShipmentLine
from orders.reasons import why

_SHIP_TO = ("name", "phone", "country", "province", "city", "district", "street", "postcode")
_PLAIN = (
    "id", "number", "external_no", "status", "reason_code", "customer_name", "customer_id",
    "currency", "lines_amount", "total_amount", "ship_complete", "note", "placed_at",
    "created_at", "version",
)  # fmt: skip


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
        "events": _events(order),
        "reservations": _reservations(order, places),
        "shipments": _shipments(order, places),
    } | _payments(order, user)  # fmt: skip


def _lines(order: Order) -> list[dict[str, Any]]:
    rows = order.lines.annotate(code=F("sku__code")).values(
        "position", "kind", "code", "description", "quantity", "cancelled_quantity", "unit_price",
        "discount_amount", "amount",
    )  # fmt: skip
    return [{"sku": row.pop("code"), "discount": row.pop("discount_amount"), **row} for row in rows]


def _events(order: Order) -> list[dict[str, Any]]:
    return list(
        order.events.order_by("pk").values(
            "kind", "from_status", "to_status", "reason", "data",
            actor=F("actor_name"), at=F("created_at"),
        )
    )  # fmt: skip


def _reservations(order: Order, places: QuerySet[Warehouse]) -> list[dict[str, Any]]:
    positions = dict(order.lines.values_list("pk", "position"))
    rows = Reservation.objects.filter(order_line_id__in=positions, stock__warehouse__in=places)
    return [
        {"position": positions[row.pop("order_line_id")], **row}
        for row in rows.order_by("pk").values(
            "order_line_id", "quantity", "status", warehouse=F("stock__warehouse__code")
        )
    ]


def _shipments(order: Order, places: QuerySet[Warehouse]) -> list[dict[str, Any]]:
    shipments = order.shipments.filter(warehouse__in=places).order_by("pk")
    contents: dict[int, list[dict[str, int]]] = {}
    lines = ShipmentLine.objects.filter(shipment__order=order).order_by("order_line__position")
    for pk, position, quantity in lines.values_list(
        "shipment_id", "order_line__position", "quantity"
    ):
        contents.setdefault(pk, []).append({"position": position, "quantity": quantity})
    return [
        {
            "warehouse": row.pop("place"),
            "lines": contents.get(row.pop("pk"), []),
            **row,
        }
        for row in shipments.values(
            "pk", "number", "status", "carrier", "waybill", "shipped_at", "delivered_at",
            place=F("warehouse__code"),
        )
    ]  # fmt: skip


def _payments(order: Order, user: User) -> dict[str, Any]:
    if not user.has_perm("orders.view_payment"):
        return {"payments": None, "paid_amount": None}
    columns = ("id", "method", "amount", "reference", "status", "paid_at")
    rows = list(order.payments.order_by("pk").values(*columns))
    received = [row["amount"] for row in rows if row["status"] == Payment.Status.RECEIVED]
    return {"payments": rows, "paid_amount": sum(received, Decimal("0.00"))}
