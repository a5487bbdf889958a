"""Which fields of a draft differ from the order that already has its external number."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from orders.intake.draft import LineDraft, OrderDraft
from orders.models import Order, OrderLine


def differences(order_id: int, draft: OrderDraft) -> list[str]:
    """Names of the fields that differ, as the API spells them; lines that differ are named by position."""
    order = Order.objects.select_related("customer").get(pk=order_id)
    found = [name for name, ours, theirs in _head(order, draft) if ours != theirs]
    lines = list(order.lines.select_related("sku"))
    if len(lines) != len(draft.lines):
        return [*found, "lines"]
    for index, (line, wanted) in enumerate(zip(lines, draft.lines, strict=True)):
        found += [f"lines[{index}].{name}" for name in _line(line, wanted)]
    return found or ["payment"]


def _line(line: OrderLine, wanted: LineDraft) -> Iterator[str]:
    code = line.sku.code if line.sku else ""
    if wanted.sku and code != wanted.sku.strip().upper():
        yield "sku"
    if line.quantity != wanted.quantity:
        yield "quantity"
    if wanted.unit_price is not None and line.unit_price != wanted.unit_price:
        yield "unit_price"
    if line.discount_amount != wanted.discount:
        yield "discount"


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
