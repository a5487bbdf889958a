"""Cancelling the pieces that are not to be had, so that the rest of an order can go."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from inventory import ledger
from oms.models import User
from oms.money import round_amount
from oms.sql import int_array, query
from orders import nudge
from orders.allocation.lacking import LACKING
from orders.allocation.parts import SHORT_IN
from orders.billing.complete import complete_orders
from orders.desk.cancel import cancel_orders
from orders.fulfilment.progress import settle
from orders.models.order import Order
from orders.outcome import Outcome
from orders.returns.cover import Piece
from orders.returns.credit import take_off
from orders.returns.models import Return, ReturnLine
from orders.review.decide import refusals
from orders.states import OrderStatus

_FOUR_DIGITS = Decimal("0.0001")

_LOCK = """
SELECT o.id FROM orders_order o
WHERE o.id = ANY(%s::bigint[]) AND o.status = ANY(%s) ORDER BY o.id FOR NO KEY UPDATE
"""
_LINES = f"""
SELECT l.order_id, l.id, l.sku_id, l.description, l.quantity, l.cancelled_quantity, l.amount,
  {LACKING},
  coalesce((SELECT sum(c.amount) FROM orders_returnline c WHERE c.order_line_id = l.id AND c.status = 'applied'), 0)
FROM orders_orderline l
WHERE l.order_id = ANY(%s::bigint[]) AND l.kind = 'goods' ORDER BY l.order_id, l.id
"""
# Of the missing lines those that are a component, with their bundle.
_BUNDLES = """
SELECT l.order_id, min(b.description) FROM orders_orderline l JOIN orders_orderline b ON b.id = l.bundle_line_id
WHERE l.id = ANY(%s::bigint[]) GROUP BY 1
"""


@dataclass(slots=True)
class _Line:
    """A line with what it lacks; `missing` of that is nowhere to be had."""

    order_id: int
    pk: int
    sku_id: int
    description: str
    quantity: int
    cancelled: int
    amount: Decimal
    lacking: int
    credited: Decimal
    missing: int = 0

    def worth(self, currency: str) -> Decimal:
        """What the missing pieces cost; the last ones take what rounding left of the line."""
        if self.missing + self.cancelled == self.quantity:
            return self.amount - self.credited
        return round_amount(self.amount * self.missing / self.quantity, currency)


def cancel_short(order_ids: Sequence[int], *, actor: User | None, reason: str) -> Outcome:
    """Take the missing pieces off short orders, with a credit; an order of which nothing is left is cancelled.

    Each is refused of which nothing is missing, or that is not short. What is missing of a bundle is left to people:
    they change the number of bundles, whose price nobody can divide.
    """
    with transaction.atomic():
        rows = query(_LOCK, [int_array(order_ids), [status.value for status in SHORT_IN]])
        locked = [row[0] for row in rows]
        lines = _missing(locked)
        whole = sorted(pk for pk in locked if lines[pk] and _is_all_missing(lines[pk]))
        short = [pk for pk in locked if any(line.missing for line in lines[pk])]
        torn = _torn_bundles([one for pk in set(short) - set(whole) for one in lines[pk]])
        part = sorted(set(short) - set(whole) - torn.keys())
        _take_off([line for pk in part for line in lines[pk] if line.missing], part, actor, reason)
        cancelled = cancel_orders(whole, actor=actor, reason=reason)
    nudge.after_commit()
    nothing = _("Nothing is short any more; the goods are being reserved.")
    refused = dict.fromkeys(set(locked) - set(whole) - set(part), nothing) | torn
    refused |= cancelled.refused
    left = [pk for pk in order_ids if pk not in set(locked)]
    return Outcome(
        sorted([*part, *cancelled.done]), refused | refusals(left, OrderStatus.ALLOCATED)
    )


def _missing(order_ids: Sequence[int]) -> dict[int, list[_Line]]:
    """The lines by order; free pieces go to the oldest order first, as allocation will give them."""
    lines = [_Line(*row) for row in query(_LINES, [int_array(order_ids)])]
    free: dict[int, int] = defaultdict(int)
    for supply in ledger.look_at_supply(sorted({line.sku_id for line in lines})):
        free[supply.sku_id] += supply.available
    by_order: dict[int, list[_Line]] = defaultdict(list)
    for line in lines:
        served = min(int(line.lacking), free[line.sku_id])
        free[line.sku_id] -= served
        line.missing = int(line.lacking) - served
        by_order[line.order_id].append(line)
    return by_order


def _torn_bundles(lines: Iterable[_Line]) -> dict[int, str]:
    """The orders of which a part of a bundle is missing, and what to do about it."""
    words = _("Goods of bundle “%s” are missing: change the number of bundles, or wait for them.")
    missing = int_array(line.pk for line in lines if line.missing)
    return {pk: words % name for pk, name in query(_BUNDLES, [missing])}


def _is_all_missing(lines: Iterable[_Line]) -> bool:
    return all(line.missing == line.quantity - line.cancelled for line in lines)


def _take_off(
    lines: Sequence[_Line], order_ids: Sequence[int], actor: User | None, reason: str
) -> None:
    if not lines:
        return
    orders = Order.objects.in_bulk(order_ids)
    documents = {
        pk: Return(
            channel_id=order.channel_id, external_no=f"{order.number}-C{order.version}",
            customer_id=order.customer_id, currency=order.currency, happened_at=timezone.now(),
            amount=sum((one.worth(order.currency) for one in lines if one.order_id == pk), Decimal(0)),
        )
        for pk, order in orders.items()
    }  # fmt: skip
    Return.objects.bulk_create(documents.values())
    ReturnLine.objects.bulk_create(
        ReturnLine(
            document=documents[line.order_id], position=at, order_line_id=line.pk, sku_id=line.sku_id,
            description=line.description, quantity=line.missing, status=ReturnLine.Status.APPLIED,
            unit_price=(line.amount / line.quantity).quantize(_FOUR_DIGITS),
            amount=line.worth(orders[line.order_id].currency),
        )
        for at, line in enumerate(lines, start=1)
    )  # fmt: skip
    take_off(
        [Piece(line.pk, line.order_id, line.missing) for line in lines],
        why=reason or _("Pieces that are not to be had were cancelled."), actor=actor,
    )  # fmt: skip
    settle(order_ids, actor=actor)
    complete_orders(order_ids, actor=actor)
