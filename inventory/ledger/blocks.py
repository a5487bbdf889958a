"""Pieces set apart: they lie in their place and may not be promised."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from oms.errors import NotPossible
from oms.models import User
from oms.sql import query, rows_json


@dataclass(frozen=True, slots=True)
class Blocking:
    """Pieces of a stock to set apart; `reason` is a `StockBlock.Reason`, `lot_id` their lot where it is known."""

    stock_id: int
    quantity: int
    reason: str
    reference: str = ""
    lot_id: int | None = None


_LOCK_STOCK_BY_ID = (
    "SELECT id, available FROM inventory_stock WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE"
)
_BLOCK = """
WITH wanted AS MATERIALIZED (
  SELECT * FROM json_to_recordset(%s) AS b(stock_id bigint, quantity int, reason text, reference text,
    lot_id bigint)
), counted AS (
  UPDATE inventory_stock s SET blocked = s.blocked + b.quantity
  FROM (SELECT stock_id, sum(quantity) AS quantity FROM wanted GROUP BY 1) b WHERE s.id = b.stock_id
)
INSERT INTO inventory_stockblock (stock_id, quantity, reason, reference, lot_id, actor_id)
SELECT stock_id, quantity, reason, left(reference, 80), lot_id, %s FROM wanted RETURNING id
"""


def block(blockings: Sequence[Blocking], *, actor: User | None) -> list[int]:
    """Set free pieces apart; returns the blocks' ids. Raises NotPossible when fewer are free."""
    if not blockings:
        return []
    with transaction.atomic():
        free = dict(query(_LOCK_STOCK_BY_ID, [[one.stock_id for one in blockings]]))
        for one in blockings:
            if not 0 < one.quantity <= free.get(one.stock_id, 0):
                raise NotPossible(
                    _(
                        "%(wanted)d cannot be blocked: %(free)d are free. Free reserved pieces first or block fewer."
                    )
                    % {"wanted": one.quantity, "free": free.get(one.stock_id, 0)},
                    code="not_free",
                )
            free[one.stock_id] -= one.quantity
        rows = query(_BLOCK, [rows_json(blockings), actor.pk if actor else None])
        return [row[0] for row in rows]


_LOCK_OF_BLOCKS = """
SELECT s.id FROM inventory_stock s
WHERE s.id IN (SELECT stock_id FROM inventory_stockblock WHERE id = ANY(%s)) ORDER BY s.id FOR NO KEY UPDATE
"""
_UNBLOCK = """
WITH ended AS (
  UPDATE inventory_stockblock SET released_at = now() WHERE id = ANY(%s) AND released_at IS NULL
  RETURNING id, stock_id, quantity
), counted AS (
  UPDATE inventory_stock s SET blocked = s.blocked - e.quantity
  FROM (SELECT stock_id, sum(quantity) AS quantity FROM ended GROUP BY 1) e WHERE s.id = e.stock_id
)
SELECT id FROM ended ORDER BY id
"""


def unblock(block_ids: Sequence[int]) -> list[int]:
    """Let blocked pieces be promised again; returns the blocks that ended now."""
    if not block_ids:
        return []
    with transaction.atomic():
        query(_LOCK_OF_BLOCKS, [list(block_ids)])
        return [row[0] for row in query(_UNBLOCK, [list(block_ids)])]
