"""Orders as the lists show them: plain texts, made ready once, so that a template only places them."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import escape
from django.utils.timezone import now as time_now

from oms.display import masked_phone
from oms.sql import query
from oms.status import status_look
from oms.templatetags.shell import money, status_tag, tone_tag
from orders.billing.due import credited_sql, paid_sql
from orders.desk.deadline import Deadline, deadline_of
from orders.desk.paid import paid_state
from orders.models import Order
from orders.reasons import why_of
from orders.states import OrderStatus

# By hand: building this with the ORM takes longer than running it.
_SHOWN = f"""
SELECT o.id, o.number, c.name, o.placed_at, o.customer_name, o.ship_phone,
  coalesce(nullif(o.ship_city, ''), o.ship_country), o.total_amount, o.currency,
  o.status, o.reason_code, o.reason_detail, {paid_sql("o")}, {credited_sql("o")},
  (SELECT l.quantity || ' ' || coalesce(s.name, l.description)
   FROM orders_orderline l LEFT JOIN inventory_sku s ON s.id = l.sku_id
   WHERE l.order_id = o.id AND l.cancelled_quantity < l.quantity ORDER BY l.position LIMIT 1),
  (SELECT count(*) FROM orders_orderline l WHERE l.order_id = o.id AND l.cancelled_quantity < l.quantity),
  o.promised_at,
  (SELECT coalesce(nullif(trim(u.first_name || ' ' || u.last_name), ''), u.username)
   FROM orders_orderowner w JOIN oms_user u ON u.id = w.user_id WHERE w.order_id = o.id),
  (SELECT string_agg(g.name, ', ' ORDER BY g.name)
   FROM orders_ordertag t JOIN orders_tag g ON g.id = t.tag_id WHERE t.order_id = o.id)
FROM (SELECT id, row_number() OVER () AS place FROM (%s) AS f (id)) AS wanted
JOIN orders_order o ON o.id = wanted.id
JOIN oms_channel c ON c.id = o.channel_id
ORDER BY wanted.place
"""


@dataclass(slots=True)
class Row:
    """An order as the lists show it: `item` × `quantity` is its first line, `more` the others.

    `paid` is a state of `orders.desk.paid`, `paid_words` its word, both empty for a cancelled order;
    `why` says why it waits, `fix` what to do, `deadline` how long it may still; `owner` and `tags` are what colleagues
    added. Every text is escaped already.
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
    deadline: str
    owner: str
    tags: str

    # A template asks for row["number"] before it asks for row.number: half of its work is the asking.
    __getitem__ = object.__getattribute__


class _Read(NamedTuple):
    """What is read of one order, in the order of the statement's columns."""

    pk: int
    number: str
    channel: str
    placed_at: datetime
    customer: str
    phone: str
    place: str
    amount: Decimal
    currency: str
    status: str
    reason_code: str
    reason_detail: str
    paid: Decimal
    credited: Decimal
    first_line: str | None  # "3 teapots"
    line_count: int
    promised_at: datetime | None
    owner: str | None
    tags: str | None


def rows_of(orders: QuerySet[Order, Any]) -> list[Row]:
    """`orders`, in their order, with what a row shows; one query."""
    try:
        wanted, params = orders.values("pk").query.sql_with_params()
    except EmptyResultSet:
        return []
    words = _Words(reverse("orders:list"))
    return [_row(_Read._make(read), words) for read in query(_SHOWN % wanted, params)]


class _Words:
    """What stands in many rows of one page: translated and escaped once."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.escaped = cache(escape)
        self.tag = cache(status_tag)
        self.paid = cache(_paid_word)
        self.reason = cache(_reason)
        self.deadline = cache(_deadline)
        self.now = time_now()


def _row(read: _Read, words: _Words) -> Row:
    paid = _paid(read)
    quantity, _, item = (read.first_line or "").partition(" ")
    why, fix = words.reason(read.status, read.reason_code, read.reason_detail)
    return Row(
        pk=read.pk,
        key=escape(read.pk),
        number=escape(read.number),
        url=escape(f"{words.base}{read.number}/"),
        channel=words.escaped(read.channel),
        placed_at=read.placed_at,
        customer=escape(read.customer),
        phone=escape(masked_phone(read.phone)),
        place=words.escaped(read.place),
        amount=money(read.amount, read.currency),
        status=words.tag(read.status),
        item=escape(item),
        quantity=words.escaped(quantity),
        more=words.escaped(str(read.line_count - 1)) if read.line_count > 1 else "",
        paid=paid,
        paid_words=words.paid(paid),
        why=why,
        fix=fix,
        deadline=words.deadline(deadline_of(read.status, read.promised_at, words.now)),
        owner=words.escaped(read.owner or ""),
        tags=words.escaped(read.tags or ""),
    )


def _paid(read: _Read) -> str:
    if read.status == OrderStatus.CANCELLED:
        return ""
    return paid_state(read.amount - read.credited, read.paid)


def _paid_word(paid: str) -> str:
    return escape(status_look(paid).word) if paid else ""


def _deadline(deadline: Deadline | None) -> str:
    return tone_tag(deadline.tone, deadline.words) if deadline else ""


def _reason(status: str, code: str, detail: str) -> tuple[str, str]:
    reason = why_of(status, code, detail)
    return escape(reason.text), escape(reason.fix)
