"""The only writer of `Order.status`: moves many orders at once and leaves one event each, in one statement."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from oms.models import User
from oms.sql import query, rows_json
from orders.parcels.leave import leave_parcels
from orders.states import OrderStatus, legal_pairs


@dataclass(frozen=True, slots=True)
class Move:
    """One order's way to `target`. `kind` names the event (a past participle); `reason` is shown in the timeline;
    `reason_code`/`reason_detail` say why the order now waits (see `orders.reasons`)."""

    order_id: int
    target: OrderStatus
    kind: str
    reason: str = ""
    reason_code: str = ""
    reason_detail: str = ""
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Moved:
    """`moved` are the orders that went; `refused` maps the others to the status they are in ("" when absent)."""

    moved: list[int]
    refused: dict[int, str]


@dataclass(frozen=True, slots=True)
class Alike:
    """Many orders that go one way; the fields as in `Move`. `seen` is JSON for each, kept as "seen" in its event."""

    order_ids: Sequence[int]
    target: OrderStatus
    kind: str
    reason: str = ""
    reason_code: str = ""
    reason_detail: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    seen: Sequence[str] = ()


_WANTED_EACH = """
  SELECT * FROM json_to_recordset(%(moves)s) AS w(order_id bigint, target text, kind text, reason text,
    reason_code text, reason_detail text, data jsonb)
"""
_WANTED_ALIKE = """
  SELECT s.order_id, a.target, a.kind, a.reason, a.reason_code, a.reason_detail,
    CASE WHEN s.seen IS NULL THEN a.data ELSE a.data || jsonb_build_object('seen', s.seen::jsonb) END AS data
  FROM json_to_recordset(%(moves)s) AS a(order_ids bigint[], target text, kind text, reason text,
    reason_code text, reason_detail text, data jsonb, seen text[]),
  unnest(a.order_ids, a.seen) AS s(order_id, seen)
"""

# Each event leaves its order to be looked at for exceptions (`orders.exceptions.watch`).
# Orders are locked by primary key before anything else (house lock order), with NO KEY so that rows which reference
# them can still be inserted. A row-level trigger refuses illegal pairs too; here they are filtered out and reported.
_MOVE = """
WITH wanted AS MATERIALIZED ({wanted}), legal(source, target) AS (
  SELECT * FROM unnest(%(sources)s::text[], %(targets)s::text[])
), locked AS MATERIALIZED (
  SELECT o.id, o.status FROM orders_order o
  WHERE o.id IN (SELECT order_id FROM wanted) ORDER BY o.id FOR NO KEY UPDATE
), going AS MATERIALIZED (
  SELECT l.id, l.status AS source, w.* FROM locked l JOIN wanted w ON w.order_id = l.id
  JOIN legal ON legal.source = l.status AND legal.target = w.target
), moved AS (
  UPDATE orders_order o
  SET status = g.target, reason_code = g.reason_code, reason_detail = left(g.reason_detail, 300)
  FROM going g WHERE o.id = g.id
  RETURNING o.id, o.placed_at, o.channel_id, o.currency, o.total_amount, g.source, g.target
), told AS (
  INSERT INTO orders_orderevent (order_id, kind, from_status, to_status, actor_id, actor_name, reason, data)
  SELECT id, kind, source, target, %(actor_id)s, %(actor_name)s, left(reason, 300), data FROM going ORDER BY id
), touched AS (
  INSERT INTO orders_ordertouched (order_id) SELECT id FROM going
), counted AS (
  INSERT INTO orders_ordertally (day, channel_id, currency, status, orders, amount)
  SELECT (placed_at AT TIME ZONE %(zone)s)::date, channel_id, currency, s.status, sum(s.sign),
         sum(s.sign * total_amount)
  FROM moved CROSS JOIN LATERAL (VALUES (source, -1), (target, 1)) AS s(status, sign)
  GROUP BY 1, 2, 3, 4
)
SELECT l.id, l.status, g.id IS NOT NULL FROM locked l LEFT JOIN going g ON g.id = l.id
"""

_EACH, _ALIKE = _MOVE.format(wanted=_WANTED_EACH), _MOVE.format(wanted=_WANTED_ALIKE)
_PAIRS = legal_pairs()


def move(moves: Sequence[Move], *, actor: User | None, actor_name: str = "system") -> Moved:
    """Make every legal one of `moves`; the rest is reported, not raised. One round trip."""
    ids = [one.order_id for one in moves]
    moved = _go(_EACH, moves, ids, actor, actor_name)
    _part([one.order_id for one in moves if one.target in STOPS], moved, actor, actor_name)
    return moved


def move_alike(moves: Sequence[Alike], *, actor: User | None, actor_name: str = "system") -> Moved:
    """The same for orders of which many go one way."""
    order_ids = [pk for one in moves for pk in one.order_ids]
    moved = _go(_ALIKE, moves, order_ids, actor, actor_name)
    stopped = [pk for one in moves if one.target in STOPS for pk in one.order_ids]
    _part(stopped, moved, actor, actor_name)
    return moved


STOPS = frozenset({OrderStatus.ON_HOLD, OrderStatus.CANCELLED})
"""Nothing of such an order leaves the house."""


def _part(stopped: Sequence[int], moved: Moved, actor: User | None, actor_name: str) -> None:
    """What was stopped must not keep the parcels of other orders with it."""
    gone = set(moved.moved)
    leave_parcels([pk for pk in stopped if pk in gone], actor=actor, actor_name=actor_name)


def _go(
    statement: str,
    moves: Sequence[Move] | Sequence[Alike],
    order_ids: Sequence[int],
    actor: User | None,
    actor_name: str,
) -> Moved:
    if not order_ids:
        return Moved([], {})
    rows = query(
        statement,
        {
            "moves": rows_json(moves),
            "sources": [source for source, _target in _PAIRS],
            "targets": [target for _source, target in _PAIRS],
            "actor_id": actor.pk if actor else None,
            "actor_name": actor.display_name[:80] if actor else actor_name,
            "zone": settings.TIME_ZONE,
        },
    )
    refused = dict.fromkeys(order_ids, "")
    moved = []
    for order_id, status, went in rows:
        if went:
            moved.append(order_id)
            del refused[order_id]
        else:
            refused[order_id] = status
    return Moved(moved, refused)


_RECORD = """
WITH told AS (
  INSERT INTO orders_orderevent (order_id, kind, actor_id, actor_name, reason, data)
  SELECT o.id, %s, %s, %s, left(%s, 300),
    %s::jsonb || CASE WHEN s.seen IS NULL THEN '{}' ELSE jsonb_build_object('seen', s.seen::jsonb) END
  FROM unnest(%s::bigint[], %s::text[]) WITH ORDINALITY AS s(id, seen, nth)
  JOIN orders_order o ON o.id = s.id ORDER BY s.nth
  RETURNING id, order_id
), touched AS (
  INSERT INTO orders_ordertouched (order_id) SELECT order_id FROM told
)
SELECT id FROM told
"""


def record(
    order_ids: Iterable[int], *, kind: str, actor: User | None, actor_name: str = "system", reason: str = "",
    data: dict[str, Any] | None = None,
) -> list[int]:  # fmt: skip
    """Write an event that moves no status (a pick, an edit, a comment) for each order; gives the ids of the events."""
    who = (actor.pk, actor.display_name[:80]) if actor else (None, actor_name)
    rows = query(_RECORD, [kind, *who, reason, rows_json(data or {}), list(order_ids), None])
    return [row[0] for row in rows]


def record_seen(told: Alike, *, actor_name: str) -> None:
    """The same of what rules saw of each order; no status moves, whatever the target."""
    ids, data = list(told.order_ids), rows_json(told.data)
    query(_RECORD, [told.kind, None, actor_name, told.reason, data, ids, list(told.seen) or None])
