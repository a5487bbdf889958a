"""Everything the page of one order shows, in a fixed number of queries whatever its size."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import F, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils.timezone import now as time_now

from inventory.models import Reservation, Stock
from orders.allocation.parts import SHORT_IN
from orders.desk.deadline import Deadline, deadline_of, time_left
from orders.desk.methods import method_words
from orders.desk.paid import paid_state
from orders.desk.returned import Returned, return_rows, returned_of
from orders.fulfilment.good_lots import LotWords, lots_in
from orders.fulfilment.models import ShipmentStatus
from orders.models import Order, OrderEvent, OrderLine, Payment, Shipment, ShipmentLine
from orders.parcels.company import numbers_together
from orders.states import CLOSED, OrderStatus
from orders.supply.outlook import LineOutlook, outlook_of_lines

MAX_EVENTS = 200
# Before this nobody has looked for stock, so nothing is short yet.
_NOT_YET_ALLOCATED = frozenset(
    {OrderStatus.DRAFT, OrderStatus.PENDING_REVIEW, OrderStatus.APPROVED}
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line and its goods: free in all warehouses, reserved and shipped for it, nowhere to be had.

    None where it makes no sense (a fee has no stock; nothing is short before allocation). `outlook` says when the
    goods of a line that waits can be expected.
    """

    line: OrderLine
    available: int | None
    reserved: int | None
    shipped: int | None
    short: int | None
    held: int = 0  # of the reserved ones, those that are kept for a time only
    outlook: LineOutlook | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """Pieces kept for a time, and how much of it is left."""

    pieces: int
    until: datetime
    left: Deadline


@dataclass(frozen=True, slots=True)
class Booked:
    """A payment, and its method in words."""

    payment: Payment
    method: str


@dataclass(frozen=True, slots=True)
class Content:
    """A shipment and what is in it; numbers of shipments that travel with it, and of those that could.

    `lots` by line, for goods that have any.
    """

    shipment: Shipment
    lines: list[ShipmentLine]
    together: list[str]
    could_join: list[str]
    lots: dict[int, LotWords] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Detail:
    order: Order
    lines: list[Line]
    returned: list[Returned]
    payments: list[Booked]
    shipments: list[Content]
    events: list[OrderEvent]

    @property
    def held(self) -> Held | None:
        ends = [one.line.held_until for one in self.lines if one.held]  # type: ignore[attr-defined]
        pieces = sum(one.held for one in self.lines)
        return Held(pieces, min(ends), time_left(min(ends), time_now())) if ends else None

    @property
    def deadline(self) -> Deadline | None:
        return deadline_of(self.order.status, self.order.promised_at, time_now())

    @property
    def paid_amount(self) -> Decimal:
        payments = (one.payment for one in self.payments)
        received = (one.amount for one in payments if one.status == Payment.Status.RECEIVED)
        return sum(received, Decimal(0))

    @property
    def owed_amount(self) -> Decimal:
        """The total, less what documents took off the order (see `orders.billing.due`)."""
        taken_off = (one.amount for one in self.returned if not one.is_waiting)
        return self.order.total_amount - sum(taken_off, Decimal(0))

    @property
    def balance(self) -> Decimal:
        return self.owed_amount - self.paid_amount

    @property
    def paid(self) -> str:
        return paid_state(self.owed_amount, self.paid_amount)


def detail_of(order: Order) -> Detail:
    """Read the order's surroundings."""
    lines = list(_lines(order))
    return Detail(
        order=order,
        lines=_with_outlook(order, [_line(order, line) for line in lines]),
        returned=returned_of(lines),
        payments=[Booked(one, method_words(one.method)) for one in order.payments.order_by("pk")],
        shipments=parcel_contents(order),
        events=list(order.events.order_by("-pk")[:MAX_EVENTS]),
    )


def has_left(detail: Detail) -> bool:
    """Whether goods of the order have gone to a carrier."""
    gone = (ShipmentStatus.SHIPPED, ShipmentStatus.DELIVERED)
    return any(one.shipment.status in gone for one in detail.shipments)


def _lines(order: Order) -> QuerySet[OrderLine]:
    held = Reservation.objects.filter(order_line_id=OuterRef("pk")).order_by()
    soft = held.filter(status="open", expires_at__isnull=False)
    free = Stock.objects.filter(sku=OuterRef("sku"), warehouse__is_active=True).order_by()
    return order.lines.select_related("sku").annotate(
        reserved=total_of(held.filter(status="open").values("order_line_id"), F("quantity")),
        shipped=total_of(held.filter(status="shipped").values("order_line_id"), F("quantity")),
        available=total_of(free.values("sku"), F("available")),
        held=total_of(soft.values("order_line_id"), F("quantity")),
        held_until=Subquery(soft.order_by("expires_at").values("expires_at")[:1]),
        return_rows=return_rows(),
    )


def total_of(groups: QuerySet[Any, Any], pieces: Combinable) -> Coalesce:
    """The sum of `pieces` over the one group that the outer row picks out."""
    total = groups.annotate(total=Sum(pieces)).values("total")
    return Coalesce(Subquery(total, output_field=IntegerField()), 0)


def _line(order: Order, line: OrderLine) -> Line:
    if line.kind != OrderLine.Kind.GOODS:
        return Line(line, None, None, None, None)
    reserved: int = line.reserved  # type: ignore[attr-defined]
    shipped: int = line.shipped  # type: ignore[attr-defined]
    available: int = line.available  # type: ignore[attr-defined]
    lacking = line.quantity - line.cancelled_quantity - reserved - shipped - max(available, 0)
    has_looked = order.status not in _NOT_YET_ALLOCATED | CLOSED
    held: int = line.held  # type: ignore[attr-defined]
    short = lacking if has_looked and lacking > 0 else None
    return Line(line, available, reserved, shipped, short, held)


def _with_outlook(order: Order, lines: list[Line]) -> list[Line]:
    """A line that is wholly promised has none."""
    if order.status not in SHORT_IN:
        return lines
    lacking = [
        (one.line.pk, one.line.sku_id)
        for one in lines
        if one.line.sku_id
        and one.reserved is not None
        and one.line.quantity - one.line.cancelled_quantity > one.reserved + (one.shipped or 0)
    ]
    found = outlook_of_lines(lacking)
    return [replace(one, outlook=found.get(one.line.pk)) for one in lines]


def parcel_contents(order: Order) -> list[Content]:
    """In the order they were made; every shipment has a line. One query, at most two more for goods with lots."""
    lines = ShipmentLine.objects.filter(shipment__order=order).annotate(**numbers_together())
    lines = lines.select_related(
        "shipment__warehouse", "shipment__preparation__carrier", "shipment__preparation__rule", "order_line__sku"
    ).order_by("shipment", "pk")  # fmt: skip
    lots = lots_in(lines)
    groups = [list(group) for _pk, group in groupby(lines, attrgetter("shipment_id"))]
    return [
        Content(group[0].shipment, group, group[0].together, group[0].could_join, lots)  # type: ignore[attr-defined]
        for group in groups
    ]
