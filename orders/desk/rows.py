"""Orders as the lists show them: plain texts, made ready once, so that a template only places them."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from django.db.models import IntegerField, TextField
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils.html import escape

from oms.display import masked_phone
from oms.status import status_look
from oms.templatetags.shell import money, status_tag
from orders.desk.paid import paid_state
from orders.models.order import OrderQuerySet
from orders.reasons import why_of
from orders.states import OrderStatus

# Correlated by hand: building these with the ORM takes longer than running them.
_FIRST_LINE = """(
SELECT l.quantity || ' ' || coalesce(s.name, l.description)
FROM orders_orderline l LEFT JOIN inventory_sku s ON s.id = l.sku_id
WHERE l.order_id = orders_order.id ORDER BY l.position LIMIT 1)"""
_LINE_COUNT = "(SELECT count(*) FROM orders_orderline l WHERE l.order_id = orders_order.id)"


@dataclass(slots=True)
class Row:
    """An order as the lists show it: `item` × `quantity` is its first line, `more` the others.

    `paid` is a state of `orders.desk.paid`, `paid_words` its word, both empty for a cancelled order;
    `why` says why it waits, `fix` what to do. Every text is escaped already.
    """

    pk: int
    key: str  # pk as text; a number would be localised, row by row
    number: str
    url: str
    channel: str
    placed_at: datetime
    customer: str
    phone: str
    place: str
    amount: str
    status: str
    item: str
    quantity: str
    more: str
    paid: str
    paid_words: str
    why: str
    fix: str

    # A template asks for row["number"] before it asks for row.number: half of its work is the asking.
    __getitem__ = object.__getattribute__


class _Read(NamedTuple):
    """What is read of one order, in the order of the statement's columns."""

    id: int
    number: str
    channel__name: str
    placed_at: datetime
    customer_name: str
    ship_phone: str
    ship_city: str
    ship_country: str
    total_amount: Decimal
    currency: str
    status: str
    reason_code: str
    reason_detail: str
    paid_amount: Decimal
    credited_amount: Decimal
    first_line: str | None  # "3 teapots"
    line_count: int


def rows_of(orders: OrderQuerySet) -> list[Row]:
    """`orders`, in their order, with what a row shows; one query."""
    shown = (
        orders.with_paid()
        .annotate(
            first_line=RawSQL(_FIRST_LINE, (), output_field=TextField()),  # noqa: S611 - our own text
            line_count=RawSQL(_LINE_COUNT, (), output_field=IntegerField()),  # noqa: S611
        )
        .values_list(*_Read._fields)
    )
    words = _Words(reverse("orders:list"))
    return [_row(read, words) for read in map(_Read._make, shown)]


class _Words:
    """What stands in many rows of one page: translated and escaped once."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.escaped = cache(escape)
        self.tag = cache(status_tag)
        self.paid = cache(_paid_word)
        self.reason = cache(_reason)


def _row(read: _Read, words: _Words) -> Row:
    number, paid = escape(read.number), _paid(read)
    quantity, _, item = (read.first_line or "").partition(" ")
    why, fix = words.reason(read.status, read.reason_code, read.reason_detail)
    return Row(
        pk=read.id,
        key=escape(read.id),
        number=number,
        url=escape(f"{words.base}{read.number}/"),
        channel=words.escaped(read.channel__name),
        placed_at=read.placed_at,
        customer=escape(read.customer_name),
        phone=escape(masked_phone(read.ship_phone)),
        place=words.escaped(read.ship_city or read.ship_country),
        amount=money(read.total_amount, read.currency),
        status=words.tag(read.status),
        item=escape(item),
        quantity=words.escaped(quantity),
        more=words.escaped(str(read.line_count - 1)) if read.line_count > 1 else "",
        paid=paid,
        paid_words=words.paid(paid),
        why=why,
        fix=fix,
    )


def _paid(read: _Read) -> str:
    if read.status == OrderStatus.CANCELLED:
        return ""
    return paid_state(read.total_amount - read.credited_amount, read.paid_amount)


def _paid_word(paid: str) -> str:
    return escape(status_look(paid).word) if paid else ""


def _reason(status: str, code: str, detail: str) -> tuple[str, str]:
    reason = why_of(status, code, detail)
    return escape(reason.text), escape(reason.fix)
