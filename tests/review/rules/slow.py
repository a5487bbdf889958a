"""The same rules read by hand: every field from the rows themselves in plain Python, and logic of three values.

Slow and obvious on purpose; it shares no line with the SQL.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from customers.models import Customer
from inventory.models import Stock
from oms.models import Channel
from orders.billing.models import Payment
from orders.desk.notes.models import OrderTag
from orders.models import Order, OrderLine
from orders.returns.models import ReturnLine
from orders.review.rules.models import RemoteArea

SHANGHAI = ZoneInfo("Asia/Shanghai")
OPEN = {"pending_review", "on_hold", "approved", "backordered", "allocated", "in_fulfilment"}
PLACE = ("name", "phone", "country", "province", "city", "district", "street")


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


def payment(at: At) -> str:
    if at.due <= 0 and at.paid_amount == 0:
        return "nothing_due"
    if at.paid_amount <= 0:
        return "unpaid"
    if at.unpaid > 0:
        return "partly"
    return "paid" if at.unpaid == 0 else "overpaid"


def discount_percent(at: At) -> Decimal | None:
    given = at.order.discount_amount + at.discounts
    return percent(given, at.order.lines_amount + at.discounts)


def hours_since_paid(at: At) -> Decimal | None:
    return span(max(one.paid_at for one in at.paid), at.asked, HOUR) if at.paid else None


def below_floor(at: At) -> int:
    return sum(
        one.sku.price_floor is not None
        and one.sku.currency == at.order.currency
        and one.amount < one.sku.price_floor * one.quantity
        for one in at.world.ordered(at.order)
    )


def margin_percent(at: At) -> Decimal | None:
    lines = at.world.ordered(at.order)
    for one in lines:
        if one.sku.cost is None or one.sku.currency != at.order.currency:
            return None
    if not lines:
        return None
    revenue = sum((one.amount for one in lines), Decimal(0)) - at.order.discount_amount
    cost = sum(((one.sku.cost or 0) * one.quantity for one in lines), Decimal(0))
    return percent(revenue - cost, revenue)


def times_usual(at: At) -> Decimal | None:
    """Against the middle of the newest hundred lines of the SKU; of fewer than five nothing is usual."""
    times = []
    for line in at.world.goods_of(at.order):
        if not left(line):
            continue
        same = [one for one in at.world.lines if one.sku_id == line.sku_id]
        newest = sorted(same, key=lambda one: one.order_id, reverse=True)[:100]
        if len(newest) >= 5:
            middle = sorted(one.quantity for one in newest)[(len(newest) - 1) // 2]
            times.append(Fraction(line.quantity, middle))
    return rounded(max(times)) if times else None


def short(at: At) -> int:
    wanted: dict[int | None, int] = {}
    for line in at.world.goods_of(at.order):
        wanted[line.sku_id] = wanted.get(line.sku_id, 0) + left(line)
    missing = 0
    for sku_id, pieces in wanted.items():
        free = sum(
            one.on_hand - one.reserved
            for one in at.world.stock
            if one.sku_id == sku_id and one.warehouse.is_active
        )
        missing += max(pieces - free, 0)
    return missing


def of_customer(name: str, otherwise: Any) -> Callable[[At], Any]:
    def read(at: At) -> Any:
        customer = at.world.customer_of(at.order)
        return getattr(customer, name) if customer else otherwise

    return read


def days_since_last(at: At) -> Decimal | None:
    before = at.world.earlier(at.order)
    return span(before[0].placed_at, at.order.placed_at, DAY) if before else None


def orders_last_day(at: At) -> int:
    return sum(one.placed_at > at.order.placed_at - DAY for one in at.world.earlier(at.order))


def return_rate(at: At) -> Decimal | None:
    before = at.world.earlier(at.order)[:100]
    back = {one.order_line_id for one in at.world.credits}
    returned = sum(any(line.pk in back for line in at.world.lines_of(one)) for one in before)
    return percent(returned, len(before))


def customer_owes(at: At) -> Decimal:
    others = [
        one
        for one in at.world.orders
        if one.customer_id
        and one.customer_id == at.order.customer_id
        and one.pk != at.order.pk
        and one.currency == at.order.currency
        and one.status not in ("draft", "cancelled", "completed")
    ]
    owed = Decimal(0)
    for one in others:
        paid = sum((p.amount for p in at.world.received(one)), Decimal(0))
        owed += max(one.total_amount - at.world.credited(one) - paid, Decimal(0))
    return owed


def credit_left(at: At) -> Decimal | None:
    customer = at.world.customer_of(at.order)
    if customer is None or customer.credit_limit is None:
        return None
    return customer.credit_limit - customer_owes(at) - max(at.unpaid, Decimal(0))


def ship(name: str) -> Callable[[At], str]:
    return lambda at: getattr(at.order, f"ship_{name}")


def address_complete(at: At) -> bool:
    order = at.order
    needs_phone = order.ship_country in ("", "CN")
    return bool(
        order.ship_name
        and (order.ship_phone or not needs_phone)
        and (order.ship_city or order.ship_province)
        and order.ship_street
    )


def where(order: Order, *names: str) -> tuple[str, ...]:
    return tuple(getattr(order, f"ship_{name}") for name in names)


def address_differs(at: At) -> bool | None:
    names = ("country", "province", "city", "district", "street")
    for one in at.world.earlier(at.order):
        if one.ship_street:
            return where(one, *names) != where(at.order, *names)
    return None


def remote(at: At) -> bool:
    order = at.order
    return any(
        one.country == order.ship_country
        and order.ship_province.startswith(one.province)
        and order.ship_city.startswith(one.city)
        for one in at.world.remote
    )


def hours_since_same(at: At) -> Decimal | None:
    skus = {one.sku_id for one in at.world.lines_of(at.order) if one.sku_id}
    for one in at.world.earlier(at.order):
        if one.placed_at <= at.order.placed_at - timedelta(days=31):
            continue
        if skus & {line.sku_id for line in at.world.lines_of(one)}:
            return span(one.placed_at, at.order.placed_at, HOUR)
    return None


def mergeable(at: At) -> int:
    order = at.order
    if order.status not in OPEN or not order.ship_phone or not order.ship_street:
        return 0
    return sum(
        one.pk != order.pk and one.status in OPEN and where(one, *PLACE) == where(order, *PLACE)
        for one in at.world.orders
    )


def placed(at: At) -> datetime:
    return at.order.placed_at.astimezone(SHANGHAI)


def channel(at: At) -> str:
    return at.world.channels[at.order.channel_id].code


FIELDS: dict[str, Callable[[At], Any]] = {
    "total": lambda at: at.order.total_amount,
    "goods_amount": lambda at: at.order.lines_amount,
    "shipping": lambda at: at.order.shipping_amount,
    "discount_percent": discount_percent,
    "unpaid": lambda at: at.unpaid,
    "payment": payment,
    "hours_unpaid": lambda at: span(at.order.placed_at, at.asked, HOUR) if at.unpaid > 0 else None,
    "hours_since_paid": hours_since_paid,
    "currency": lambda at: at.order.currency,
    "channel": channel,
    "placed_time": lambda at: placed(at).time(),
    "weekday": lambda at: str(placed(at).isoweekday()),
    "note": lambda at: at.order.note,
    "tags": lambda at: [one.tag.name for one in at.world.tags if one.order_id == at.order.pk],
    "sku": lambda at: [one.sku.code for one in at.world.ordered(at.order)],
    "category": lambda at: [
        one.sku.product.category for one in at.world.ordered(at.order) if one.sku.product.category
    ],
    "pieces": lambda at: sum(left(one) for one in at.world.goods_of(at.order)),
    "lines": lambda at: sum(left(one) > 0 for one in at.world.goods_of(at.order)),
    "largest_line": lambda at: max((left(one) for one in at.world.goods_of(at.order)), default=0),
    "times_usual": times_usual,
    "weight": lambda at: (
        Decimal(sum(left(one) * one.sku.weight_grams for one in at.world.ordered(at.order))) / 1000
    ),
    "below_floor": below_floor,
    "margin_percent": margin_percent,
    "short": short,
    "customer_level": of_customer("level", ""),
    "customer_kind": of_customer("kind", ""),
    "customer_tags": of_customer("tags", []),
    "blocked_reason": of_customer("blocked_reason", ""),
    "first_order": lambda at: not at.world.earlier(at.order),
    "earlier_orders": lambda at: len(at.world.earlier(at.order)),
    "days_since_last": days_since_last,
    "orders_last_day": orders_last_day,
    "return_rate": return_rate,
    "customer_owes": customer_owes,
    "credit_left": credit_left,
    **{name: ship(name) for name in ("country", "province", "city", "district", "street", "phone")},
    "address_complete": address_complete,
    "address_differs": address_differs,
    "remote": remote,
    "hours_since_same": hours_since_same,
    "mergeable": mergeable,
}
"""Each field by hand; `risk` is made of the signals."""
