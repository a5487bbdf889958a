"""Everything there is, as rows in lists, and plain arithmetic: what `slow` reads rules' fields from."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from customers.models import Customer
from inventory.models import Stock
from oms.models import Channel
from orders.billing.models import Payment
from orders.desk.notes.models import OrderTag
from orders.models import Order, OrderLine
from orders.returns.models import ReturnLine
from orders.review.rules.models import RemoteArea


@dataclass
class World:
    """Everything there is."""

    orders: list[Order]
    lines: list[OrderLine]
    payments: list[Payment]
    credits: list[ReturnLine]
    tags: list[OrderTag]
    customers: dict[int, Customer]
    channels: dict[int, Channel]
    stock: list[Stock]
    remote: list[RemoteArea]

    def lines_of(self, order: Order) -> list[OrderLine]:
        return [one for one in self.lines if one.order_id == order.pk]

    def goods_of(self, order: Order) -> list[OrderLine]:
        return [one for one in self.lines_of(order) if one.kind == "goods"]

    def ordered(self, order: Order) -> list[OrderLine]:
        """The lines with a SKU of which something is left."""
        return [one for one in self.lines_of(order) if one.sku_id and left(one)]

    def customer_of(self, order: Order) -> Customer | None:
        return self.customers.get(order.customer_id) if order.customer_id else None

    def earlier(self, order: Order) -> list[Order]:
        """What the same customer ordered before and did not cancel, newest first."""
        before = [
            one
            for one in self.orders
            if one.customer_id
            and one.customer_id == order.customer_id
            and (one.placed_at, one.pk) < (order.placed_at, order.pk)
            and one.status not in ("draft", "cancelled")
        ]
        return sorted(before, key=lambda one: (one.placed_at, one.pk), reverse=True)

    def credited(self, order: Order) -> Decimal:
        ids = {one.pk for one in self.lines_of(order)}
        applied = [one for one in self.credits if one.status == "applied"]
        return sum((one.amount for one in applied if one.order_line_id in ids), Decimal(0))

    def received(self, order: Order) -> list[Payment]:
        return [
            one for one in self.payments if one.order_id == order.pk and one.status == "received"
        ]


def read_world() -> World:
    return World(
        list(Order.objects.all()),
        list(OrderLine.objects.select_related("sku__product")),
        list(Payment.objects.all()),
        list(ReturnLine.objects.all()),
        list(OrderTag.objects.select_related("tag")),
        Customer.objects.in_bulk(),
        Channel.objects.in_bulk(),
        list(Stock.objects.select_related("warehouse")),
        list(RemoteArea.objects.all()),
    )


def left(line: OrderLine) -> int:
    return line.quantity - line.cancelled_quantity


def rounded(number: Fraction, places: int = 2) -> Decimal:
    """Half away from zero."""
    scaled = abs(number) * 10**places
    whole = int(scaled + Fraction(1, 2))
    return Decimal(whole if number >= 0 else -whole).scaleb(-places)


def percent(part: Any, whole: Any) -> Decimal | None:
    return rounded(Fraction(part) * 100 / Fraction(whole)) if whole else None


def span(start: datetime, end: datetime, unit: timedelta) -> Decimal:
    micro = timedelta(microseconds=1)
    return rounded(Fraction((end - start) // micro, unit // micro))


HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass
class At:
    """One order, at one moment, in the world."""

    world: World
    order: Order
    asked: datetime

    @property
    def paid(self) -> list[Payment]:
        return [one for one in self.world.received(self.order) if one.created_at <= self.asked]

    @property
    def paid_amount(self) -> Decimal:
        return sum((one.amount for one in self.paid), Decimal(0))

    @property
    def due(self) -> Decimal:
        return self.order.total_amount - self.world.credited(self.order)

    @property
    def unpaid(self) -> Decimal:
        return self.due - self.paid_amount

    @property
    def discounts(self) -> Decimal:
        """Of the lines."""
        lines = self.world.lines_of(self.order)
        return sum(
            (-one.amount if one.kind == "discount" else one.discount_amount for one in lines),
            Decimal(0),
        )
