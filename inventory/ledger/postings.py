"""What comes in, is corrected or moves between warehouses: movements with a cause, and their inverses."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from inventory.ledger.lots import LotPieces, Tracked, tell_lots
from oms.errors import NotPossible
from oms.models import User
from oms.sql import query, rows_json


@dataclass(frozen=True, slots=True)
class Posting:
    """A change of what lies in a warehouse; `kind` is a `StockMovement.Kind` other than shipment.

    `unit_cost` of a piece, in the SKU's currency: what a receipt cost; None takes the SKU's average. A posting whose
    `event_key` was posted before has no second effect. Where the SKU has lots or serial numbers, `lots` says which.
    """

    warehouse_id: int
    sku_id: int
    quantity: int
    kind: str
    reason: str = ""
    reference: str = ""
    bin_id: int | None = None
    unit_cost: Decimal | None = None
    event_key: str = ""
    lots: tuple[LotPieces, ...] = ()


_WANTED = """
wanted AS MATERIALIZED (
  SELECT * FROM json_to_recordset(%(postings)s) AS p(ord int, warehouse_id bigint, sku_id bigint, quantity int,
    kind text, reason text, reference text, bin_id bigint, unit_cost numeric, event_key text, reverses_id bigint)
)"""

# Before anything is locked, and without locking what is there: who waits here, for another's new rows, holds
# nothing but new rows that come earlier in the same order.
_OPEN_STOCK = f"""
WITH {_WANTED}
INSERT INTO inventory_stock (warehouse_id, sku_id)
SELECT DISTINCT warehouse_id, sku_id FROM wanted w
WHERE NOT EXISTS (SELECT FROM inventory_stock s WHERE (s.sku_id, s.warehouse_id) = (w.sku_id, w.warehouse_id))
ORDER BY sku_id, warehouse_id
ON CONFLICT (sku_id, warehouse_id) DO NOTHING
"""

_LOCK = f"""
WITH {_WANTED}
SELECT s.id FROM inventory_stock s
WHERE (s.sku_id, s.warehouse_id) IN (SELECT sku_id, warehouse_id FROM wanted) ORDER BY s.id FOR NO KEY UPDATE
"""
# Only what is read after the lock is sure to be there: the same event is always about the same stock.
_POSTED_BEFORE = """
SELECT event_key, id FROM inventory_stockmovement WHERE event_key = ANY(%s)
"""

_CHECK = f"""
WITH {_WANTED}, change AS (
  SELECT warehouse_id, sku_id, sum(quantity) AS quantity FROM wanted GROUP BY 1, 2
)
SELECT k.code, w.code, s.on_hand, s.reserved, s.blocked, c.quantity, k.kind,
  c.quantity < 0 AND s.available + c.quantity < 0, k.tracking, s.id, k.id, w.id
FROM inventory_stock s JOIN change c USING (sku_id, warehouse_id)
JOIN inventory_sku k ON k.id = s.sku_id JOIN inventory_warehouse w ON w.id = s.warehouse_id
WHERE c.quantity < 0 AND s.available + c.quantity < 0 OR k.kind = 'bundle' OR k.tracking <> 'none' ORDER BY 1, 2
"""

# The average over all warehouses moves with each receipt whose cost is known, before its pieces are added.
_AVERAGE = f"""
WITH {_WANTED}, bought AS (
  SELECT sku_id, sum(quantity) AS pieces, sum(quantity * unit_cost) AS paid FROM wanted
  WHERE kind = 'receipt' AND unit_cost IS NOT NULL AND quantity > 0 GROUP BY 1
), locked AS MATERIALIZED (
  SELECT k.id, k.cost FROM inventory_sku k WHERE k.id IN (SELECT sku_id FROM bought)
  ORDER BY k.id FOR NO KEY UPDATE
), stored AS (
  SELECT l.id AS sku_id, l.cost, greatest(coalesce(sum(s.on_hand), 0), 0) AS pieces
  FROM locked l LEFT JOIN inventory_stock s ON s.sku_id = l.id GROUP BY 1, 2
)
UPDATE inventory_sku k SET cost = round(
  CASE WHEN t.cost IS NULL THEN b.paid / b.pieces
  ELSE (t.cost * t.pieces + b.paid) / (t.pieces + b.pieces) END, 4)
FROM bought b JOIN stored t USING (sku_id) WHERE k.id = b.sku_id
"""

_POST = f"""
WITH {_WANTED}, placed AS MATERIALIZED (
  SELECT s.id AS stock_id, w.*, coalesce(w.unit_cost, k.cost) AS cost
  FROM wanted w JOIN inventory_stock s USING (sku_id, warehouse_id) JOIN inventory_sku k ON k.id = w.sku_id
), changed AS (
  UPDATE inventory_stock s SET on_hand = s.on_hand + c.quantity, bin_id = coalesce(c.bin_id, s.bin_id)
  FROM (SELECT stock_id, sum(quantity) AS quantity, max(bin_id) AS bin_id FROM placed GROUP BY 1) c
  WHERE s.id = c.stock_id
)
INSERT INTO inventory_stockmovement
  (stock_id, kind, quantity, reason, reference, actor_id, unit_cost, event_key, reverses_id)
SELECT stock_id, kind, quantity, left(reason, 200), left(reference, 80), %(actor_id)s, cost,
  nullif(event_key, ''), reverses_id
FROM placed ORDER BY ord
RETURNING id
"""


def post(postings: Sequence[Posting], *, actor: User | None) -> list[int]:
    """Receive, adjust or open stock; returns the movements' ids in the order of `postings`.

    What was posted before under the same event key is left alone: its first movement is returned. Raises NotPossible,
    naming the SKU and warehouse, when less than what is reserved or blocked would be left, and for a bundle;
    InvalidInput (`lines[0].lots`) where the lots of a tracked SKU are not told or do not fit.
    """
    return _post([asdict(one) for one in postings], actor=actor) if postings else []


def _post(rows: list[dict[str, Any]], *, actor: User | None) -> list[int]:
    with transaction.atomic():
        query(_OPEN_STOCK, _params(rows, actor))
        query(_LOCK, _params(rows, actor))
        keys = [row["event_key"] for row in rows if row["event_key"]]
        before = dict(query(_POSTED_BEFORE, [keys])) if keys else {}
        new = [row for row in rows if row["event_key"] not in before]
        ids = iter(_write(new, actor) if new else [])
        return [before.get(row["event_key"]) or next(ids) for row in rows]


def _params(rows: list[dict[str, Any]], actor: User | None) -> dict[str, Any]:
    numbered = [{"ord": at, **row} for at, row in enumerate(rows)]
    return {"postings": rows_json(numbered), "actor_id": actor.pk if actor else None}


def _write(rows: list[dict[str, Any]], actor: User | None) -> list[int]:
    """Check and write postings of stock that is locked."""
    params = _params(rows, actor)
    looked = query(_CHECK, params)
    for row in looked:
        _require_possible(*row[:8])
    if any(row["kind"] == "receipt" and row["unit_cost"] is not None for row in rows):
        query(_AVERAGE, params)
    # What comes in is written first: read in its order, the ledger never goes below zero.
    turns = sorted(range(len(rows)), key=lambda at: rows[at]["quantity"] < 0)
    written = query(_POST, _params([rows[at] for at in turns], actor))
    by_turn = {at: pk for at, (pk,) in zip(turns, written, strict=True)}
    ids = [by_turn[at] for at in range(len(rows))]
    tracked = {
        (sku_id, warehouse_id): Tracked(stock_id, sku_id, row[0], tracking == "serial")
        for *row, tracking, stock_id, sku_id, warehouse_id in looked
        if tracking != "none"
    }
    if tracked:
        tell_lots(rows, ids, tracked)
    return ids


def _require_possible(*looked: Any) -> None:
    """One row of `_CHECK`."""
    *figures, kind, is_lacking = looked
    if kind == "bundle":
        words = _("%s is a bundle and has no stock itself. Post its components.")
        raise NotPossible(words % figures[0], code="bundle")
    names = ("sku", "warehouse", "on_hand", "reserved", "blocked", "change")
    if is_lacking:
        raise NotPossible(
            _(
                "%(sku)s in %(warehouse)s: %(on_hand)d on hand, %(reserved)d of them reserved and "
                "%(blocked)d blocked; a change of %(change)+d would leave too few. "
                "Free such pieces first or change by less."
            )
            % dict(zip(names, figures, strict=True)),
            code="below_reserved",
        )


_TO_TAKE_BACK = """
SELECT m.id, s.warehouse_id, s.sku_id, -m.quantity, m.kind, m.reference, m.unit_cost,
  EXISTS (SELECT FROM inventory_stockmovement r WHERE r.reverses_id = m.id)
FROM inventory_stockmovement m JOIN inventory_stock s ON s.id = m.stock_id
WHERE m.id = ANY(%s) ORDER BY m.id
"""
_LOCK_OF_MOVEMENTS = """
SELECT s.id FROM inventory_stock s
WHERE s.id IN (SELECT stock_id FROM inventory_stockmovement WHERE id = ANY(%s)) ORDER BY s.id FOR NO KEY UPDATE
"""
TAKEN_BACK_KINDS = frozenset({"receipt", "adjustment", "transfer", "count", "write_off"})


def take_back(movement_ids: Sequence[int], *, reason: str, actor: User | None) -> list[int]:
    """Post the inverse of each movement; returns the inverses' ids by the ids of what they take back, ascending.

    Raises NotPossible for shipments and returns (these have verbs of their own), for what was taken back before, and
    when less than what is reserved or blocked would be left. The average cost stays: later goods were valued by it.
    """
    with transaction.atomic():
        query(_LOCK_OF_MOVEMENTS, [list(movement_ids)])
        rows = []
        for pk, warehouse, sku, quantity, kind, reference, cost, is_done in query(
            _TO_TAKE_BACK, [list(movement_ids)]
        ):
            if is_done:
                raise NotPossible(_("This movement was taken back before."), code="taken_back")
            if kind not in TAKEN_BACK_KINDS:
                words = _(
                    "Only receipts, adjustments, transfers, counts and write-offs are taken back here."
                )
                raise NotPossible(words, code="not_taken_back")
            rows.append(
                {
                    "warehouse_id": warehouse, "sku_id": sku, "quantity": quantity, "kind": kind, "reason": reason,
                    "reference": reference, "unit_cost": cost, "event_key": "", "reverses_id": pk,
                }
            )  # fmt: skip
        # Not through the average: an inverse receipt has a quantity below zero.
        return _write(rows, actor) if rows else []
