"""Which fields of drafts differ from the orders that already have their external numbers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from oms.display import time_text
from orders.intake.draft import LineDraft, OrderDraft
from orders.models import Order, OrderLine


@dataclass(frozen=True, slots=True)
class Difference:
    """A field as the API spells it (lines by position), as it is here and as the draft wants it."""

    field: str
    ours: str
    theirs: str


def differences(pairs: Sequence[tuple[int, OrderDraft]]) -> list[list[Difference]]:
    """For each pair of an order (by id) and a draft what the draft says otherwise.

    Four queries whatever their number.
    """
    if not pairs:
        return []
    whole = Order.objects.select_related("customer").prefetch_related("lines__sku", "payments")
    orders = whole.in_bulk([order_id for order_id, _draft in pairs])
    return [_differing(orders[order_id], draft) for order_id, draft in pairs]


def _differing(order: Order, draft: OrderDraft) -> list[Difference]:
    found = [
        Difference(name, _text(ours), _text(theirs))
        for name, ours, theirs in _head(order, draft)
        if ours != theirs
    ]
    lines = [line for line in order.lines.all() if line.bundle_line_id is None]
    if len(lines) != len(draft.lines):
        return [*found, Difference("lines", str(len(lines)), str(len(draft.lines)))]
    for index, (line, wanted) in enumerate(zip(lines, draft.lines, strict=True)):
        found += [
            Difference(f"lines[{index}].{name}", _text(ours), _text(theirs))
            for name, ours, theirs in _line(line, wanted)
        ]
    return found or [Difference("payment", "", "")]


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return time_text(value)
    return format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)


def _line(line: OrderLine, wanted: LineDraft) -> Iterator[tuple[str, Any, Any]]:
    code = line.sku.code if line.sku else ""
    if wanted.sku and code != wanted.sku.strip().upper():
        yield "sku", code, wanted.sku
    if line.quantity != wanted.quantity:
        yield "quantity", line.quantity, wanted.quantity
    if wanted.unit_price is not None and line.unit_price != wanted.unit_price:
        yield "unit_price", line.unit_price, wanted.unit_price
    if line.discount_amount != wanted.discount:
        yield "discount", line.discount_amount, wanted.discount


def _head(order: Order, draft: OrderDraft) -> list[tuple[str, Any, Any]]:
    ship_to = draft.ship_to
    paid = sum((payment.amount for payment in order.payments.all()), Decimal(0))
    rows: list[tuple[str, Any, Any]] = [
        ("currency", order.currency, draft.currency or order.currency),
        ("placed_at", order.placed_at, draft.placed_at or order.placed_at),
        ("promised_at", order.promised_at, draft.promised_at or order.promised_at),
        ("customer.name", order.customer_name, draft.customer.name or order.customer_name),
        ("shipping_fee", order.shipping_amount, draft.shipping_fee),
        ("discount", order.discount_amount, draft.discount),
        ("note", order.note, draft.note),
        ("ship_complete", order.ship_complete, draft.ship_complete),
        ("payment.amount", paid, draft.payment.amount if draft.payment else Decimal(0)),
    ]
    if order.customer:
        wanted = draft.customer
        rows += [
            ("customer.phone", order.customer.phone, wanted.phone or order.customer.phone),
            ("customer.email", order.customer.email, wanted.email or order.customer.email),
        ]
    for part in ("name", "phone", "country", "province", "city", "district", "street", "postcode"):
        rows.append((f"ship_to.{part}", getattr(order, f"ship_{part}"), getattr(ship_to, part)))
    return rows
