"""The same rules read by hand: every field from the rows themselves in plain Python.

Slow and obvious on purpose; it shares no line with the SQL. Conditions and rules are in `slow_rules`.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from orders.models import Order
from tests.review.rules.slow_world import DAY, HOUR, At, left, percent, rounded, span

SHANGHAI = ZoneInfo("Asia/Shanghai")
OPEN = {"pending_review", "on_hold", "approved", "backordered", "allocated", "in_fulfilment"}
PLACE = ("name", "phone", "country", "province", "city", "district", "street")


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


def weight(at: At) -> Decimal:
    grams = 0
    for one in at.world.ordered(at.order):
        grams += left(one) * one.sku.weight_grams
    return Decimal(grams) / 1000


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
    "weight": weight,
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
