"""Counters that do not say what their rows say, and setting them right: with what was seen, and written down."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from oms.errors import NotPossible, Stale
from oms.models import User
from oms.sql import query, rows_json


@dataclass(frozen=True, slots=True)
class Drift:
    """A place, what its counters say, and what its movements, open reservations and open blocks sum to."""

    stock_id: int
    sku: str
    warehouse: str
    on_hand: int
    reserved: int
    blocked: int
    moved: int
    promised: int
    set_apart: int

    @property
    def figures(self) -> tuple[int, ...]:
        """All that a repair follows from; another one means that something happened."""
        return (
            self.on_hand,
            self.reserved,
            self.blocked,
            self.moved,
            self.promised,
            self.set_apart,
        )

    @property
    def is_drifting(self) -> bool:
        return self.figures[:3] != self.figures[3:]

    @property
    def has_other_on_hand(self) -> bool:
        return self.on_hand != self.moved


@dataclass(frozen=True, slots=True)
class Repair:
    """`seen`: the figures that somebody agreed to. `on_hand` is then the ledger's sum, or stays until it is counted."""

    stock_id: int
    seen: tuple[int, ...]
    follows_ledger: bool


_FIGURES = """
SELECT s.id, k.code, w.code, s.on_hand, s.reserved, s.blocked, coalesce(m.pieces, 0)::bigint,
  coalesce(r.pieces, 0)::bigint, coalesce(b.pieces, 0)::bigint
FROM inventory_stock s
JOIN inventory_sku k ON k.id = s.sku_id JOIN inventory_warehouse w ON w.id = s.warehouse_id
LEFT JOIN (SELECT stock_id, sum(quantity) AS pieces FROM inventory_stockmovement
  WHERE {of} GROUP BY 1) m ON m.stock_id = s.id
LEFT JOIN (SELECT stock_id, sum(quantity) AS pieces FROM inventory_reservation
  WHERE {of} AND status = 'open' GROUP BY 1) r ON r.stock_id = s.id
LEFT JOIN (SELECT stock_id, sum(quantity) AS pieces FROM inventory_stockblock
  WHERE {of} AND released_at IS NULL GROUP BY 1) b ON b.stock_id = s.id
"""
_DRIFTING = f"""{_FIGURES.format(of="true")}
WHERE (s.on_hand, s.reserved, s.blocked) <> (coalesce(m.pieces, 0), coalesce(r.pieces, 0), coalesce(b.pieces, 0))
ORDER BY k.code, w.code LIMIT %s
"""
_OF_STOCK = (
    f"""{_FIGURES.format(of="stock_id = ANY(%(ids)s)")} WHERE s.id = ANY(%(ids)s) ORDER BY s.id"""
)
_LOCK = "SELECT id FROM inventory_stock WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE"
_REPAIR = """
WITH wanted AS MATERIALIZED (
  SELECT * FROM json_to_recordset(%s) AS r(stock_id bigint, on_hand int, reserved int, blocked int,
    on_hand_before int, reserved_before int, blocked_before int)
), repaired AS (
  UPDATE inventory_stock s SET on_hand = w.on_hand, reserved = w.reserved, blocked = w.blocked
  FROM wanted w WHERE s.id = w.stock_id
)
INSERT INTO inventory_stockrepair (stock_id, on_hand_before, reserved_before, blocked_before,
  on_hand, reserved, blocked, reason, actor_id)
SELECT stock_id, on_hand_before, reserved_before, blocked_before, on_hand, reserved, blocked, left(%s, 200), %s
FROM wanted RETURNING id
"""
MOST_SHOWN = 100


def drifting(limit: int = MOST_SHOWN) -> list[Drift]:
    """Places whose counters are not what their rows say. Reads all movements: for when something is wrong."""
    return [Drift(*row) for row in query(_DRIFTING, [limit])]


def figures_of(stock_ids: Sequence[int]) -> list[Drift]:
    """The figures of these places, drifting or not."""
    return [Drift(*row) for row in query(_OF_STOCK, {"ids": list(stock_ids)})]


def repair(repairs: Sequence[Repair], *, reason: str, actor: User | None) -> list[int]:
    """Set reserved and blocked to what their rows say, and on hand to the ledger where a person says it is right.

    No movement is posted: the rows are the truth. Returns the ids of the repairs written down. Raises Stale when a
    place is not as it was seen, NotPossible when fewer would lie there than are reserved and blocked.
    """
    if not repairs:
        return []
    with transaction.atomic():
        ids = [one.stock_id for one in repairs]
        query(_LOCK, [ids])
        # A statement of its own: what is read beside a row one waits for is older than the wait.
        found = {one.stock_id: one for one in figures_of(ids)}
        rows = [_repaired(found.get(one.stock_id), one) for one in repairs]
        changed = [row for row in rows if row]
        written = query(_REPAIR, [rows_json(changed), reason, actor.pk if actor else None])
        return [row[0] for row in written]


def _repaired(now: Drift | None, wanted: Repair) -> dict[str, Any] | None:
    """The counters before and after; None when nothing is left to repair but what waits for a count."""
    if now is None or now.figures != wanted.seen:
        raise Stale(
            _("The stock moved since this was shown. Look at the figures again."),
            theirs={"figures": now.figures if now else None},
            yours={"figures": wanted.seen},
        )
    on_hand = now.moved if wanted.follows_ledger else now.on_hand
    if on_hand < now.promised + now.set_apart:
        words = _(
            "%(sku)s in %(warehouse)s: %(on_hand)d would be on hand, but %(kept)d are reserved or blocked. "
            "Free such pieces first, or count and correct the ledger."
        )
        names = {"sku": now.sku, "warehouse": now.warehouse, "on_hand": on_hand}
        raise NotPossible(
            words % {**names, "kept": now.promised + now.set_apart}, code="below_reserved"
        )
    after = (on_hand, now.promised, now.set_apart)
    if after == (now.on_hand, now.reserved, now.blocked):
        return None
    return {
        "stock_id": now.stock_id, "on_hand": on_hand, "reserved": now.promised, "blocked": now.set_apart,
        "on_hand_before": now.on_hand, "reserved_before": now.reserved, "blocked_before": now.blocked,
    }  # fmt: skip
