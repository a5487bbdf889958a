"""What moved on the places of a count sheet since they were handed out."""

from collections import defaultdict

from inventory.counting.models import CountLine
from inventory.models import StockMovement
from oms.sql import query

# The stock's movements are written under the lock of its row, so a higher id is a later movement.
_SINCE = """
SELECT l.id, m.id FROM inventory_countline l
JOIN inventory_stockmovement m ON m.stock_id = l.stock_id AND m.id > l.seen_id
WHERE l.sheet_id = %s AND l.state <> 'posted' ORDER BY m.id
"""


def moved_since(sheet_id: int) -> dict[int, list[StockMovement]]:
    """The movements of each line of the sheet that moved since it was handed out. Two queries."""
    pairs = query(_SINCE, [sheet_id])
    movements = StockMovement.objects.select_related("actor").in_bulk([pk for _line, pk in pairs])
    found: dict[int, list[StockMovement]] = defaultdict(list)
    for line, pk in pairs:
        found[line].append(movements[pk])
    return dict(found)


def lines_of(sheet_id: int) -> list[CountLine]:
    """The lines in the order of the walk along the bins. One query."""
    lines = CountLine.objects.filter(sheet=sheet_id).order_by("pk")
    return list(lines.select_related("stock__sku", "counted_by", "posted_by"))
