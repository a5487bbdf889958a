"""What the tests of parcels ask again and again."""

from collections.abc import Callable
from dataclasses import replace

from orders.intake.draft import ShipTo
from orders.models import Order, Shipment
from tests.fixtures.company import draft
from tests.fixtures.flow import shipments_of

HOME = draft().ship_to
ELSEWHERE = replace(HOME, street="武林路 9 号")

Twice = Callable[..., list[Order]]


def travelling(*orders: Order) -> list[int | None]:
    """In which merged parcel the live shipments of each order travel, as small numbers; None: alone."""
    found = Shipment.objects.filter(order__in=orders).exclude(status="cancelled").order_by("pk")
    seen: dict[int, int] = {}
    return [
        seen.setdefault(one, len(seen) + 1) if one else None
        for one in found.values_list("consignment_id", flat=True)
    ]


def ready_of(*orders: Order) -> list[int]:
    return [pk for order in orders for pk in shipments_of(order, "ready")]


def address(**changes: str) -> ShipTo:
    return replace(HOME, **changes)
