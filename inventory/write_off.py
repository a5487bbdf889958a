"""Corrections of stock that another system tells us of (damaged, lost, counted): applied where the stock allows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from inventory import ledger
from inventory.ledger import Posting
from inventory.models import StockAdjustment, StockMovement
from oms.errors import NotPossible
from oms.models import User
from oms.sql import query

_FREE = """
SELECT s.sku_id, s.warehouse_id, s.available
FROM inventory_stock s JOIN inventory_warehouse w ON w.id = s.warehouse_id AND w.is_active
WHERE s.sku_id = ANY(%s) AND s.available > 0 ORDER BY s.sku_id, w.priority, w.id
"""


@dataclass(frozen=True, slots=True)
class WriteOff:
    """Pieces that are gone (`quantity` above zero). `reference` is its own for ever; `sku_id` None: no SKU of ours."""

    sku_id: int | None
    code: str
    quantity: int
    reason: str
    reference: str
    happened_at: datetime


def known_references(references: Iterable[str]) -> set[str]:
    """Those of `references` under which something was written off before."""
    known = StockAdjustment.objects.filter(reference__in=list(references))
    return set(known.values_list("reference", flat=True))


def record_write_offs(write_offs: Sequence[WriteOff], *, actor: User | None) -> None:
    """Write them off; none of their references may be known.

    A write-off is applied when one warehouse has all of its pieces free, that of the lowest priority number first;
    otherwise it waits for a person. Locks stock until the transaction ends.
    """
    movements = _post(_plan(write_offs), actor)
    StockAdjustment.objects.bulk_create(
        StockAdjustment(
            sku_id=one.sku_id,
            code=one.code[:64],
            quantity=-one.quantity,
            reason=one.reason[:200],
            reference=one.reference,
            status="applied" if one.reference in movements else "waiting",
            movement_id=movements.get(one.reference),
            happened_at=one.happened_at,
        )
        for one in write_offs
    )


def _plan(write_offs: Sequence[WriteOff]) -> list[Posting]:
    """A posting for each write-off that fits into the free stock of one warehouse, first come first served."""
    free: dict[int, dict[int, int]] = {}
    skus = [one.sku_id for one in write_offs if one.sku_id]
    for sku, warehouse, quantity in query(_FREE, [skus]) if skus else []:
        free.setdefault(sku, {})[warehouse] = quantity
    postings = []
    for one in write_offs:
        shelves = free.get(one.sku_id, {}) if one.sku_id else {}
        warehouse = next((pk for pk, left in shelves.items() if left >= one.quantity), None)
        if warehouse is not None and one.sku_id:
            shelves[warehouse] -= one.quantity
            kind = StockMovement.Kind.ADJUSTMENT.value
            postings.append(
                Posting(warehouse, one.sku_id, -one.quantity, kind, one.reason, one.reference)
            )
    return postings


def _post(postings: Sequence[Posting], actor: User | None) -> dict[str, int]:
    """Movement ids by reference; none when somebody reserved the pieces since they were seen free."""
    try:
        ids = ledger.post(postings, actor=actor)
    except NotPossible:
        return {}
    return dict(StockMovement.objects.filter(pk__in=ids).values_list("reference", "pk"))
