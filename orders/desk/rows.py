"""Orders as the lists show them: plain texts, made ready once, so that a template only places them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

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
from orders.desk.priority import priority_tag
from orders.models import Order
from orders.reasons import why_of
from orders.states import OrderStatus


@dataclass
class Row:
    """An order as the lists show it; what was not read is empty. Every text is escaped already.

    `item` × `quantity` is its first line, `more` the others; `paid` is a state of `orders.desk.paid`, `paid_words` its
    word, both empty for a cancelled order; `why` says why it waits, `fix` what to do, `deadline` how long it may still;
    `owner`, `tags` and `said` (the note) are what people added; `priority` is empty for the usual one. `state` tells
    whether the row is still true.
    """

    pk: int
    key: str  # pk as text; a number would be localised, row by row
    number: str
    url: str
    state: str
    status: str
    channel = ""
    placed_at = datetime.min
    customer = ""
    phone = ""
    place = ""
    amount = ""
    item = ""
    quantity = ""
    more = ""
    paid = ""
    paid_words = ""
    why = ""
    fix = ""
    deadline = ""
    owner = ""
    tags = ""
    said = ""
    priority = ""

    # A template asks for row["number"] before it asks for row.number: half of its work is the asking.
    __getitem__ = object.__getattribute__


class Words:
    """What stands in many rows of one page: translated and escaped once."""

    def __init__(self) -> None:
        self.base = reverse("orders:list")
        self.escaped = cache(escape)
        self.tag = cache(status_tag)
        self.paid = cache(_paid_word)
        self.reason = cache(_reason)
        self.deadline = cache(_deadline)
        self.priority = cache(priority_tag)
        self.now = time_now()


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a row: what is read for it of an order `o`, and what puts it into the row."""

    reads: tuple[str, ...]
    fill: Callable[..., None]  # (row, words, *what was read)


# By hand: building this with the ORM takes longer than running it.
_SHOWN = """
SELECT o.id, o.number, o.status, o.version{reads}
FROM (SELECT id, row_number() OVER () AS place FROM ({wanted}) AS f (id)) AS wanted
JOIN orders_order o ON o.id = wanted.id
ORDER BY wanted.place
"""
_HEAD = 4


def rows_of(orders: QuerySet[Order, Any], parts: "Sequence[Part] | None" = None) -> list[Row]:
    """`orders`, in their order, with `parts` of each (None: the usual ones); one query, which reads no more."""
    try:
        wanted, params = orders.values("pk").query.sql_with_params()
    except EmptyResultSet:
        return []
    parts = tuple(USUAL if parts is None else parts)
    reads, fills = _plan(parts)
    words = Words()
    found = query(_SHOWN.format(reads=reads, wanted=wanted), params)
    return [_row(read, fills, words) for read in found]


@lru_cache(maxsize=256)
def _plan(parts: tuple[Part, ...]) -> tuple[str, list[tuple[Callable[..., None], int, int]]]:
    """The columns of the statement, and which of them each part takes."""
    reads, fills, at = "", [], _HEAD
    for part in parts:
        reads += "".join(f", {one}" for one in part.reads)
        fills.append((part.fill, at, at + len(part.reads)))
        at += len(part.reads)
    return reads, fills


def _row(
    read: tuple[Any, ...], fills: list[tuple[Callable[..., None], int, int]], words: Words
) -> Row:
    pk, number, status, version = read[:_HEAD]
    row = Row(
        pk=pk,
        key=escape(pk),
        number=escape(number),
        url=escape(f"{words.base}{number}/"),
        state=words.escaped(f"{status}.{version}"),
        status=words.tag(status),
    )
    for fill, start, end in fills:
        fill(row, words, *read[start:end])
    return row


# --- parts: each puts what was read for it into the row ---------------------------------------------------------


def text(name: str, read: str) -> Part:
    """Whatever `read` gives, as text, in the attribute `name`."""

    def fill(row: Row, words: Words, value: Any) -> None:
        setattr(row, name, words.escaped("" if value is None else str(value)))

    return Part((read,), fill)


def amount(name: str, read: str) -> Part:
    """Money in the order's currency; nothing for zero."""

    def fill(row: Row, _words: Words, value: Decimal, currency: str) -> None:
        setattr(row, name, money(value, currency) if value else "")

    return Part((read, "o.currency"), fill)


def moment(name: str, read: str) -> Part:
    """A time, as it is; the cell says how it is written."""

    def fill(row: Row, _words: Words, value: datetime) -> None:
        setattr(row, name, value)

    return Part((read,), fill)


def _who(row: Row, _words: Words, customer: str, phone: str) -> None:
    row.customer = escape(customer)
    row.phone = escape(masked_phone(phone))


def _goods(row: Row, words: Words, first_line: str | None, line_count: int) -> None:
    quantity, _, item = (first_line or "").partition(" ")
    row.item = escape(item)
    row.quantity = words.escaped(quantity)
    row.more = words.escaped(str(line_count - 1)) if line_count > 1 else ""


def _total(row: Row, _words: Words, total: Decimal, currency: str) -> None:
    row.amount = money(total, currency)


def _paid(
    row: Row, words: Words, status: str, total: Decimal, paid: Decimal, credited: Decimal
) -> None:
    if status != OrderStatus.CANCELLED:
        row.paid = paid_state(total - credited, paid)
        row.paid_words = words.paid(row.paid)


def _waits(row: Row, words: Words, status: str, code: str, detail: str) -> None:
    row.why, row.fix = words.reason(status, code, detail)


def _promised(row: Row, words: Words, status: str, promised_at: datetime | None) -> None:
    row.deadline = words.deadline(deadline_of(status, promised_at, words.now))


def _priority(row: Row, words: Words, priority: int) -> None:
    row.priority = words.priority(priority) if priority else ""


CHANNEL = text("channel", "(SELECT c.name FROM oms_channel c WHERE c.id = o.channel_id)")
PLACED = moment("placed_at", "o.placed_at")
WHO = Part(("o.customer_name", "o.ship_phone"), _who)
CITY = text("place", "coalesce(nullif(o.ship_city, ''), o.ship_country)")
_STANDING = (
    "FROM orders_orderline l {} WHERE l.order_id = o.id AND l.cancelled_quantity < l.quantity "
    "AND l.bundle_line_id IS NULL"
)
LINE_COUNT = f"(SELECT count(*) {_STANDING.format('')})"
GOODS = Part(
    (
        "(SELECT l.quantity || ' ' || coalesce(s.name, l.description) "
        f"{_STANDING.format('LEFT JOIN inventory_sku s ON s.id = l.sku_id')} "
        "ORDER BY l.position LIMIT 1)",
        LINE_COUNT,
    ),
    _goods,
)
AMOUNT = Part(("o.total_amount", "o.currency"), _total)
PAID = Part(("o.status", "o.total_amount", paid_sql("o"), credited_sql("o")), _paid)
WHY = Part(("o.status", "o.reason_code", "o.reason_detail"), _waits)
PROMISED = Part(("o.status", "o.promised_at"), _promised)
OWNER = text(
    "owner",
    "(SELECT coalesce(nullif(trim(u.first_name || ' ' || u.last_name), ''), u.username) "
    "FROM orders_orderowner w JOIN oms_user u ON u.id = w.user_id WHERE w.order_id = o.id)",
)
TAGS = text(
    "tags",
    "(SELECT string_agg(g.name, ', ' ORDER BY g.name) "
    "FROM orders_ordertag t JOIN orders_tag g ON g.id = t.tag_id WHERE t.order_id = o.id)",
)
PRIORITY = Part(("o.priority",), _priority)
NOTE = text("said", "left(o.note, 120)")
USUAL = (CHANNEL, PLACED, WHO, CITY, GOODS, AMOUNT, PAID, WHY, PROMISED, OWNER, TAGS, PRIORITY)


def _paid_word(paid: str) -> str:
    return escape(status_look(paid).word) if paid else ""


def _deadline(deadline: Deadline | None) -> str:
    return tone_tag(deadline.tone, deadline.words) if deadline else ""


def _reason(status: str, code: str, detail: str) -> tuple[str, str]:
    reason = why_of(status, code, detail)
    return escape(reason.text), escape(reason.fix)
