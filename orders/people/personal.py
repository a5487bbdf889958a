"""What orders keep about a person: answers `customers.history.provide_personal_data`."""

from typing import Any

from orders.models import Order, Return

_ORDER = (
    "number", "external_no", "status", "placed_at", "customer_name", "ship_name", "ship_phone",
    "ship_country", "ship_province", "ship_city", "ship_district", "ship_street", "ship_postcode",
    "note", "total_amount", "currency",
)  # fmt: skip
_RETURN = ("external_no", "happened_at", "amount", "currency")


def personal_data_of(customer_id: int) -> dict[str, Any]:
    """Every order and return, the oldest first."""
    orders = Order.objects.filter(customer=customer_id).order_by("pk")
    returns = Return.objects.filter(customer=customer_id).order_by("pk")
    return {
        "orders": list(orders.values(*_ORDER)),
        "returns": list(returns.values(*_RETURN)),
    }
