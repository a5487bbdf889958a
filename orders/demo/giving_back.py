"""What buyers gave back: credit documents of the shops, linked to the orders by the verb of the import."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from django.db.models import Count, Q, QuerySet

from oms.models import User
from orders.models import OrderLine
from orders.returns.credit import Credit, CreditLine, record_credits
from orders.states import OrderStatus

_NOT_LEFT = (OrderStatus.PENDING_REVIEW, OrderStatus.ON_HOLD)
_ARRIVED = (OrderStatus.DELIVERED, OrderStatus.COMPLETED)
_TAKEN_OFF, _SENT_BACK, _UNKNOWN = 12, 45, 3
_FOUR_DIGITS = Decimal("0.0001")


def give_back(rng: Random, clerk: User, now: datetime) -> None:
    """Some take a line back before it leaves, some send goods back, a few for orders nobody finds."""
    goods = OrderLine.objects.filter(kind=OrderLine.Kind.GOODS, order__customer__isnull=False)
    goods = goods.select_related("order")
    waiting = goods.annotate(
        lines=Count("order__lines", filter=Q(order__lines__kind=OrderLine.Kind.GOODS))
    ).filter(order__status__in=_NOT_LEFT)
    # An order of several lines goes on with the others.
    chosen = _some(rng, waiting.filter(lines__gt=1), _TAKEN_OFF)
    arrived = goods.filter(
        order__status__in=_ARRIVED, order__placed_at__lt=now - timedelta(days=10)
    )
    chosen += _some(rng, arrived, _SENT_BACK)
    credits = [
        _credit(line, number, min(now, line.order.placed_at + timedelta(days=rng.randint(6, 10))))
        for number, line in enumerate(chosen, start=1)
    ]
    record_credits([*credits, *_unknown(credits, now)], actor=clerk)


def _some(rng: Random, lines: "QuerySet[OrderLine]", most: int) -> list[OrderLine]:
    """Up to `most` of them, one of each order."""
    of_order = {line.order_id: line for line in lines.order_by("pk")}
    return rng.sample(list(of_order.values()), min(most, len(of_order)))


def _credit(line: OrderLine, number: int, happened_at: datetime) -> Credit:
    """The whole line, at what the buyer paid for a piece; later orders are not looked at."""
    price = (line.amount / line.quantity).quantize(_FOUR_DIGITS)
    return Credit(
        channel_id=line.order.channel_id,
        external_no=f"RT{happened_at:%y%m}{number:04d}",
        customer_id=line.order.customer_id,
        currency=line.order.currency,
        happened_at=happened_at,
        lines=[CreditLine(line.sku_id, line.description, line.quantity, price)],
        before_order_id=line.order_id + 1,
    )


def _unknown(credits: Iterable[Credit], now: datetime) -> list[Credit]:
    """Parcels without a sender: goods that came back, and nobody knows whose they were."""
    return [
        Credit(one.channel_id, f"RX{now:%y%m}{number:04d}", None, one.currency, now, one.lines)
        for number, one in enumerate(list(credits)[-_UNKNOWN:], start=1)
    ]
