"""What the panel of an exception shows, built for its kind: the goods, the address, the money, the other order."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from oms.display import money_text
from oms.models import User
from oms.sql import query
from orders.desk.rows import Row as OrderRow
from orders.desk.rows import rows_of
from orders.exceptions.address_form import AddressForm
from orders.exceptions.causes import CAUSES
from orders.exceptions.listing import Row, row_of, with_outlook
from orders.exceptions.models import ExceptionKind, OrderException
from orders.exceptions.put_off import USUAL
from orders.intake.files.document import Outcome
from orders.models import Order
from orders.states import OrderStatus

ROWS_SHOWN = 10
K = ExceptionKind

_GOODS = """
SELECT k.code, k.name, l.quantity - l.cancelled_quantity, coalesce(r.pieces, 0), coalesce(f.pieces, 0)
FROM orders_orderline l JOIN inventory_sku k ON k.id = l.sku_id
LEFT JOIN LATERAL (SELECT sum(quantity) AS pieces FROM inventory_reservation
  WHERE order_line_id = l.id AND status <> 'released') r ON true
LEFT JOIN LATERAL (SELECT sum(available) AS pieces FROM inventory_stock s
  WHERE s.sku_id = l.sku_id AND s.warehouse_id IN (SELECT id FROM inventory_warehouse WHERE is_active)) f ON true
WHERE l.order_id = %s AND l.kind = 'goods' AND l.quantity > l.cancelled_quantity ORDER BY l.position
"""


@dataclass(frozen=True, slots=True)
class Goods:
    """A line of a short order: so many pieces have theirs already, `goes` could now, `waits` must wait."""

    sku: str
    name: str
    wanted: int
    reserved: int
    goes: int
    waits: int


@dataclass(frozen=True, slots=True)
class Panel:
    """`row` as in the list; `waits_until` is the day that is offered to put it off to."""

    row: Row
    fixes: tuple[Any, ...]
    waits_until: datetime
    content: dict[str, Any]

    @property
    def template(self) -> str:
        return f"exceptions/_fix_{self.row.exception.kind}.html"

    @property
    def money(self) -> dict[str, str]:
        """What a payment exception compares, in words."""
        data = self.row.exception.data
        owed, paid = Decimal(data["owed"]), Decimal(data["paid"])
        amounts = {"owed": owed, "paid": paid, "difference": paid - owed}
        return {name: money_text(amount, data["currency"]) for name, amount in amounts.items()}


def panel_of(
    one: OrderException, user: User, form: AddressForm | None = None, row: Row | None = None
) -> Panel:
    """`form`: the address as it was typed, when it was not saved; `row`: as the list shows it, where it does."""
    cause = CAUSES[one.cause]
    fixes = tuple(fix for fix in cause.fixes if not fix.permission or user.has_perm(fix.permission))
    now = timezone.now()
    [shown] = [row] if row else with_outlook([row_of(one, now)])
    return Panel(shown, fixes, now + USUAL, _content(one, user, form))


def _content(one: OrderException, user: User, form: AddressForm | None) -> dict[str, Any]:
    if one.order_id is None:
        return {"rejected": _rejected(one)}
    if one.kind == K.SHORT:
        return {"goods": _goods(one.order_id)}
    if one.kind == K.ADDRESS:
        return _address(one.order_id, user, form)
    ids = [pk for pk in (one.order_id, one.other_id) if pk]
    return {"orders": _orders(ids), "may_see_money": user.has_perm("orders.view_payment")}


def _goods(order_id: int) -> list[Goods]:
    found = []
    for sku, name, wanted, reserved, free in query(_GOODS, [order_id]):
        goes = min(wanted - reserved, max(free, 0))
        found.append(Goods(sku, name, wanted, reserved, goes, wanted - reserved - goes))
    return found


def _address(order_id: int, user: User, form: AddressForm | None) -> dict[str, Any]:
    order = Order.objects.get(pk=order_id)
    is_held = order.status == OrderStatus.ON_HOLD and order.reason_code == "held_by_person"
    return {
        "order": order,
        "form": form or AddressForm.of(order),
        "may_edit": user.has_perm("orders.place_order"),
        # A rule lets go by itself; what a person holds, a person releases.
        "may_release": is_held and user.has_perm("orders.review_order"),
    }


def _orders(ids: list[int]) -> list[OrderRow]:
    return rows_of(Order.objects.filter(pk__in=ids).order_by("-pk"))


def _rejected(one: OrderException) -> list[Any]:
    assert one.batch is not None
    rows = one.batch.rows.filter(outcome=Outcome.REJECTED).order_by("row_no")
    return list(rows.only("row_no", "reason", "document")[:ROWS_SHOWN])
