"""Credits from outside: documents that give goods back without naming the order, linked as far as that can be known."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from oms.models import User
from oms.money import round_amount
from oms.sql import query, rows_json
from orders.returns.cover import Coverable, Piece, cover
from orders.states import OrderStatus
from orders.transition import Move, move, record

ACTOR_NAME = "import"
_APPLIED, _WAITING = "applied", "waiting"


@dataclass(frozen=True, slots=True)
class CreditLine:
    """One position given back; all numbers positive. `sku_id` None: no goods (a fee), so nothing to link to."""

    sku_id: int | None
    description: str
    quantity: int
    unit_price: Decimal


@dataclass(frozen=True, slots=True)
class Credit:
    """A document of credits. Orders with an id from `before_order_id` on came after it and are not looked at."""

    channel_id: int
    external_no: str
    customer_id: int | None
    currency: str
    happened_at: datetime
    lines: Sequence[CreditLine]
    before_order_id: int | None = None


@dataclass(slots=True)
class Credited:
    """What became of one document: for each line whether it was linked; `is_new` false when it was here before."""

    is_new: bool
    linked: list[bool] = field(default_factory=list)


@dataclass(slots=True)
class _Written:
    """Return lines to be written, and what they take off the orders."""

    documents: list[dict[str, Any]] = field(default_factory=list)
    lines: list[dict[str, Any]] = field(default_factory=list)


def record_credits(credits: Sequence[Credit], *, actor: User | None) -> list[Credited]:
    """Write the documents that are not here yet; link their lines, and take off what has not left the house.

    To be called inside a transaction. An order of which nothing is left to deliver or to be paid is cancelled.
    """
    query(_ALONE)
    known = _known(credits)
    fresh = [one for one in credits if (one.channel_id, one.external_no) not in known]
    coverable = _coverable(fresh)
    plans = {
        (one.channel_id, one.external_no): [_plan(one, line, coverable) for line in one.lines]
        for one in fresh
    }
    pieces = [piece for plan in plans.values() for line in plan for piece in line]
    untouched = _lock_untouched(sorted({piece.order_id for piece in pieces}))
    _write(fresh, plans, untouched)
    off = [piece for piece in pieces if piece.order_id in untouched]
    why = _("Pieces were taken off by a credit document.")
    take_off(off, why=why, actor=actor, actor_name=ACTOR_NAME)
    _close_empty(sorted({piece.order_id for piece in off}), actor)
    return [
        Credited(True, [bool(line) for line in plans[one.channel_id, one.external_no]])
        if (one.channel_id, one.external_no) in plans
        else Credited(False, [False] * len(one.lines))
        for one in credits
    ]


# Two documents that look for the same pieces do so one after the other.
_ALONE = "SELECT pg_advisory_xact_lock(hashtext('credits'))"

_KNOWN = """
SELECT r.channel_id, r.external_no FROM orders_return r
JOIN unnest(%s::bigint[], %s::text[]) AS c(channel_id, external_no) USING (channel_id, external_no)
"""


def _known(credits: Sequence[Credit]) -> set[tuple[int, str]]:
    rows = query(
        _KNOWN, [[one.channel_id for one in credits], [one.external_no for one in credits]]
    )
    return {(row[0], row[1]) for row in rows}


_Goods = tuple[int, int, int]  # channel, customer, SKU

# Newest first; a component of a bundle is not given back by itself.
# Pieces of waiting return lines are spoken for, though they are not taken off the order yet.
_COVERABLE = """
SELECT o.channel_id, o.customer_id, l.sku_id, l.id, o.id, o.placed_at,
       l.quantity - l.cancelled_quantity - coalesce(w.quantity, 0)
FROM (SELECT DISTINCT * FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS g(channel_id, customer_id, sku_id)) g
JOIN orders_order o ON o.customer_id = g.customer_id AND o.channel_id = g.channel_id AND o.status <> 'cancelled'
JOIN orders_orderline l ON l.order_id = o.id AND l.sku_id = g.sku_id AND l.kind = 'goods'
  AND l.bundle_line_id IS NULL
LEFT JOIN LATERAL (
  SELECT sum(r.quantity) AS quantity FROM orders_returnline r WHERE r.order_line_id = l.id AND r.status = 'waiting'
) w ON true
WHERE l.quantity > l.cancelled_quantity
ORDER BY o.placed_at DESC, o.id DESC, l.position DESC
"""


def _coverable(credits: Sequence[Credit]) -> Mapping[_Goods, list[Coverable]]:
    goods = {key for one in credits for line in one.lines if (key := _goods(one, line))}
    found: dict[_Goods, list[Coverable]] = {key: [] for key in goods}
    if goods:
        columns = [list(column) for column in zip(*goods, strict=True)]
        for channel, customer, sku, *line in query(_COVERABLE, columns):
            found[channel, customer, sku].append(Coverable(*line))
    return found


def _goods(credit: Credit, line: CreditLine) -> _Goods | None:
    if credit.customer_id is None or line.sku_id is None:
        return None
    return credit.channel_id, credit.customer_id, line.sku_id


def _plan(
    credit: Credit, line: CreditLine, coverable: Mapping[_Goods, list[Coverable]]
) -> list[Piece]:
    goods = _goods(credit, line)
    if goods is None:
        return []
    return cover(
        line.quantity,
        coverable[goods],
        until=credit.happened_at,
        before_order_id=credit.before_order_id,
    )


# Only an order of which nothing is reserved or packed can lose pieces without anybody in the warehouse noticing.
_LOCK_UNTOUCHED = """
WITH locked AS MATERIALIZED (
  SELECT id, status FROM orders_order WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE
)
SELECT id FROM locked
WHERE status IN ('draft', 'pending_review', 'on_hold', 'approved') AND NOT EXISTS (
  SELECT FROM orders_orderline l JOIN inventory_reservation r ON r.order_line_id = l.id
  WHERE l.order_id = locked.id AND r.status <> 'released')
"""


def _lock_untouched(order_ids: Sequence[int]) -> set[int]:
    return {row[0] for row in query(_LOCK_UNTOUCHED, [order_ids])} if order_ids else set()


_WRITE = """
WITH document AS (
  INSERT INTO orders_return (channel_id, external_no, customer_id, currency, amount, happened_at)
  SELECT channel_id, external_no, customer_id, currency, amount, happened_at
  FROM json_to_recordset(%(documents)s) AS d(channel_id bigint, external_no text, customer_id bigint, currency text,
    amount numeric, happened_at timestamptz)
  RETURNING id, channel_id, external_no
)
INSERT INTO orders_returnline (document_id, position, order_line_id, sku_id, description, quantity, unit_price,
  amount, status)
SELECT d.id, l.position, l.order_line_id, l.sku_id, l.description, l.quantity, l.unit_price, l.amount, l.status
FROM json_to_recordset(%(lines)s) AS l(channel_id bigint, external_no text, position int, order_line_id bigint,
  sku_id bigint, description text, quantity int, unit_price numeric, amount numeric, status text)
JOIN document d USING (channel_id, external_no)
"""


def _write(
    credits: Sequence[Credit],
    plans: Mapping[tuple[int, str], list[list[Piece]]],
    untouched: set[int],
) -> None:
    written = _Written()
    for one in credits:
        plan = plans[one.channel_id, one.external_no]
        lines = list(_line_rows(one, plan, untouched))
        written.lines += lines
        written.documents.append(
            {
                "channel_id": one.channel_id, "external_no": one.external_no, "currency": one.currency,
                "customer_id": one.customer_id, "happened_at": one.happened_at,
                "amount": sum((row["amount"] for row in lines), Decimal(0)),
            }
        )  # fmt: skip
    query(_WRITE, {"documents": rows_json(written.documents), "lines": rows_json(written.lines)})


def _line_rows(
    credit: Credit, plan: list[list[Piece]], untouched: set[int]
) -> Iterator[dict[str, Any]]:
    """A row per piece; the pieces' amounts add up to the line's, which is rounded once."""
    for position, (line, pieces) in enumerate(zip(credit.lines, plan, strict=True), start=1):
        left = round_amount(line.unit_price * line.quantity, credit.currency)
        for piece in pieces or [Piece(0, 0, line.quantity)]:
            is_last = not pieces or piece is pieces[-1]
            amount = left if is_last else min(
                left, round_amount(line.unit_price * piece.quantity, credit.currency)
            )  # fmt: skip
            left -= amount
            yield {
                "channel_id": credit.channel_id, "external_no": credit.external_no, "position": position,
                "order_line_id": piece.order_line_id or None, "sku_id": line.sku_id,
                "description": line.description, "quantity": piece.quantity, "unit_price": line.unit_price,
                "amount": amount, "status": _APPLIED if piece.order_id in untouched else _WAITING,
            }  # fmt: skip


# Whoever has one of the orders open on his screen has an old version of it from here on.
_TAKE_OFF = """
WITH off AS MATERIALIZED (
  SELECT order_line_id, sum(quantity)::int AS quantity
  FROM unnest(%(lines)s::bigint[], %(quantities)s::int[]) AS p(order_line_id, quantity) GROUP BY 1
), taken AS (
  UPDATE orders_orderline l SET cancelled_quantity = l.cancelled_quantity + off.quantity
  FROM off WHERE l.id = off.order_line_id
)
UPDATE orders_order SET version = version + 1 WHERE id = ANY(%(orders)s)
"""

_NOTHING_LEFT = """
SELECT o.id FROM orders_order o
WHERE o.id = ANY(%s) AND o.shipping_amount = 0 AND NOT EXISTS (
  SELECT FROM orders_orderline l WHERE l.order_id = o.id
  AND CASE WHEN l.kind = 'goods' THEN l.cancelled_quantity < l.quantity ELSE l.amount <> 0 END)
"""


def take_off(
    pieces: Sequence[Piece], *, why: str, actor: User | None, actor_name: str = "system"
) -> None:
    """Cancel pieces of order lines; what they are worth is in a credit that the caller writes. Orders are locked."""
    if not pieces:
        return
    orders = sorted({piece.order_id for piece in pieces})
    query(
        _TAKE_OFF,
        {
            "lines": [piece.order_line_id for piece in pieces],
            "quantities": [piece.quantity for piece in pieces],
            "orders": orders,
        },
    )
    record(orders, kind="reduced", actor=actor, actor_name=actor_name, reason=why)


def _close_empty(order_ids: Sequence[int], actor: User | None) -> None:
    if not order_ids:
        return
    done = [row[0] for row in query(_NOTHING_LEFT, [order_ids])]
    why = _("Credit documents took back everything.")
    move(
        [Move(pk, OrderStatus.CANCELLED, "cancelled", why, "cancelled", why) for pk in done],
        actor=actor,
        actor_name=ACTOR_NAME,
    )
