"""Changing orders in few words."""

from decimal import Decimal
from typing import Any

from orders.amend.amend import amend_order
from orders.amend.plan import Changes, LineChange
from orders.intake.draft import LineDraft
from orders.models import Order
from tests.fixtures.flow import fresh


def line(order: Order, place: int = 0, **change: Any) -> LineChange:
    """A change of the order's line at `place`: `line(order, quantity=3)`."""
    amounts = {k: Decimal(v) if isinstance(v, str) else v for k, v in change.items()}
    return LineChange(order.lines.order_by("position")[place].pk, **amounts)


def amend(order: Order, *lines: LineChange, added: Any = (), **head: Any) -> Order:
    """The order changed as it stands now; `added` are (SKU, pieces)."""
    amounts = {k: Decimal(v) if k.endswith("_amount") else v for k, v in head.items()}
    drafts = [one if isinstance(one, LineDraft) else LineDraft(*one) for one in added]
    changes = Changes(amounts, lines, drafts)
    return amend_order(order.pk, version=fresh(order).version, changes=changes, actor=None)


def pieces(order: Order) -> list[tuple[int, int, Decimal]]:
    """(wanted, cancelled, amount) of each line."""
    rows = order.lines.order_by("position")
    return [
        (one.quantity - one.cancelled_quantity, one.cancelled_quantity, one.amount) for one in rows
    ]


def parcels(order: Order) -> list[tuple[str, int]]:
    """(status, pieces) of each living shipment."""
    living = order.shipments.exclude(status="cancelled").order_by("pk")
    return [(one.status, sum(row.quantity for row in one.lines.all())) for one in living]
