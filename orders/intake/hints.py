"""Hints about an order being typed, none of which stops it: blocked, ordered a few hours ago already, unusually many.

They begin once the phone names a known customer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from customers.models import Customer
from oms.models import User
from oms.sql import query
from orders.intake.known_customers import customer_of_phone
from orders.intake.times import quantity_and_sku
from orders.models import Order, OrderLine
from orders.states import OrderStatus

AGAIN_WITHIN = timedelta(hours=24)
USUAL_OF = timedelta(days=90)
UNUSUAL = 5
MOST = 10
# Fewer lines say nothing about what is usual; of more the newest are enough.
FEWEST_LINES, MOST_LINES = 5, 500

_USUAL = """
SELECT s.code, percentile_cont(0.5) WITHIN GROUP (ORDER BY l.quantity)
  FROM inventory_sku s, LATERAL (
    SELECT l.quantity FROM orders_orderline l JOIN orders_order o ON o.id = l.order_id
     WHERE l.sku_id = s.id AND o.placed_at >= %s ORDER BY l.order_id DESC LIMIT %s) l
 WHERE s.code = ANY(%s) GROUP BY s.code HAVING count(*) >= %s
"""


@dataclass(frozen=True, slots=True)
class OrderedAgain:
    """This customer ordered this SKU a few hours ago."""

    sku: str
    number: str
    placed_at: datetime


@dataclass(frozen=True, slots=True)
class Unusual:
    """Far more pieces than a line of this SKU usually has."""

    sku: str
    quantity: int
    usual: Decimal


@dataclass(frozen=True, slots=True)
class Blocked:
    """The customer is blocked; `reason` may be empty."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Hints:
    blocked: Blocked | None = None
    again: Sequence[OrderedAgain] = ()
    unusual: Sequence[Unusual] = ()


def hints_for(phone: str, rows: Sequence[Mapping[str, str]], user: User) -> Hints:
    """`rows`: `sku` and `quantity` as typed."""
    customer = customer_of_phone(phone)
    wanted = _wanted(rows)
    if customer is None:
        return Hints()
    blocked = _blocked(customer)
    if not wanted:
        return Hints(blocked)
    return Hints(blocked, tuple(_again(customer, list(wanted), user)), tuple(_unusual(wanted)))


def _blocked(customer: int) -> Blocked | None:
    found = Customer.objects.filter(pk=customer, level=Customer.Level.BLOCKED)
    row = found.values_list("name", "blocked_reason").first()
    return Blocked(*row) if row else None


def _wanted(rows: Sequence[Mapping[str, str]]) -> dict[str, int]:
    """Pieces by SKU; what is no number yet counts as one."""
    wanted: dict[str, int] = {}
    for row in rows:
        times, code = quantity_and_sku(row.get("sku", "").replace("\x00", ""))
        typed, _unit = quantity_and_sku(f"{row.get('quantity', '')}*x")
        code = code.strip().upper()
        if code:
            wanted[code] = wanted.get(code, 0) + (times or typed or 1)
    return wanted


def _again(customer: int, codes: list[str], user: User) -> list[OrderedAgain]:
    since = timezone.now() - AGAIN_WITHIN
    mine = OrderLine.objects.filter(
        order__in=Order.objects.visible_to(user),
        order__customer=customer,
        order__placed_at__gte=since,
        sku__code__in=codes,
    ).exclude(order__status=OrderStatus.CANCELLED)
    rows = mine.order_by("-order_id", "pk").values_list(
        "sku__code", "order__number", "order__placed_at"
    )
    newest: dict[str, OrderedAgain] = {}
    for row in rows[: MOST * MOST]:
        newest.setdefault(row[0], OrderedAgain(*row))
    return list(newest.values())[:MOST]


def _unusual(wanted: Mapping[str, int]) -> list[Unusual]:
    since = timezone.now() - USUAL_OF
    usual = dict(query(_USUAL, [since, MOST_LINES, list(wanted), FEWEST_LINES]))
    found = [
        Unusual(code, quantity, Decimal(str(usual[code])))
        for code, quantity in wanted.items()
        if code in usual and quantity > UNUSUAL * usual[code]
    ]
    return found[:MOST]
